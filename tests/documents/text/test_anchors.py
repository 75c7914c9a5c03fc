"""The passage that a comment is about is found again, or said to be gone. It is never shown in a wrong place."""

import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Text

from documents.text import flat
from documents.text.anchor_words import words_in
from documents.text.anchors import Anchor, How, Place, SectionText, find, make, make_for
from documents.text.blocks import from_blocks
from documents.text.building import build_update
from documents.text.reading import replay
from portal.demo import data
from tests.documents.text.changing import WORD, Session
from tests.documents.text.helpers import document, paragraph, table

pytestmark = pytest.mark.no_database


def doc_of(*blocks: Any) -> "Doc[Any]":
    return replay([build_update(document(*blocks))])


def words_of(doc: "Doc[Any]") -> Text:
    text: Text = doc.get(flat.SECTION, type=Text)
    return text


def shown(doc: "Doc[Any]", anchor: Anchor) -> str | None:
    """The words at which an anchor is now."""
    section = SectionText(doc)
    place = find(section, anchor)
    return section.text[place.start : place.end] if place else None


def marked(doc: "Doc[Any]", quote: str) -> Anchor:
    anchor = make_for(SectionText(doc), quote)
    assert anchor
    return anchor


def swap(doc: "Doc[Any]", old: str, new: str) -> None:
    """Take words out of the section's text, and put others in their place."""
    text = words_of(doc)
    start = str(text).index(old)
    del text[start : start + len(old)]
    text.insert(start, new)


def test_holds_the_quote_and_what_is_around_it() -> None:
    anchor = marked(doc_of(paragraph("A first line."), paragraph("Some words, and more.")), "words")

    assert (anchor.quote, anchor.before, anchor.after) == ("words", "A first line. Some", ", and more.")


def test_a_quote_that_stands_twice_is_marked_nowhere() -> None:
    section = SectionText(doc_of(paragraph("one two one")))

    assert make_for(section, "one") is None
    assert make_for(section, "three") is None


def test_no_words_cannot_be_marked() -> None:
    with pytest.raises(ValueError, match="no words"):
        make(SectionText(doc_of(paragraph("one"))), 1, 1)


def test_is_at_its_words_while_others_write_before_and_after_them() -> None:
    doc = doc_of(paragraph("Some words here"))
    anchor = marked(doc, "words")

    swap(doc, "Some ", "Not very many ")
    swap(doc, " here", " at the end")

    assert find(SectionText(doc), anchor) == Place(14, 19, How.EXACT)


def test_reaches_over_what_was_written_in_between() -> None:
    doc = doc_of(paragraph("The school did not know that he had been robbed."))
    anchor = marked(doc, "did not know that he had been robbed")

    swap(doc, "not know", "not yet know")

    assert shown(doc, anchor) == "did not yet know that he had been robbed"


def test_is_the_same_where_a_block_was_split_in_it() -> None:
    doc = doc_of(paragraph("One sentence. Another sentence."))
    anchor = marked(doc, "sentence. Another")

    del words_of(doc)[len("One sentence.")]
    words_of(doc).insert(len("One sentence."), flat.END)

    place = find(SectionText(doc), anchor)
    assert place
    assert place.how == How.EXACT


def test_is_found_where_its_words_were_moved_to() -> None:
    sentence = "The school did not know that this boy had been robbed twice."
    doc = doc_of(paragraph(sentence), paragraph("The end."))
    anchor = marked(doc, sentence)

    swap(doc, f"{sentence}\n", "")
    words_of(doc).insert(8, f" {sentence}")

    assert shown(doc, anchor) == sentence


@pytest.mark.parametrize("quote", ["The partnerships appointed", "the learning", "It"])
def test_words_at_an_edge_of_the_section_are_found_when_they_come_back(quote: str) -> None:
    lines = "The partnerships appointed a lead reviewer from elsewhere.\nIt ends with the learning"
    doc = doc_of(*map(paragraph, lines.split("\n")))
    anchor = marked(doc, quote)

    swap(doc, quote, "")
    assert shown(doc, anchor) is None
    gone = lines.index(quote)
    words_of(doc).insert(gone, quote)

    assert shown(doc, anchor) == (quote if quote != "It" else None)


def test_what_is_left_is_found_where_the_section_begins_with_it() -> None:
    doc = doc_of(paragraph("He came with an injury to another hospital."))
    anchor = marked(doc, "with an injury")

    swap(doc, "He came with", "")

    assert shown(doc, anchor) == " an injury"


def test_letters_at_its_edges_that_were_written_again_belong_to_it() -> None:
    doc = doc_of(paragraph("He was invited to both strategy meetings that spring."))
    anchor = marked(doc, "both strategy meetings")

    swap(doc, "both str", "both str")
    swap(doc, "gs", "gs")

    assert shown(doc, anchor) == "both strategy meetings"
    place = find(SectionText(doc), anchor)
    assert place
    assert place.how == How.EXACT


def test_is_nowhere_where_it_could_be_either_of_two() -> None:
    sentence = "The school did not know that this boy had been robbed twice."
    doc = doc_of(paragraph(sentence), paragraph("The end."))
    anchor = marked(doc, sentence)

    swap(doc, f"{sentence}\n", "")
    words_of(doc).insert(8, f" {sentence} And again: {sentence}")

    assert shown(doc, anchor) is None


def test_a_few_words_are_found_where_they_were_moved_with_those_around_them() -> None:
    sentence = "The school did not know that this boy had been robbed violently on his way home last spring, or by whom."
    doc = doc_of(paragraph(sentence), paragraph("The end."))
    anchor = marked(doc, "robbed violently")

    swap(doc, f"{sentence}\n", "")
    words_of(doc).insert(8, f" {sentence}")

    assert shown(doc, anchor) == "robbed violently"


def test_is_gone_with_its_words() -> None:
    doc = doc_of(paragraph("Two of the three teams had a vacancy."), paragraph("None of the others had."))
    anchor = marked(doc, "of the three teams")

    swap(doc, "of the three teams", "people")

    assert shown(doc, anchor) is None


def test_is_not_taken_for_other_words_that_only_look_like_it() -> None:
    doc = doc_of(paragraph("It was late. It was cold."))
    anchor = marked(doc, "It was late")

    swap(doc, "It was late. ", "")

    assert shown(doc, anchor) is None


def test_is_found_in_a_cell_and_gone_with_its_table() -> None:
    doc = doc_of(paragraph("Before"), table(["Who", "What"], ["Jude – 😀", "missing several times"]), paragraph("After"))
    anchor = marked(doc, "several times")
    words_of(doc).insert(0, "Long ")

    assert shown(doc, anchor) == "several times"

    text = words_of(doc)
    del text[len("Long Before\n") : len("Long Before\n") + 1]
    assert shown(doc, anchor) is None


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_is_never_in_a_wrong_place_whatever_is_done_to_the_text(seed: int) -> None:
    session = Session(random.Random(seed))  # noqa: S311 (which words, not a secret)
    anchor = session.mark()
    quoted = set(WORD.findall(anchor.quote))

    for _ in range(session.random.randint(1, 12)):
        session.edit()
        seen = shown(session.doc, anchor)
        assert seen is None or quoted & session.words() & set(WORD.findall(seen))


def has_twin(section: SectionText, quote: str) -> bool:
    """Whether six words in a row of it stand there twice: nobody could tell which of them were meant."""
    words, line = [word.key for word in words_in(quote)], " ".join(word.key for word in section.words)
    runs = (" ".join(words[at : at + 6]) for at in range(max(1, len(words) - 5)))
    return any(line.count(run) > 1 for run in runs)


def _prose() -> list[Any]:
    return [item for item in data.read("report")["sections"] if item["blocks"]]


@pytest.mark.parametrize("item", _prose(), ids=lambda item: item["id"])
def test_in_real_prose_a_sentence_is_gone_when_deleted_and_found_when_moved(item: Any) -> None:
    update = build_update(from_blocks(item["blocks"]))
    whole = SectionText(replay([update]))
    for sentence in re.findall(r"[^.\n\ufffc]{20,}\.", str(words_of(replay([update]))))[::3]:
        anchor = make_for(whole, sentence.strip())
        if anchor and not has_twin(whole, anchor.quote):
            doc = replay([update])
            text, quote = words_of(doc), anchor.quote.encode()
            start = str(text).encode().index(quote)

            del text[start : start + len(quote)]
            assert shown(doc, anchor) is None, anchor.quote

            text.insert(0, anchor.quote + flat.END)
            assert (shown(doc, anchor) or "") in anchor.quote
