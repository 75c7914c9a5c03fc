"""The text in memory answers everybody with all that they lack, also with what waits for something earlier."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from documents.coedit.replica import CHUNK, Replica
from documents.coedit.wire import ProtocolError
from tests.documents.coedit.raw import text_of, typing

pytestmark = pytest.mark.no_database

NOTHING_KNOWN = b"\x00"


def replica_of(*updates: bytes) -> Replica:
    replica = Replica()
    for update in updates:
        replica.add(update)
    return replica


def written_and_deleted() -> tuple[bytes, bytes]:
    """An update that writes “abc”, and one that takes “ab” away again."""
    doc: Doc[Any] = Doc()
    text = doc.get("text", type=Text)
    text += "abc"
    written, before = doc.get_update(NOTHING_KNOWN), doc.get_state()
    del text[0:2]
    return written, doc.get_update(before)


def test_a_newcomer_gets_everything() -> None:
    assert text_of(replica_of(*typing("one ", "two ")).missing(NOTHING_KNOWN)) == "one two "


def test_who_knows_the_beginning_gets_the_rest() -> None:
    first, second = typing("one ", "two ")
    rest = replica_of(first, second).missing(replica_of(first).state())

    assert text_of(first, rest) == "one two "
    assert len(rest) < len(first + second)


@pytest.mark.parametrize("others", [0, CHUNK, 3 * CHUNK])
def test_words_that_wait_for_earlier_ones_are_passed_on(others: int) -> None:
    first, second, third = typing("one ", "two ", "three")
    replica = replica_of(first, third, *(typing("x")[0] for _ in range(others)))

    early = replica.missing(NOTHING_KNOWN)

    assert text_of(early, second).replace("x", "") == "one two three"


def test_deletions_that_wait_for_their_words_are_passed_on() -> None:
    written, deleted = written_and_deleted()

    early = replica_of(deleted).missing(NOTHING_KNOWN)

    assert text_of(early, written) == "c"


def test_what_has_found_its_place_is_kept_no_longer() -> None:
    written, deleted = written_and_deleted()
    replica = replica_of(deleted, written)

    assert text_of(replica.missing(NOTHING_KNOWN)) == "c"
    assert replica._waiting == []


@given(st.permutations(range(6)), st.integers(0, 6))
def test_in_whatever_order_updates_come_nothing_is_lost_to_a_newcomer(order: list[int], joins_after: int) -> None:
    updates = [*typing("a", "b", "c", "d"), *written_and_deleted()]
    replica = replica_of(*(updates[at] for at in order[:joins_after]))

    early = replica.missing(NOTHING_KNOWN)
    late = [updates[at] for at in order[joins_after:]]

    assert sorted(text_of(early, *late)) == sorted("abcdc")


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_in_whatever_order_words_come_all_are_in_the_text(order: tuple[int, ...]) -> None:
    """One letter between two others, of which one comes last: the library below leaves it waiting for ever."""
    doc: Doc[Any] = Doc()
    text = doc.get("text", type=Text)
    updates = []
    for place, letter in ((0, "b"), (1, "d"), (0, "a"), (2, "c")):
        before = doc.get_state()
        text.insert(place, letter)
        updates.append(doc.get_update(before))
    replica = Replica()

    for at in order:
        replica.take_in(updates[at])

    assert str(replica.doc.get("text", type=Text)) == "abcd"
    assert text_of(replica.missing(NOTHING_KNOWN)) == "abcd"
    assert replica._waiting == []


def test_news_is_what_is_not_known() -> None:
    first, second = typing("one ", "two ")
    replica = replica_of(first)

    news = replica.news(second)

    assert text_of(first, news) == "one two "
    assert replica.news(first) == b""
    assert replica.news(b"\x00\x00") == b""


def test_a_deletion_is_news_once() -> None:
    written, deleted = written_and_deleted()
    replica = replica_of(written)

    assert replica.news(deleted)
    replica.add(deleted)
    assert replica.news(deleted) == b""


@pytest.mark.parametrize("state", [b"", b"\xff\xff\xff\xff\x0f", b"\x01", b"\x02\x01\x01"])
def test_a_state_that_cannot_be_read_is_refused(state: bytes) -> None:
    with pytest.raises(ProtocolError):
        replica_of(*typing("words")).missing(state)
