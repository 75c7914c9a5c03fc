"""What an administrator does with a colleague: role, deactivation, reactivation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from partnerships.access import managed_membership_for
from partnerships.actions import memberships
from partnerships.forms import RoleForm
from partnerships.views.addresses import page_of
from partnerships.views.messages import attempt, attempt_form, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Make a colleague a member or an administrator."""
    membership = managed_membership_for(request.user, pk)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["role"]
        if attempt_form(form, lambda: memberships.change_role(membership, chosen, by=request.user)):
            messages.success(request, f"{membership.user.full_name} is now: {membership.get_role_display().lower()}.")
            return redirect(page_of(membership.organisation))
    context = {"form": form, "membership": membership, "back": page_of(membership.organisation), "nav": "organisation"}
    return render(request, "partnerships/role.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Close a colleague's account, after asking."""
    membership = managed_membership_for(request.user, pk)
    if request.method == "POST":
        done = f"{membership.user.full_name} cannot work for {membership.organisation.short_name} in the portal any more."
        attempt(request, lambda: memberships.deactivate(membership, by=request.user), done=done)
        return redirect(page_of(membership.organisation))
    context = {
        "membership": membership,
        "works_elsewhere": memberships.works_elsewhere(membership),
        "back": page_of(membership.organisation),
        "nav": "organisation",
    }
    return render(request, "partnerships/deactivate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take away a colleague's second sign-in step, after asking."""
    membership = managed_membership_for(request.user, pk)
    if request.method == "POST":
        done = f"{membership.user.full_name} sets up a new second sign-in step at the next sign-in."
        attempt(request, lambda: memberships.reset_second_step(membership, by=request.user), done=done)
        return redirect(page_of(membership.organisation))
    context = {"membership": membership, "back": page_of(membership.organisation), "nav": "organisation"}
    return render(request, "partnerships/second_step.html", context)


@require_POST
def reactivate(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Open a colleague's account again."""
    membership = managed_membership_for(request.user, pk)
    done = f"{membership.user.full_name} can sign in again, with the places on reviews that they still have."
    attempt(request, lambda: memberships.reactivate(membership, by=request.user), done=done)
    return redirect(page_of(membership.organisation))
