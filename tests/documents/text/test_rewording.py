"""Other words in the place of quoted ones: to the letter, in one place, and never twice."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from documents.text.anchors import Anchor, SectionText, make_for
from documents.text.building import build_update
from documents.text.reading import read_section
from documents.text.rendering import plain_text
from documents.text.rewording import ChangedError, rewording_update
from tests.documents.text.helpers import Json, document, node, paragraph, same, table, text

pytestmark = pytest.mark.no_database
WORDS = st.text(st.sampled_from("ab é😀 "), max_size=8)


def doc_of(json: Json) -> "Doc[Any]":
    doc: Doc[Any] = Doc()
    doc.apply_update(build_update(json))
    return doc


def anchor_of(doc: "Doc[Any]", quote: str) -> Anchor:
    anchor = make_for(SectionText(doc), quote)
    assert anchor
    return anchor._replace(quote=anchor.quote.replace("\u2028", "\n"))


def words_of(doc: "Doc[Any]") -> str:
    return plain_text(read_section(doc)).strip()


@pytest.mark.parametrize(
    ("quote", "new", "then"),
    [
        ("two red", "three blue", "Say three blue words."),
        ("two", "", "Say  red words."),
        ("two red", "two bright red", "Say two bright red words."),
        ("red", "red 😀é", "Say two red 😀é words."),
        ("Say two red words.", "Nothing", "Nothing"),
    ],
)
def test_the_quote_is_replaced(quote: str, new: str, then: str) -> None:
    doc = doc_of(document(paragraph("😀 é before"), paragraph("Say two red words."), paragraph("After.")))
    elsewhere: Doc[Any] = Doc()
    elsewhere.apply_update(doc.get_update())

    elsewhere.apply_update(rewording_update(doc, anchor_of(doc, quote), new))

    for one in (doc, elsewhere):
        assert same(read_section(one)) == same(document(paragraph("😀 é before"), paragraph(then), paragraph("After.")))


def test_line_breaks_are_breaks_in_the_paragraph() -> None:
    doc = doc_of(document(paragraph("One", node("hardBreak"), "two.")))

    rewording_update(doc, anchor_of(doc, "One\u2028two"), "1\n2\n3")

    broken = paragraph("1", node("hardBreak"), "2", node("hardBreak"), "3.")
    assert same(read_section(doc)) == same(document(broken))


def test_words_keep_the_format_that_all_of_the_old_ones_have_and_take_none_from_their_neighbours() -> None:
    lines = paragraph(text("bold ", "bold"), text("slanted", "italic"), text(" end", "bold"))
    doc = doc_of(document(lines))

    rewording_update(doc, anchor_of(doc, "slanted"), "other")

    kept = paragraph(text("bold ", "bold"), text("other", "italic"), text(" end", "bold"))
    assert same(read_section(doc)) == same(document(kept))
    rewording_update(doc, anchor_of(doc, "bold other"), "plain")
    assert same(read_section(doc)) == same(document(paragraph(text("plain"), text(" end", "bold"))))


def test_in_a_cell_of_a_table() -> None:
    doc = doc_of(document(paragraph("Before"), table(["Area", "Figures"], ["Bristol", "seven cases"])))

    rewording_update(doc, anchor_of(doc, "seven cases"), "eight cases")

    assert "eight cases" in words_of(doc)
    assert "seven" not in words_of(doc)


def test_a_footnote_right_beside_it_stays() -> None:
    note = node("footnote", id="n1", text="The note")
    doc = doc_of(document(paragraph("It was known", note, " then.")))

    rewording_update(doc, anchor_of(doc, "was known"), "was seen")

    assert same(read_section(doc)) == same(document(paragraph("It was seen", note, " then.")))


@pytest.mark.parametrize(("at", "words", "present"), [(4, "NEW ", "two NEW red words"), (0, "", "")])
def test_what_is_not_the_quote_to_the_letter_is_not_touched(at: int, words: str, present: str) -> None:
    doc = doc_of(document(paragraph("two red words")))
    anchor = anchor_of(doc, "two red words")
    stored: Text = doc.get("default", type=Text)
    if words:
        stored.insert(at, words)
    else:
        del stored[0 : len("two red words")]
    before = doc.get_state()

    with pytest.raises(ChangedError) as changed:
        rewording_update(doc, anchor, "new words")

    assert (changed.value.present, doc.get_state()) == (present, before)


def test_a_quote_that_was_split_into_two_paragraphs_is_not_touched() -> None:
    doc = doc_of(document(paragraph("two red words")))
    anchor = anchor_of(doc, "two red words")
    doc.get("default", type=Text).insert(7, "\n")

    with pytest.raises(ChangedError):
        rewording_update(doc, anchor, "new words")


@pytest.mark.parametrize("new", ["red roses", "bright red", "the red ones"])
def test_new_words_that_hold_the_old_ones_are_not_put_in_twice(new: str) -> None:
    doc = doc_of(document(paragraph("There were red words.")))
    anchor = anchor_of(doc, "red")
    rewording_update(doc, anchor, new)
    then = words_of(doc)

    with pytest.raises(ChangedError):
        rewording_update(doc, anchor, new)

    assert words_of(doc) == then == f"There were {new} words."


@given(WORDS, WORDS, WORDS)
def test_any_words(before: str, after: str, new: str) -> None:
    doc = doc_of(document(paragraph(f"{before}quoted words{after}.")))

    rewording_update(doc, anchor_of(doc, "quoted words"), new)

    assert same(read_section(doc)) == same(document(paragraph(f"{before}{new}{after}.")))
