"""Asking somebody once more who they are, at the very moment of an act that counts: by password, code or passkey."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import ValidationError

from accounts.http import AuthenticatedHttpRequest

_KEY = "confirming"
_SIGN_IN_AGAIN = (
    "You sign in through your organisation, so the portal cannot ask for a password here. Sign out, sign in again, and do "
    "this within five minutes."
)


def confirm(request: AuthenticatedHttpRequest, act: str) -> None:
    """Go on where the person has shown who they are since being asked for this act; each asking serves one act.

    Otherwise they are asked now, and what they have sent comes back here afterwards by itself. ValidationError for somebody
    who has neither password nor second step here, and whose sign-in is not fresh.
    """
    asked = request.session.get(_KEY)
    if asked and asked["act"] == act and _shown_since(request, asked["at"]):
        del request.session[_KEY]
        return
    if not get_reauthentication_flows(request.user):
        _check_fresh_sign_in(request)
        return
    request.session[_KEY] = {"act": act, "at": time.time()}
    raise ReauthenticationRequired


def _shown_since(request: AuthenticatedHttpRequest, asked_at: float) -> bool:
    shown = [one["at"] for one in get_authentication_records(request, request.user) if one.get("reauthenticated")]
    return bool(shown) and shown[-1] >= asked_at and _is_recent(shown[-1])


def _check_fresh_sign_in(request: AuthenticatedHttpRequest) -> None:
    signed_in = [one["at"] for one in get_authentication_records(request, request.user)]
    if not signed_in or not _is_recent(signed_in[-1]):
        raise ValidationError(_SIGN_IN_AGAIN)


def _is_recent(at: float) -> bool:
    return bool(time.time() - at < app_settings.REAUTHENTICATION_TIMEOUT)
