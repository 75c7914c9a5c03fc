"""threads.resolve and threads.reopen: nothing that was said goes away."""

import pytest

from documents.actions import threads
from documents.models import Comment
from tests.documents.talk import anew, opened, suggested
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused
from tests.support.states import freeze

pytestmark = pytest.mark.django_db


def test_resolving_says_who_and_when_and_deletes_nothing(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)

    threads.resolve(thread, by=cast.bella)

    assert (anew(thread).resolved_by, anew(thread).is_resolved) == (cast.bella, True)
    assert Comment.objects.get().text == "Is that so?"
    assert last_event("thread.resolved").organisation_id == cast.bristol.pk


def test_reopening_undoes_it(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)
    threads.resolve(thread, by=cast.bella)

    threads.reopen(thread, by=cast.piet)

    assert (anew(thread).resolved_by, anew(thread).resolved_at) == (None, None)
    assert last_event("thread.reopened").actor_id == cast.piet.pk


def test_doing_it_twice_does_it_once(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)
    with nothing_changes():
        threads.reopen(thread, by=cast.piet)
    threads.resolve(thread, by=cast.bella)

    with nothing_changes():
        threads.resolve(anew(thread), by=cast.piet)


def test_a_suggestion_is_decided_first(cast: Cast) -> None:
    thread = suggested(cast.introduction, cast.piet)

    with refused("This thread suggests a change. Accept, decline or withdraw it first."):
        threads.resolve(thread, by=cast.bella)


def test_not_on_a_frozen_report(cast: Cast) -> None:
    thread = opened(cast.introduction, cast.piet)
    done = opened(cast.introduction, cast.piet)
    threads.resolve(done, by=cast.piet)
    freeze(cast.report)

    with refused("This report is frozen for signature"):
        threads.resolve(anew(thread), by=cast.bella)
    with refused("This report is frozen for signature"):
        threads.reopen(anew(done), by=cast.bella)
