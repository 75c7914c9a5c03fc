"""What an administrator does with a colleague: role, deactivation, reactivation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from partnerships.access import managed_membership_for
from partnerships.actions import memberships
from partnerships.forms import RoleForm
from partnerships.views.messages import attempt, attempt_form, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: AuthenticatedHttpRequest, person_id: UUID) -> HttpResponse:
    """Make a colleague a member or an administrator."""
    membership = managed_membership_for(request.user, person_id)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["role"]
        if attempt_form(form, lambda: memberships.change_role(membership, chosen, by=request.user)):
            messages.success(request, f"{membership.user.full_name} is now: {membership.get_role_display().lower()}.")
            return redirect("organisation")
    context = {"form": form, "membership": membership, "nav": "organisation"}
    return render(request, "partnerships/role.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: AuthenticatedHttpRequest, person_id: UUID) -> HttpResponse:
    """Close a colleague's account, after asking."""
    membership = managed_membership_for(request.user, person_id)
    if request.method == "POST":
        name = membership.user.full_name
        done = (
            f"{name} cannot work for {membership.organisation.short_name} in the portal any more. They have been signed out."
        )
        attempt(request, lambda: memberships.deactivate(membership, by=request.user), done=done)
        return redirect("organisation")
    context = {
        "membership": membership,
        "works_elsewhere": memberships.works_elsewhere(membership),
        "nav": "organisation",
    }
    return render(request, "partnerships/deactivate.html", context)


@require_POST
def reactivate(request: AuthenticatedHttpRequest, person_id: UUID) -> HttpResponse:
    """Open a colleague's account again."""
    membership = managed_membership_for(request.user, person_id)
    done = f"{membership.user.full_name} can sign in again, with the places on reviews that they still have."
    attempt(request, lambda: memberships.reactivate(membership, by=request.user), done=done)
    return redirect("organisation")
