"""What an administrator does with invitations: send, send again, withdraw."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from partnerships.access import managed_invitation_for, own_administration
from partnerships.actions import invitations
from partnerships.forms import InviteForm
from partnerships.views.addresses import page_of
from partnerships.views.messages import attempt, attempt_form, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Invite somebody to one's own organisation."""
    own = own_administration(request.user, request.GET.get("of", ""))
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt_form(form, lambda: invitations.invite(own.organisation, **data, by=request.user)):
            messages.success(request, "The invitation is on its way. Its link works once, within 7 days.")
            return redirect(page_of(own.organisation))
    context = {"form": form, "organisation": own.organisation, "back": page_of(own.organisation), "nav": "organisation"}
    return render(request, "partnerships/invite.html", context, status=status_of(form))


@require_POST
def resend(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Send a new link in the place of the one before."""
    invitation = managed_invitation_for(request.user, pk)
    done = "A new link is on its way. The one sent before does not work any more."
    attempt(request, lambda: invitations.resend(invitation, by=request.user), done=done)
    return redirect(page_of(invitation.organisation))


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw an invitation, after asking."""
    invitation = managed_invitation_for(request.user, pk)
    if request.method == "POST":
        done = "The invitation has been withdrawn. Its link does not work any more."
        attempt(request, lambda: invitations.revoke(invitation, by=request.user), done=done)
        return redirect(page_of(invitation.organisation))
    context = {"invitation": invitation, "back": page_of(invitation.organisation), "nav": "organisation"}
    return render(request, "partnerships/revoke.html", context)
