"""Taking part, with one's own team."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from documents.models import Report
from partnerships.actions import memberships
from partnerships.models import MembershipRole, TeamRole
from reviews.actions import participants
from reviews.models import Participant, ParticipantState, ReviewState
from tests.partnerships.helpers import membership
from tests.reviews.helpers import ask_the_police_again, health_board, place_of, sees
from tests.support.cast import Cast
from tests.support.checks import announcing, fresh, last_event, refused

AUTHOR, OBSERVER = TeamRole.AUTHOR, TeamRole.OBSERVER


def _second_constable(cast: Cast) -> User:
    person = User.objects.create_user(email="pc@cast.example", full_name="Pat Test-Constable")
    memberships.add(cast.police, person, MembershipRole.MEMBER, by=cast.piet)
    return person


def test_the_team_has_the_review_at_once_and_its_administrator_only_if_on_it(cast: Cast) -> None:
    invitation, pat = ask_the_police_again(cast), _second_constable(cast)

    participants.accept(invitation, team={pat: AUTHOR}, by=cast.piet)

    assert sees(pat, cast.review)
    assert not sees(cast.piet, cast.review)
    assert place_of(pat).role == AUTHOR


def test_is_recorded_and_announced(cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    invitation = ask_the_police_again(cast)

    with announcing(django_capture_on_commit_callbacks) as heard:
        participants.accept(invitation, team={cast.piet: OBSERVER}, by=cast.piet)

    invitation.refresh_from_db()
    assert (invitation.state, invitation.decided_by) == (ParticipantState.JOINED, cast.piet)
    assert invitation.joined_at is not None
    event = last_event("participant.joined")
    assert (event.actor_id, event.organisation_id, event.review_id) == (cast.piet.pk, cast.police.pk, cast.review.pk)
    assert last_event("team.member_added").data == {"person": str(cast.piet.pk), "role": OBSERVER}
    assert cast.review.pk in {review for change in heard for review in change.review_ids}


def test_a_report_is_not_opened_by_taking_part(cast: Cast) -> None:
    board = health_board(cast.olive)
    invitation = participants.invite(cast.review, board, by=cast.amira)

    participants.accept(invitation, team={cast.olive: AUTHOR}, by=cast.olive)

    assert not Report.objects.visible_to(fresh(cast.olive)).exists()


def test_needs_somebody(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)

    with refused("Choose at least one person of your organisation"):
        participants.accept(invitation, team={}, by=cast.piet)


@pytest.mark.parametrize("who", ["bo", "sid", "rita"])
def test_takes_only_active_people_of_the_organisation(cast: Cast, who: str) -> None:
    invitation, stranger = ask_the_police_again(cast), getattr(cast, who)

    with refused(f"{stranger.full_name} is not an active member of Avon and Somerset Police"):
        participants.accept(invitation, team={cast.piet: AUTHOR, stranger: OBSERVER}, by=cast.piet)


def test_takes_nobody_who_has_been_deactivated(cast: Cast) -> None:
    invitation, pat = ask_the_police_again(cast), _second_constable(cast)
    memberships.deactivate(membership(pat), by=cast.piet)

    with refused("not an active member"):
        participants.accept(invitation, team={pat: AUTHOR}, by=cast.piet)


def test_of_two_who_accept_the_second_is_told_so(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)
    # Both pages were opened before either was sent.
    first, second = (Participant.objects.get(pk=invitation.pk) for _ in range(2))
    participants.accept(first, team={cast.piet: AUTHOR}, by=cast.piet)

    with pytest.raises(ValidationError, match="answered or withdrawn meanwhile: taking part"):
        participants.accept(second, team={cast.piet: OBSERVER}, by=cast.piet)

    assert place_of(cast.piet).role == AUTHOR


def test_an_invitation_that_was_withdrawn_opens_nothing(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)
    participants.withdraw(invitation, by=cast.amira)

    with refused("meanwhile: invitation withdrawn"):
        participants.accept(invitation, team={cast.piet: AUTHOR}, by=cast.piet)


def test_a_closed_review_cannot_be_joined(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)
    cast.review.state = ReviewState.CLOSED
    cast.review.save()

    with refused("This review is closed"):
        participants.accept(invitation, team={cast.piet: AUTHOR}, by=cast.piet)


def test_the_database_wants_to_know_who_decided(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)

    with pytest.raises(IntegrityError, match="participant_decided_unless_invited"):
        Participant.objects.filter(pk=invitation.pk).update(state=ParticipantState.JOINED)
