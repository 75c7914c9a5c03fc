"""What people type all day is known at a glance; the glance never passes what the full walk would refuse."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from documents.coedit import updates
from documents.coedit.glance import is_plain
from documents.coedit.updates import check
from documents.coedit.wire import ProtocolError

pytestmark = pytest.mark.no_database


def session() -> tuple[Text, list[bytes]]:
    """A text, and the updates that changes to it make."""
    doc: Doc[Any] = Doc()
    made: list[bytes] = []
    doc.observe(lambda event: made.append(event.update))
    return doc.get("text", type=Text), made


def walks(update: bytes) -> bool:
    try:
        updates._walk(update)
    except ProtocolError:
        return False
    return True


def test_letters_typed_and_taken_away_are_known_at_a_glance() -> None:
    text, made = session()
    for letter in "What we found – 😀":
        text += letter
    text.insert(0, "The ")
    text.insert(6, "x" * 300)
    del text[8:12]
    del text[0:1]
    assert [is_plain(update) for update in made] == [True] * len(made)


def test_what_else_the_editor_does_is_left_to_the_walk() -> None:
    text, made = session()
    text += "some words"
    text.format(0, 4, {"bold": True})
    text.insert_embed(2, {"type": "table"})

    assert [is_plain(update) for update in made] == [True, False, False]
    for update in made:
        check(update)


SEEDS = session()
SEEDS[0].insert(0, "abc")
SEEDS[0].insert(3, "d" * 200)
SEEDS[0].insert(1, "efg")
del SEEDS[0][1:3]


@given(
    st.sampled_from(SEEDS[1]), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=4), st.integers(0, 3)
)
@example(b"\x00\x00", [], 0)
def test_what_passes_at_a_glance_passes_the_walk(seed: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    update = bytearray(seed)
    for at, value in changes:
        update[at % len(update)] = value
    damaged = bytes(update[: len(update) - cut])

    assert walks(damaged) or not is_plain(damaged)


@given(st.binary(max_size=60))
def test_no_bytes_pass_at_a_glance_that_the_walk_refuses(update: bytes) -> None:
    assert walks(update) or not is_plain(update)


@pytest.mark.parametrize("head", [b"\x01\x01" + b"\xff" * 7 + b"\x10", b"\x01\x01" + b"\xff" * 8 + b"\x00"])
def test_a_client_that_no_browser_can_name_is_not_plain(head: bytes) -> None:
    assert not is_plain(head + b"\x00\x04\x01\x04text\x01a\x00")


def test_text_that_is_not_utf8_is_refused_though_its_shape_is_plain() -> None:
    update = b"\x01\x01\x05\x00\x04\x01\x04text\x01\xff\x00"

    assert is_plain(update)
    with pytest.raises(ProtocolError):
        check(update)


@pytest.mark.parametrize("ranges", [1, 100, 5000])
def test_many_deleted_ranges_are_read_as_one_run(ranges: int) -> None:
    deleted = b"\x00\x02" + 2 * (b"\x05" + number(ranges) + b"".join(number(n) + b"\x01" for n in range(ranges)))

    check(deleted)
    with pytest.raises(ProtocolError):
        check(deleted[:-1])
    with pytest.raises(ProtocolError):
        check(deleted + b"\x00")


def number(value: int) -> bytes:
    return bytes([value]) if value < 128 else bytes([value & 127 | 128]) + number(value >> 7)
