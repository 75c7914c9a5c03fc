"""Saying what became of a comment."""

import pytest

from accounts.models import Notification
from documents.actions import dispositions
from documents.models import Disposition, Thread
from documents.notification_kinds import DISPOSED
from tests.documents.rounds import comment
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused


def dispose(thread: Thread, cast: Cast, disposition: str = "accepted", reason: str = "It was wrong.", **more: bool) -> None:
    dispositions.dispose(thread, disposition=disposition, reason=reason, by=cast.amira, **more)


@pytest.mark.parametrize("disposition", [one for one in Disposition if one])
def test_is_kept_with_its_reason_and_who_said_so(cast: Cast, disposition: Disposition) -> None:
    thread = comment(cast.introduction, cast.piet)

    dispose(thread, cast, disposition)

    thread.refresh_from_db()
    assert (thread.disposition, thread.disposition_reason) == (disposition, "It was wrong.")
    assert thread.disposed_by == cast.amira
    assert last_event("thread.disposed").data["disposition"] == disposition


def test_does_not_resolve_the_comment_unless_asked(cast: Cast) -> None:
    thread, other = comment(cast.introduction, cast.piet), comment(cast.introduction, cast.piet)

    dispose(thread, cast)
    dispose(other, cast, resolve=True)

    assert (thread.is_resolved, other.is_resolved) == (False, True)


def test_tells_whoever_commented(cast: Cast) -> None:
    dispose(comment(cast.introduction, cast.piet), cast)

    assert [one.to for one in Notification.objects.filter(kind=DISPOSED)] == [cast.piet]


def test_can_be_changed_and_what_it_was_stays_on_record(cast: Cast) -> None:
    thread = comment(cast.introduction, cast.piet)
    dispose(thread, cast)

    dispose(thread, cast, "not_accepted", "It was right after all.")

    assert thread.disposition == "not_accepted"
    assert last_event("thread.disposed").data["before"] == "accepted"


def test_the_same_again_is_nothing(cast: Cast) -> None:
    thread = comment(cast.introduction, cast.piet)
    dispose(thread, cast)

    with nothing_changes():
        dispose(thread, cast)


@pytest.mark.parametrize(
    ("disposition", "reason", "words"),
    [
        ("", "Why not.", "Choose what becomes of the comment."),
        ("perhaps", "Why not.", "Choose what becomes of the comment."),
        ("noted", "  ", "Give a reason. Whoever commented will read it."),
        ("noted", "r" * 2001, "The reason has 2001 characters."),
    ],
)
def test_is_refused_without_an_answer_or_a_reason(cast: Cast, disposition: str, reason: str, words: str) -> None:
    thread = comment(cast.introduction, cast.piet)

    with refused(words):
        dispose(thread, cast, disposition, reason)


def test_a_private_comment_is_not_decided(cast: Cast) -> None:
    thread = comment(cast.introduction, cast.ned, private=True)

    with refused("This comment is its organisation’s own."):
        dispose(thread, cast)
