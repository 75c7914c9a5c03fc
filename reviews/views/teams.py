"""An organisation's team on a review: chosen by its administrator or its team's lead."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from partnerships.people import is_admin_of
from partnerships.views.messages import attempt, attempt_form, status_of
from reviews.access import managed_member_for, managed_participant_for
from reviews.actions import teams
from reviews.forms import AddForm, TeamRoleForm
from reviews.models import Participant, Review
from reviews.people import can_be_added


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Put a colleague on the review."""
    participant = managed_participant_for(request.user, pk)
    people = can_be_added(participant)
    form = AddForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        person, role = form.cleaned_data["person"], form.cleaned_data["role"]
        if attempt_form(form, lambda: teams.add(participant, person, role, by=request.user)):
            messages.success(request, f"{person.full_name} is on the team now, as {role.label.lower()}.")
            return redirect(_back(request.user, participant))
    context = {"form": form, "people": people, **_common(request.user, participant)}
    return render(request, "reviews/team_add.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change a colleague's role on the review."""
    member = managed_member_for(request.user, pk)
    form = TeamRoleForm(request.POST or None, initial={"role": member.role})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["role"]
        if attempt_form(form, lambda: teams.change_role(member, chosen, by=request.user)):
            messages.success(request, f"{member.user.full_name} is now {chosen.label.lower()} on this review.")
            return redirect(_back(request.user, member.participant))
    context = {"form": form, "member": member, **_common(request.user, member.participant)}
    return render(request, "reviews/team_role.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take a colleague off the review, after asking."""
    member = managed_member_for(request.user, pk)
    if request.method == "POST":
        done = f"{member.user.full_name} is not on the review any more, and cannot open it."
        attempt(request, lambda: teams.remove(member, by=request.user), done=done)
        return redirect(_back(request.user, member.participant))
    context = {"member": member, **_common(request.user, member.participant)}
    return render(request, "reviews/team_remove.html", context)


def _back(user: User, participant: Participant) -> str:
    """The review's people; for an administrator who is not on the review, the page of their own team."""
    # Loaded anew: the user may just have put themselves on the review, or taken themselves off it.
    now = User.objects.get(pk=user.pk)
    if Review.objects.visible_to(now).filter(pk=participant.review_id).exists():
        return reverse("review_people", args=[participant.review_id])
    if is_admin_of(now, participant.organisation):
        return reverse("participation", args=[participant.pk])
    return reverse("reviews")


def _common(user: User, participant: Participant) -> dict[str, Any]:
    return {
        "participant": participant,
        "review": participant.review,
        "back": _back(user, participant),
        "nav": "reviews",
    }
