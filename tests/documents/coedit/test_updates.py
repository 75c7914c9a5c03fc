"""Judging updates: what Yjs makes passes, what would harm the reader below or the text does not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text, XmlFragment

from documents.coedit.updates import MAX_DEPTH, check, covers, deletes_of
from documents.coedit.wire import ProtocolError, buffer, string, uint
from tests.documents.coedit.raw import text_of, typing

pytestmark = pytest.mark.no_database

HEAD = b"\x01\x01\x05\x00"  # one client, one struct, client 5, clock 0
ROOT = b"\x01" + string("text")
NO_DELETES = b"\x00"


def struct(kind: int, content: bytes) -> bytes:
    """An update of one struct in the root text."""
    return HEAD + bytes([kind]) + ROOT + content + NO_DELETES


def nested(depth: int) -> bytes:
    """A list in a list in a list …"""
    return struct(8, uint(1) + b"\x75\x01" * depth + b"\x7e")


def test_what_an_editor_writes_passes() -> None:
    doc: Doc[Any] = Doc()
    text, shape = doc.get("text", type=Text), doc.get("table", type=Map)
    text += "Some words – 😀"
    text.format(0, 4, {"bold": True, "link": {"href": "https://portal.example"}})
    text.insert_embed(4, {"type": "table", "columns": [1, 2.5, None, True, 2**40]})
    shape["row"] = {"order": "a0", "deleted": False}
    del text[0:2]

    check(doc.get_update(b"\x00"))


def test_every_update_of_somebody_typing_passes() -> None:
    for update in typing("one ", "two ", "three"):
        check(update)


def test_an_update_made_by_hand_passes_and_is_what_it_seems() -> None:
    check(SOUND)

    assert text_of(SOUND).startswith("sowords")


def test_an_update_without_anything_passes() -> None:
    check(b"\x00\x00")


@pytest.mark.parametrize("kind", [Text, Map, Array, XmlFragment])
def test_a_type_within_a_type_is_refused(kind: Any) -> None:
    doc: Doc[Any] = Doc()
    doc.get("table", type=Map)["cell"] = kind()

    with pytest.raises(ProtocolError):
        check(doc.get_update(b"\x00"))


def test_a_document_within_a_document_is_refused() -> None:
    doc: Doc[Any] = Doc()
    doc.get("table", type=Map)["cell"] = Doc()

    with pytest.raises(ProtocolError):
        check(doc.get_update(b"\x00"))


def test_words_within_words_are_refused() -> None:
    """A browser drops them, while the reader below can then read nothing of the text any more."""
    words = HEAD + b"\x04" + ROOT + string("one ") + NO_DELETES
    within = b"\x01\x01\x06\x00" + b"\x04\x00\x05\x02" + string("two ") + NO_DELETES
    check(words)
    with pytest.raises(RuntimeError, match="parent"):
        text_of(words, within)

    with pytest.raises(ProtocolError):
        check(within)


def test_values_may_be_nested_but_not_so_deeply_that_reading_them_ends_the_process() -> None:
    check(nested(MAX_DEPTH))

    for depth in (MAX_DEPTH + 1, 500_000):
        with pytest.raises(ProtocolError):
            check(nested(depth))


@pytest.mark.parametrize("kind", [5, 6], ids=["embed", "format"])
def test_deep_json_is_refused(kind: int) -> None:
    json = string("[" * 200_000 + "]" * 200_000)

    with pytest.raises(ProtocolError):
        check(struct(kind, json if kind == 5 else string("bold") + json))


# Words, a format, an embed, values and a deletion.
SOUND = (
    b"\x01\x05\x05\x00"
    + (b"\x04" + ROOT + string("some words"))
    + (b"\x86\x05\x09" + string("bold") + string("true"))
    + (b"\x85\x05\x0a" + string('{"type":"table"}'))
    + (b"\x28" + ROOT + string("row") + uint(1) + b"\x76\x01" + string("order") + b"\x77" + string("a0"))
    + b"\x00\x02"
    + b"\x01\x05\x01\x02\x03"
)

HOSTILE = {
    "nothing": b"",
    "more clients than bytes": uint(2**50) + b"\x00",
    "more structs than bytes": b"\x01" + uint(2**50) + b"\x05\x00",
    "more deletes than bytes": b"\x00" + uint(2**50),
    "bytes behind the end": b"\x00\x00\x00",
    "a clock that Python and browsers count differently": b"\x01\x01\x05"
    + uint(2**40)
    + b"\x04"
    + ROOT
    + string("a")
    + NO_DELETES,
    "a gap as long": HEAD + b"\x00" + uint(2**32 - 1) + NO_DELETES,
    "a deletion as long": b"\x00\x01\x05\x01\x00" + uint(2**32 - 1),
    "text that is not UTF-8": struct(4, buffer(b"\xff\xfe")),
    "an unknown kind of content": struct(11, b"\x00"),
    "a value of an unknown kind": struct(8, uint(1) + b"\x00"),
    "a number without an end": struct(8, uint(1) + b"\x7d" + b"\xff" * 20),
    "text longer than the update": struct(4, uint(2**50) + b"a"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_is_refused(what: str) -> None:
    with pytest.raises(ProtocolError):
        check(HOSTILE[what])


@given(st.binary(max_size=300))
def test_any_bytes_pass_or_are_refused(update: bytes) -> None:
    _applies_or_is_refused(update)


@given(st.data())
def test_a_sound_update_with_wrong_bytes_passes_or_is_refused(data: st.DataObject) -> None:
    update = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        update[data.draw(st.integers(0, len(update) - 1))] = data.draw(st.integers(0, 255))

    _applies_or_is_refused(bytes(update))


def _applies_or_is_refused(update: bytes) -> None:
    """What passes must not harm the library that applies it."""
    try:
        check(update)
    except ProtocolError:
        return
    Doc().apply_update(update)


def test_deletes_are_read_and_compared() -> None:
    doc: Doc[Any] = Doc()
    text = doc.get("text", type=Text)
    text += "0123456789"
    before = doc.get_state()
    del text[2:4]
    first = deletes_of(doc.get_update(before))
    del text[2:6]
    both = deletes_of(doc.get_update(doc.get_state()))

    assert covers(both, first)
    assert not covers(first, both)
    assert covers(first, {})
    assert not covers({}, first)


def test_deletes_that_touch_count_as_one() -> None:
    assert covers({1: [(4, 2), (0, 4)]}, {1: [(1, 5)]})
    assert not covers({1: [(0, 4), (5, 2)]}, {1: [(3, 3)]})


def test_an_update_with_content_has_no_deletes_to_compare() -> None:
    with pytest.raises(ProtocolError):
        deletes_of(typing("words")[0])
