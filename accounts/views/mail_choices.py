"""Choosing which e-mails one gets."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.actions import mail_choices as actions
from accounts.http import AuthenticatedHttpRequest
from accounts.mail_choices import choices_of, read_token
from accounts.notification_forms import MailChoicesForm
from accounts.notification_kinds import GROUPS
from accounts.views.notifications import NAV


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own choices, a group of kinds each."""
    form = MailChoicesForm(request.POST or None, initial=choices_of(request.user))
    if request.method == "POST" and form.is_valid():
        actions.choose(request.user, form.choices)
        messages.success(request, "Your choices are saved.")
        return redirect("notifications")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/mail_choices.html", {"form": form, "nav": NAV}, status=status)


# Mail programs post here by themselves (RFC 8058): without a cookie, so without the token of a form.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The link in an e-mail. Looking at it changes nothing, since programs that check e-mails do that."""
    read = read_token(token)
    if read is None:
        raise Http404
    letter, groups = read
    if request.method == "POST":
        actions.unsubscribe(letter, groups)
    context = {"groups": [GROUPS[code] for code in groups], "done": request.method == "POST"}
    return render(request, "accounts/unsubscribe.html", context)
