"""Saying no, and taking an invitation back."""

import pytest

from reviews.actions import participants
from reviews.models import ParticipantState
from tests.reviews.helpers import WHY, ask_the_police_again, sees
from tests.support.cast import Cast
from tests.support.checks import last_event, refused


def test_is_kept_with_its_reason(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)

    participants.decline(invitation, reason=f"  {WHY} ", by=cast.piet)

    invitation.refresh_from_db()
    assert (invitation.state, invitation.reason, invitation.decided_by) == (ParticipantState.DECLINED, WHY, cast.piet)
    assert not sees(cast.piet, cast.review)


def test_is_recorded_without_the_reason(cast: Cast) -> None:
    participants.decline(ask_the_police_again(cast), reason=WHY, by=cast.piet)

    event = last_event("participant.declined")
    assert (event.actor_id, event.organisation_id, event.review_id) == (cast.piet.pk, cast.police.pk, cast.review.pk)
    assert WHY not in str(event.data)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_needs_a_reason(cast: Cast, reason: str) -> None:
    invitation = ask_the_police_again(cast)

    with refused("Say why, in a few words"):
        participants.decline(invitation, reason=reason, by=cast.piet)


def test_comes_too_late_after_an_answer(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)
    participants.decline(invitation, reason=WHY, by=cast.piet)

    with refused("meanwhile: declined"):
        participants.decline(invitation, reason=WHY, by=cast.piet)


def test_the_organisation_can_be_asked_again(cast: Cast) -> None:
    participants.decline(ask_the_police_again(cast), reason=WHY, by=cast.piet)

    assert participants.invite(cast.review, cast.police, by=cast.amira).state == ParticipantState.INVITED


def test_the_lead_takes_back_what_has_not_been_answered(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)

    participants.withdraw(invitation, by=cast.amira)

    invitation.refresh_from_db()
    assert (invitation.state, invitation.decided_by) == (ParticipantState.WITHDRAWN, cast.amira)
    event = last_event("participant.withdrawn")
    assert (event.actor_id, event.organisation_id) == (cast.amira.pk, cast.police.pk)


def test_nothing_is_taken_back_after_an_answer(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)
    participants.decline(invitation, reason=WHY, by=cast.piet)

    with refused("meanwhile: declined"):
        participants.withdraw(invitation, by=cast.amira)
