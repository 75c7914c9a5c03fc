"""An organisation's part in a review: invited by the lead; answered and ended by its own administrator."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from partnerships.models import Membership, MembershipRole, Organisation
from partnerships.views.messages import attempt, attempt_form, status_of
from reviews.access import invited_participant_for_lead, lead_review_for, participant_for_admin
from reviews.actions import participants
from reviews.forms import InviteForm, ReasonForm, TeamForm
from reviews.models import Participant, ParticipantState, Review
from reviews.people import PRESENT, can_be_added, with_teams
from reviews.people import participants as taking_part
from reviews.views.reading import record_reading
from reviews.wording import CAN


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Ask other organisations to take part."""
    review = lead_review_for(request.user, pk)
    form = InviteForm(request.POST or None, invitable=_invitable(review))
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["organisations"])
        if attempt_form(form, lambda: _invite(review, chosen, request.user)):
            messages.success(request, "The invitations are on their way to the administrators.")
            return redirect("review_people", pk)
    context = {"form": form, "review": review, "tab": "people", "nav": "reviews"}
    return render(request, "reviews/invite.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back, after asking."""
    participant = invited_participant_for_lead(request.user, pk)
    if request.method != "POST" and participant.state != ParticipantState.INVITED:
        return redirect("review_people", participant.review_id)
    if request.method == "POST":
        done = f"The invitation of {participant.organisation.name} has been withdrawn."
        attempt(request, lambda: participants.withdraw(participant, by=request.user), done=done)
        return redirect("review_people", participant.review_id)
    return render(request, "reviews/withdraw.html", _of_review(participant))


@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """For the administrator: the invitation and its answer; afterwards one's own team, whether on it or not."""
    participant = participant_for_admin(request.user, pk)
    record_reading(request.user, participant.review, participant.organisation, "participation")
    if participant.state != ParticipantState.INVITED:
        return _answered(request, participant)
    form = TeamForm(request.POST or None, people=can_be_added(participant))
    if request.method == "POST" and form.is_valid() and attempt_form(form, lambda: _accept(participant, form, request.user)):
        messages.success(request, f"{participant.organisation.name} takes part. Your team has access from now on.")
        return redirect("participation", pk)
    context = {"form": form, "can": CAN, "joined": taking_part(participant.review), **_of_administrator(participant)}
    return render(request, "reviews/invitation.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Say no, and why."""
    participant = participant_for_admin(request.user, pk)
    if request.method != "POST" and participant.state != ParticipantState.INVITED:
        return redirect("participation", pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt_form(form, lambda: participants.decline(participant, reason=reason, by=request.user)):
            messages.success(request, "You have declined. The organisation that leads the review can see why.")
            return redirect("reviews")
    context = {"form": form, **_of_administrator(participant)}
    return render(request, "reviews/decline.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """End one's own organisation's part, after asking."""
    participant = participant_for_admin(request.user, pk)
    if request.method != "POST" and participant.state != ParticipantState.JOINED:
        return redirect("participation", pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt_form(form, lambda: participants.leave(participant, reason=reason, by=request.user)):
            messages.success(
                request, f"{participant.organisation.name} has left the review. Nobody of yours can open it now."
            )
            return redirect("reviews")
    context = {"form": form, **_of_administrator(participant)}
    return render(request, "reviews/leave.html", context, status=status_of(form))


def _answered(request: AuthenticatedHttpRequest, participant: Participant) -> HttpResponse:
    with_team = [one for one in with_teams([participant.review_id]) if one.pk == participant.pk]
    on_review = Review.objects.visible_to(request.user).filter(pk=participant.review_id).exists()
    context = {
        "team": with_team[0].team.all() if with_team else [],
        "takes_part": participant.state == ParticipantState.JOINED,
        "on_review": on_review,
        **_of_administrator(participant),
    }
    return render(request, "reviews/participation.html", context)


def _accept(participant: Participant, form: TeamForm, by: User) -> None:
    participants.accept(participant, team=form.team(), by=by)


@transaction.atomic
def _invite(review: Review, organisations: list[Organisation], by: User) -> None:
    """All of them or none."""
    for organisation in organisations:
        participants.invite(review, organisation, by=by)


def _invitable(review: Review) -> QuerySet[Organisation]:
    """Those who are not here yet, and have somebody who can answer."""
    present = Participant.objects.filter(review=review, state__in=PRESENT)
    with_admin = Membership.objects.filter(role=MembershipRole.ADMIN, user__is_active=True)
    organisations = Organisation.objects.filter(pk__in=with_admin.values("organisation_id"))
    return organisations.exclude(pk__in=present.values("organisation_id")).order_by("name")


def _of_administrator(participant: Participant) -> dict[str, Any]:
    return {"participant": participant, "review": participant.review, "nav": "reviews"}


def _of_review(participant: Participant) -> dict[str, Any]:
    return {**_of_administrator(participant), "tab": "people"}
