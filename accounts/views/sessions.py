"""Where a person is signed in, and ending it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import own_session
from accounts.actions import sessions as actions
from accounts.http import AuthenticatedHttpRequest
from accounts.sessions import live_rows


@require_safe
def sessions(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The list of a person's sessions, the one they look from first."""
    rows = live_rows(request.user)
    here = request.session.session_key
    rows.sort(key=lambda row: (row.session_key != here, -row.last_seen_at.timestamp()))
    return render(request, "accounts/sessions.html", {"rows": rows, "here": here})


@require_POST
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    row = own_session(request.user, pk)
    if row.session_key == request.session.session_key:
        messages.info(request, "This is where you are signed in now. Use “Sign out” to end it.")
        return redirect("account_sessions")
    actions.end(request.user, row.session_key, by=request.user, reason="ended")
    messages.success(request, "That sign-in has ended.")
    return redirect("account_sessions")


@require_POST
def end_all(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    actions.end_all(request.user, by=request.user)
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("account_login")
