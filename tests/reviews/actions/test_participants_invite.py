"""Asking an organisation to take part."""

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnerships.actions import memberships
from reviews.actions import participants
from reviews.models import Participant, ParticipantState, ReviewState
from tests.partnerships.helpers import ADMIN, mail_to
from tests.reviews.helpers import ask_the_police_again, health_board, part_of, sees
from tests.support.cast import Cast
from tests.support.checks import last_event, refused


def test_waits_for_its_answer(cast: Cast) -> None:
    participant = participants.invite(cast.review, health_board(cast.olive), by=cast.amira)

    assert (participant.state, participant.is_lead, participant.invited_by) == ("invited", False, cast.amira)
    event = last_event("participant.invited")
    assert (event.actor_id, event.organisation_id, event.review_id) == (
        cast.amira.pk,
        participant.organisation_id,
        cast.review.pk,
    )


def test_shows_nobody_the_review(cast: Cast) -> None:
    participants.invite(cast.review, health_board(cast.olive), by=cast.amira)

    assert not sees(cast.olive, cast.review)


def test_tells_every_active_administrator_with_a_link_and_no_content(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    board = health_board(cast.olive, cast.sid, cast.rita)
    with django_capture_on_commit_callbacks(execute=True):
        participant = participants.invite(cast.review, board, by=cast.amira)
        assert mail.outbox == []

    text = mail_to(cast.olive.email, cast.sid.email)
    assert f"{settings.PORTAL_URL}/reviews/invitations/{participant.pk}/" in text
    for secret in (cast.review.title, "North Somerset", "Health Board", cast.amira.full_name):
        assert secret not in text


def test_each_gets_a_message_of_their_own(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        participants.invite(cast.review, health_board(cast.olive, cast.sid), by=cast.amira)

    assert [len(message.recipients()) for message in mail.outbox] == [1, 1]


def test_one_that_takes_part_is_not_asked_again(cast: Cast) -> None:
    with refused("Bristol Partnership has been invited already"):
        participants.invite(cast.review, cast.bristol, by=cast.amira)


def test_one_that_has_not_answered_is_not_asked_again(cast: Cast) -> None:
    ask_the_police_again(cast)

    with refused("has been invited already"):
        participants.invite(cast.review, cast.police, by=cast.amira)


def test_one_that_left_can_be_asked_again(cast: Cast) -> None:
    again = ask_the_police_again(cast)

    states = Participant.objects.filter(review=cast.review, organisation=cast.police).values_list("state", flat=True)
    assert sorted(states) == [ParticipantState.INVITED, ParticipantState.LEFT]
    assert part_of(cast, cast.police) == again


def test_nobody_is_invited_to_a_closed_review(cast: Cast) -> None:
    board = health_board(cast.olive)
    cast.review.state = ReviewState.CLOSED
    cast.review.save()

    with refused("This review is closed"):
        participants.invite(cast.review, board, by=cast.amira)


def test_an_administrator_who_comes_later_can_answer_too(cast: Cast) -> None:
    board = health_board(cast.olive)
    participant = participants.invite(cast.review, board, by=cast.amira)
    memberships.add(board, cast.sid, ADMIN, by=None)

    participants.decline(participant, reason="Not ours.", by=cast.sid)

    assert participant.state == ParticipantState.DECLINED


def test_the_database_refuses_an_organisation_twice(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match=r"participant_once|UNIQUE"):
        Participant.objects.create(review=cast.review, organisation=cast.bristol, invited_by=cast.amira)
