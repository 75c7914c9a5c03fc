"""Stopping to take part."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from documents.models import Report
from partnerships.models import TeamRole
from reviews.actions import participants, teams
from reviews.models import ParticipantState, ReviewState, TeamMember
from tests.partnerships.helpers import people_of
from tests.reviews.helpers import WHY, part_of, sees
from tests.support.cast import Cast
from tests.support.checks import announcing, fresh, last_event, refused


def test_everybody_of_the_organisation_loses_everything_at_once(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with announcing(django_capture_on_commit_callbacks) as heard:
        participants.leave(part_of(cast, cast.bristol), reason=WHY, by=cast.bella)

    for person in (cast.bella, cast.bo):
        assert not sees(person, cast.review)
        assert not Report.objects.visible_to(fresh(person)).exists()
        assert not fresh(person).groups.exists()
    assert people_of(heard) >= {cast.bella.pk, cast.bo.pk}
    assert cast.review.pk in {review for change in heard for review in change.review_ids}


def test_the_others_keep_what_they_have(cast: Cast) -> None:
    participants.leave(part_of(cast, cast.bristol), reason=WHY, by=cast.bella)

    for person in (cast.amira, cast.gwen, cast.piet):
        assert sees(person, cast.review)
        assert Report.objects.visible_to(fresh(person)).exists()


def test_is_kept_and_recorded(cast: Cast) -> None:
    bristol = part_of(cast, cast.bristol)

    participants.leave(bristol, reason=f" {WHY} ", by=cast.bella)

    bristol.refresh_from_db()
    assert (bristol.state, bristol.reason, bristol.decided_by) == (ParticipantState.LEFT, WHY, cast.bella)
    assert {place.ended_by for place in TeamMember.objects.filter(participant=bristol)} == {cast.bella}
    event = last_event("participant.left")
    assert (event.actor_id, event.organisation_id, event.review_id) == (cast.bella.pk, cast.bristol.pk, cast.review.pk)


@pytest.mark.parametrize("reason", ["", "\t "])
def test_without_a_reason_nobody_loses_anything(cast: Cast, reason: str) -> None:
    bristol = part_of(cast, cast.bristol)

    with refused("Say why, in a few words"):
        participants.leave(bristol, reason=reason, by=cast.bella)


def test_the_organisation_that_leads_stays(cast: Cast) -> None:
    lead = part_of(cast, cast.north_somerset)

    with refused("leads this review, so it cannot leave it"):
        participants.leave(lead, reason=WHY, by=cast.amira)


def test_cannot_be_done_twice(cast: Cast) -> None:
    bristol = part_of(cast, cast.bristol)
    participants.leave(bristol, reason=WHY, by=cast.bella)

    with refused("does not take part in this review any more"):
        participants.leave(bristol, reason=WHY, by=cast.bella)


def test_a_closed_review_can_be_left(cast: Cast) -> None:
    cast.review.state = ReviewState.CLOSED
    cast.review.save()

    participants.leave(part_of(cast, cast.bristol), reason=WHY, by=cast.bella)

    assert not sees(cast.bella, cast.review)


def test_coming_back_starts_from_nothing(cast: Cast) -> None:
    participants.leave(part_of(cast, cast.bristol), reason=WHY, by=cast.bella)
    again = participants.invite(cast.review, cast.bristol, by=cast.amira)

    participants.accept(again, team={cast.bella: TeamRole.AUTHOR}, by=cast.bella)

    assert sees(cast.bella, cast.review)
    assert not sees(cast.bo, cast.review)
    assert not Report.objects.visible_to(fresh(cast.bella)).exists()


def test_nobody_is_added_to_a_team_that_has_left(cast: Cast) -> None:
    bristol = part_of(cast, cast.bristol)
    participants.leave(bristol, reason=WHY, by=cast.bella)

    with refused("does not take part in this review any more"):
        teams.add(bristol, cast.bo, TeamRole.AUTHOR, by=cast.bella)
