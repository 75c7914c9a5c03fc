"""What happens around every request, because of who asks."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from accounts import second_step, sessions
from accounts.actions.sessions import end
from accounts.activity import counts_as_activity
from accounts.audit import RequestFacts, current_request
from accounts.http import AuthenticatedHttpRequest

Next = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]
# Reachable without a second step, besides the pages that set one up.
ALWAYS_REACHABLE = {"account_logout", "account_reauthenticate"}
SIGNED_OUT = {
    "idle": "You were signed out because you did nothing here for a while. Sign in to go on where you were.",
    "age": "You were signed out because you signed in long ago. Sign in to go on where you were.",
}


class RequestFactsMiddleware:
    """Lets the audit trail know the request that an act came by."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_request.set(RequestFacts(ip_address=_address(request)))
        try:
            return self.get_response(request)
        finally:
            current_request.reset(token)


class SessionLimitMiddleware:
    """Ends a session that was unused or open for too long; the login middleware then asks to sign in again."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            row = sessions.row_of(request, request.user)
            if limit := sessions.passed_limit(row):
                _end(request, limit)
            else:
                request.session_row = row  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        """Put off the end of the session when a person did something."""
        row = getattr(request, "session_row", None)
        if row and counts_as_activity(view) and sessions.is_stale(row):
            sessions.record_activity(row.session_key)


class SecondStepMiddleware:
    """Sends those who must have a second step, and have none, to set it up before anything else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """Redirect unless the view is public or belongs to setting up."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True) or _sets_up(request):
            return None
        missing = second_step.is_missing(cast("AuthenticatedHttpRequest", request))
        return redirect("mfa_index") if missing else None


class PrivateResponseMiddleware:
    """Keeps what a signed-in person saw out of every cache, unless the view decided otherwise."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response


def _address(request: HttpRequest) -> str | None:
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # no address: a socket of this machine
        return None


def _end(request: HttpRequest, limit: str) -> None:
    user = cast("AuthenticatedHttpRequest", request).user
    key = str(request.session.session_key)
    logout(request)
    end(user, key, by=None, reason=limit)
    messages.info(request, SIGNED_OUT[limit])


def _sets_up(request: HttpRequest) -> bool:
    name = (request.resolver_match.view_name if request.resolver_match else "") or ""
    return name.startswith("mfa_") or name in ALWAYS_REACHABLE
