"""The log of updates makes one document: in lots, in any order, and with updates that stand on others."""

import pytest
from pycrdt import Doc, Text

from documents.text.building import build_update
from documents.text.reading import LOT, read_section, replay
from documents.text.rendering import plain_text
from tests.documents.text.helpers import document, paragraph

pytestmark = pytest.mark.no_database


def typed(words: str) -> list[bytes]:
    """One update for each letter, as an editor sends them."""
    doc: Doc[Text] = Doc()
    text = doc.get("default", type=Text)
    updates = []
    for letter in words:
        before = doc.get_state()
        text.insert(len(text), letter)
        updates.append(doc.get_update(before))
    return updates


def test_no_updates_are_an_empty_section() -> None:
    assert read_section(replay([])) == document(paragraph())


def test_many_small_updates_are_one_text() -> None:
    words = "word " * LOT

    assert plain_text(read_section(replay(typed(words)))) == words


def test_updates_may_come_before_those_that_they_stand_on() -> None:
    words = "out of order, over several lots " * 10

    assert plain_text(read_section(replay(reversed(typed(words))))) == words


def test_updates_may_come_twice() -> None:
    updates = typed("twice")

    assert plain_text(read_section(replay(updates + updates))) == "twice"


def test_two_texts_that_were_appended_stand_after_each_other() -> None:
    one = build_update(document(paragraph("One"), paragraph("More of one")))
    two = build_update(document(paragraph("Two")))

    lines = plain_text(read_section(replay([one, two]))).split("\n")

    assert lines in (["One", "More of one", "Two"], ["Two", "One", "More of one"])


def test_what_is_missing_is_left_out_until_it_comes() -> None:
    first, second, third = typed("abc")

    assert plain_text(read_section(replay([first, third]))) == "a"
    assert plain_text(read_section(replay([first, third, second]))) == "abc"
