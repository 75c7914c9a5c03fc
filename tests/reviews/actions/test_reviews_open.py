"""Opening a review."""

from typing import Any

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from partnerships.models import TeamRole
from reviews.actions import reviews
from reviews.models import Marking, Participant, ParticipantState, Review, ReviewKind
from tests.reviews.helpers import place_of, sees
from tests.support.cast import Cast
from tests.support.checks import last_event, refused

FACTS: dict[str, Any] = {
    "title": "  A second \n review ",
    "reason": " To learn. ",
    "kind": ReviewKind.LCSPR,
    "lead_reason": " We live nearest. ",
}


def test_is_led_by_the_openers_partnership_with_the_opener_as_its_lead(cast: Cast) -> None:
    Participant.objects.filter(review=cast.review).exclude(is_lead=True).update(state="withdrawn")

    review = reviews.open(organisation=cast.bristol, by=cast.bella, **FACTS)

    lead = Participant.objects.get(review=review)
    assert (lead.organisation, lead.is_lead, lead.state) == (cast.bristol, True, ParticipantState.JOINED)
    member = lead.team.get()
    assert (member.user, member.role) == (cast.bella, TeamRole.LEAD)
    assert sees(cast.bella, review)


def test_nobody_else_can_see_it(cast: Cast) -> None:
    review = reviews.open(organisation=cast.bristol, by=cast.bella, **FACTS)

    assert not any(sees(person, review) for person in (cast.bo, cast.amira, cast.gwen, cast.sid))


def test_keeps_what_was_decided_without_stray_blanks(cast: Cast) -> None:
    review = reviews.open(organisation=cast.bristol, by=cast.bella, **FACTS)

    review.refresh_from_db()
    assert (review.title, review.reason, review.lead_reason) == ("A second review", "To learn.", "We live nearest.")
    assert (review.kind, review.opened_by) == (ReviewKind.LCSPR, cast.bella)


def test_is_official_sensitive_unless_somebody_says_otherwise(cast: Cast) -> None:
    review = reviews.open(organisation=cast.bristol, by=cast.bella, **FACTS)

    assert review.marking == Marking.OFFICIAL_SENSITIVE


def test_is_recorded(cast: Cast) -> None:
    review = reviews.open(organisation=cast.bristol, by=cast.bella, **FACTS)

    events = AuditEvent.objects.filter(review_id=review.pk).order_by("pk")
    assert [event.verb for event in events] == ["review.opened", "participant.joined", "team.member_added"]
    assert {(event.actor_id, event.organisation_id) for event in events} == {(cast.bella.pk, cast.bristol.pk)}
    assert last_event("review.opened").data == {"kind": "lcspr", "marking": "official_sensitive"}


def test_an_agency_opens_none(cast: Cast) -> None:
    with refused("is an agency"):
        reviews.open(organisation=cast.police, by=cast.piet, **FACTS)


@pytest.mark.parametrize("who", ["bo", "amira", "sid"])
def test_only_an_administrator_of_the_partnership_opens_one(cast: Cast, who: str) -> None:
    with refused("Only an administrator of Bristol Partnership"):
        reviews.open(organisation=cast.bristol, by=getattr(cast, who), **FACTS)


def test_the_database_knows_one_lead_a_review(cast: Cast) -> None:
    bristols = Participant.objects.filter(review=cast.review, organisation=cast.bristol)

    with pytest.raises(IntegrityError, match=r"participant_one_lead|UNIQUE"):
        bristols.update(is_lead=True)


@pytest.mark.parametrize("field", ["kind", "marking", "state"])
def test_the_database_knows_the_words_for_a_review(cast: Cast, field: str) -> None:
    with pytest.raises(IntegrityError, match=f"review_{field}_known"):
        Review.objects.filter(pk=cast.review.pk).update(**{field: "invented"})


def test_the_openers_place_is_the_only_one(cast: Cast) -> None:
    place = place_of(cast.amira)

    assert (place.role, place.participant.review) == (TeamRole.LEAD, cast.review)
