"""The second step of signing in: an authenticator app or a passkey."""

from collections.abc import Collection
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts import hooks
from accounts.http import AuthenticatedHttpRequest

# Says in the session that its person has a second step, so that pages need not ask the database.
SESSION_KEY = "second_step"
# Recovery codes help those who lost their second step; they are none by themselves.
STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def enrolled(user_ids: Collection[UUID]) -> set[UUID]:
    """Which of these people have a second step."""
    rows = Authenticator.objects.filter(user_id__in=user_ids, type__in=STEPS)
    return set(rows.values_list("user_id", flat=True))


def is_missing(request: AuthenticatedHttpRequest) -> bool:
    """Whether the person must set up a second step before anything else."""
    if not settings.SECOND_STEP_REQUIRED or request.session.get(SESSION_KEY):
        return False
    if request.user.pk not in enrolled([request.user.pk]):
        return not _is_done_elsewhere(request)
    request.session[SESSION_KEY] = True
    return False


def _is_done_elsewhere(request: AuthenticatedHttpRequest) -> bool:
    """Whether the person came through their organisation's sign-in, and the organisation leaves the second step to that."""
    ways = {item["method"] for item in get_authentication_records(request, request.user)}
    return "socialaccount" in ways and any(asked(request.user.pk) for asked in hooks.leaves_second_step_to_single_sign_on)


def is_last(authenticator: Authenticator) -> bool:
    """Whether a person would be left without a second step if they lost this one."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STEPS).exclude(pk=authenticator.pk)
    return not others.exists()
