"""threads.share: an organisation opens its own thread to everybody, on record and for good."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.actions import threads
from documents.models import CommentRound, RoundInvitation, Thread
from tests.documents.helpers import participant
from tests.documents.talk import anew, opened
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused
from tests.support.states import freeze

pytestmark = pytest.mark.django_db


def test_everybody_sees_it_from_then_on(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)
    assert thread not in Thread.objects.visible_to(cast.gwen)

    threads.share(thread, by=cast.bella)

    assert thread in Thread.objects.visible_to(cast.gwen)
    assert (anew(thread).shared_by, anew(thread).only_for) == (cast.bella, None)


def test_everybody_may_read_that_it_was_shared(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)

    threads.share(thread, by=cast.bella)

    event = last_event("thread.shared")
    assert (event.actor_id, event.organisation_id) == (cast.bella.pk, cast.bristol.pk)
    assert "only_for" not in event.data


def test_sharing_what_is_shared_changes_nothing(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.bella)

    with nothing_changes():
        threads.share(thread, by=cast.bella)


def test_the_database_refuses_to_make_it_private_again(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)
    threads.share(thread, by=cast.bella)
    never = opened(cast.introduction, cast.bella)

    for one in (thread, never):
        with pytest.raises(IntegrityError), transaction.atomic():
            Thread.objects.filter(pk=one.pk).update(only_for=cast.bristol, shared_at=None, shared_by=None)


def test_the_database_refuses_to_give_it_to_another_organisation(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.filter(pk=thread.pk).update(only_for=cast.police, organisation=cast.police)


def test_it_joins_the_round_that_asked_for_it(cast: Cast) -> None:
    asked = CommentRound.objects.create(
        report=cast.report, number=1, name="Facts", closes_on=timezone.localdate() + timedelta(3), opened_by=cast.amira
    )
    RoundInvitation.objects.create(round=asked, participant=participant(cast.review, cast.bristol))
    thread = opened(cast.introduction, cast.bella, only_for_us=True)
    assert thread.round is None

    threads.share(thread, by=cast.bella)

    assert (anew(thread).round, anew(thread).is_late) == (asked, False)


def test_not_on_a_frozen_report(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)
    freeze(cast.report)

    with refused("This report is frozen for signature"):
        threads.share(anew(thread), by=cast.bella)
