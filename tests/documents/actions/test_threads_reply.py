"""threads.reply: one more comment in a thread."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notification
from documents.actions import sections, threads
from documents.models import Comment, Restriction
from partnerships.grants import Level
from tests.documents.helpers import participant
from tests.documents.talk import anew, opened, organisation, user
from tests.support.cast import Cast
from tests.support.checks import last_event, refused
from tests.support.states import freeze

pytestmark = pytest.mark.django_db


def test_it_is_added_for_ones_own_organisation(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)

    reply = threads.reply(thread, text=" Yes. ", by=cast.bella)

    assert (reply.text, reply.created_by, reply.organisation) == ("Yes.", cast.bella, cast.bristol)


def test_it_is_on_record_without_a_word_of_it(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)

    threads.reply(thread, text="Maytime.", by=cast.bella)

    event = last_event("thread.replied")
    assert (event.actor_id, event.organisation_id) == (cast.bella.pk, cast.bristol.pk)
    assert event.data == {"report": str(cast.report.pk), "section": str(cast.introduction.pk)}


def test_whoever_takes_part_is_told_but_not_whoever_replies(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)
    threads.reply(thread, text="Yes.", by=cast.ned)

    threads.reply(thread, text="No.", mentions=user(cast.ned.pk), by=cast.bella)

    told = Notification.objects.filter(created_by=cast.bella).values_list("to__full_name", "kind")
    assert set(told) == {("Piet Test-Constable", "reply"), ("Ned Test-Ashby", "mention")}


def test_nobody_is_told_of_what_they_can_see_no_longer(cast: Cast) -> None:
    thread = opened(cast.restricted_listed, cast.ned)
    only_bristol = {participant(cast.review, cast.bristol): Level.EDIT}
    sections.restrict(cast.restricted_listed, restriction=Restriction.LISTED, levels=only_bristol, by=cast.amira)

    threads.reply(anew(thread), text="Quiet now.", by=cast.bella)

    assert not Notification.objects.exists()


def test_a_resolved_thread_stays_so(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)
    threads.resolve(thread, by=cast.bella)

    threads.reply(thread, text="Thank you.", by=cast.piet)

    assert anew(thread).is_resolved


def test_it_is_possible_on_a_frozen_report(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)
    freeze(cast.report)

    threads.reply(anew(thread), text="Still.", by=cast.piet)

    assert thread.comments.count() == 2


@pytest.mark.parametrize(("text", "words"), [(" ", "Enter a reply."), ("x" * 10_001, "The comment has 10,001 characters.")])
def test_bad_input_is_refused(text: str, words: str, cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)

    with refused(words):
        threads.reply(thread, text=text, by=cast.piet)


def test_in_a_private_thread_only_ones_own_are_mentioned(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)

    with refused("Only Bristol can see this comment"):
        threads.reply(thread, text="Amira?", mentions=user(cast.amira.pk), by=cast.bella)
    threads.reply(thread, text="All?", mentions=organisation(cast.bristol.pk), by=cast.bella)

    assert thread.comments.count() == 2


@pytest.mark.parametrize("is_stale", [True, False])
def test_it_is_not_sent_to_more_people_than_its_writer_was_told(is_stale: bool, cast: Cast) -> None:
    thread = opened(cast.introduction, cast.bella, only_for_us=True)
    threads.share(anew(thread), by=cast.bella)

    with refused("This thread has been shared with everyone meanwhile"):
        threads.reply(thread if is_stale else anew(thread), text="Between us.", for_us_only=True, by=cast.bella)
    assert Comment.objects.count() == 1


def test_what_was_said_stays_as_it_was_said(cast: Cast) -> None:
    opened(cast.introduction, cast.piet)

    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.update(text="Something else.")
