"""The list of reviews, a new one, and its overview, people and history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import review_trail
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from partnerships import presenters
from partnerships.paging import leaf
from partnerships.views.messages import attempt_form, status_of
from reviews import hooks
from reviews.access import (
    is_lead,
    lead_review_for,
    managed_teams,
    may_open_for,
    opening_organisation,
    review_for,
    team_member_for,
)
from reviews.actions import reviews
from reviews.forms import OpenForm
from reviews.models import Participant, ParticipantState, Review, TeamMember
from reviews.people import PRESENT, administered_by, with_teams
from reviews.signing import who_signs
from reviews.views.reading import record_reading
from reviews.wording import may

REVIEWS_A_PAGE = 20
EVENTS_A_PAGE = 50


@require_safe
def listing(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The reviews that this person is on; for administrators also where their organisation takes part."""
    page = leaf(Review.objects.visible_to(request.user), request.GET.get("page"), size=REVIEWS_A_PAGE)
    teams = with_teams(review.pk for review in page)
    context = {
        "page": page,
        "rows": [_row(request.user, review, teams) for review in page],
        "administered": leaf(administered_by(request.user), request.GET.get("parts"), size=REVIEWS_A_PAGE),
        "may_open_for": may_open_for(request.user),
        "nav": "reviews",
    }
    return render(request, "reviews/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Open a review that one's own partnership leads."""
    organisation = opening_organisation(request.user, request.GET.get("of", ""))
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, made = form.cleaned_data, list[Review]()
        if attempt_form(form, lambda: made.append(reviews.open(organisation=organisation, by=request.user, **data))):
            messages.success(request, "The review is open. Now invite the other partnerships.")
            return redirect("review", made[0].pk)
    context = {"form": form, "organisation": organisation, "nav": "reviews"}
    return render(request, "reviews/new.html", context, status=status_of(form))


@require_safe
def overview(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Where the review is, what happens next, who takes part."""
    review = review_for(request.user, pk)
    context = _common(request.user, review, "overview")
    participants = with_teams([review.pk])
    context |= {
        "participants": participants,
        "standing": hooks.where_it_stands(request.user, review, participants),
        "doors": hooks.doors(request.user, review),
        "offers": hooks.offers(review) if context["leads"] else [],
        "signing": who_signs(participants),
    }
    return render(request, "reviews/overview.html", context)


@require_safe
def people(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """Everybody on the review, organisation by organisation."""
    review = review_for(request.user, pk)
    context = _common(request.user, review, "people")
    states = ParticipantState.values if context["leads"] else PRESENT
    participants = with_teams([review.pk], states=states)
    managed = managed_teams(request.user, review)
    context |= {
        "teams": [_team(one, managed) for one in participants if one.state == ParticipantState.JOINED],
        "others": [one for one in participants if one.state != ParticipantState.JOINED],
    }
    return render(request, "reviews/people.html", context)


@require_safe
def history(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """The review's audit trail, for its leads."""
    review = lead_review_for(request.user, pk)
    events = hooks.visible_events(request.user, review, review_trail(review.pk))
    page = leaf(events, request.GET.get("page"), size=EVENTS_A_PAGE)
    lines = presenters.lines(page.rows)
    context = {**_common(request.user, review, "history"), "page": page, "lines": lines}
    return render(request, "reviews/history.html", context)


def _common(user: User, review: Review, tab: str) -> dict[str, Any]:
    """What every page of a review needs; its reading goes on record."""
    place = team_member_for(user, review)
    record_reading(user, review, place.participant.organisation, tab)
    return {"review": review, "place": place, "leads": is_lead(user, review), "tab": tab, "nav": "reviews"}


def _row(user: User, review: Review, participants: list[Participant]) -> dict[str, Any]:
    mine = [participant for participant in participants if participant.review_id == review.pk]
    places = [member for participant in mine for member in participant.team.all() if member.user_id == user.pk]
    return {
        "review": review,
        "lead": next(participant.organisation for participant in mine if participant.is_lead),
        "joined": [one.organisation for one in mine if one.state == ParticipantState.JOINED],
        "roles": sorted({place.get_role_display().lower() for place in places}),
    }


def _team(participant: Participant, managed: set[UUID]) -> dict[str, Any]:
    return {
        "participant": participant,
        "members": [_member(member, participant) for member in participant.team.all()],
        "managed": participant.pk in managed,
    }


def _member(member: TeamMember, participant: Participant) -> tuple[TeamMember, str]:
    return member, may(member.role, leads_review=participant.is_lead)
