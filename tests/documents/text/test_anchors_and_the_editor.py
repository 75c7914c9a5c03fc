"""Lasting positions mean the same in Python and in the editor, in whatever people have written, in cells of tables too."""

import base64
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from documents.text.anchor_words import normal
from documents.text.anchors import SectionText, find, make
from documents.text.building import build_update
from documents.text.reading import replay
from tests.documents.text.changing import Session, prose
from tests.documents.text.editor import AnchoringEditor, documents_of_sessions
from tests.documents.text.helpers import Json
from tests.documents.text.strategies import documents

pytestmark = pytest.mark.no_database


@pytest.fixture(scope="module")
def editor() -> Iterator[AnchoringEditor]:
    with AnchoringEditor() as running:
        yield running


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents)
def test_both_find_what_the_other_has_marked_in_any_text(editor: AnchoringEditor, document: Json) -> None:
    check(editor, build_update(document))


def test_both_find_what_the_other_has_marked_in_what_people_wrote_together(editor: AnchoringEditor) -> None:
    for document in documents_of_sessions(count=6, seed=3):
        check(editor, document["update"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
@example(150120126)  # what is left of a quote begins the section
def test_both_find_the_same_passages_in_prose_that_was_changed(editor: AnchoringEditor, seed: int) -> None:
    session = Session(random.Random(seed), prose())  # noqa: S311 (which words, not a secret)
    anchors = [session.mark() for _ in range(8)]
    for _ in range(session.random.randint(1, 10)):
        session.edit()
    section = SectionText(session.doc)

    places = editor.answer(session.doc.get_update(), anchors)["places"]

    assert [place and (place[0], normal(place[1])) for place in places] == [
        place and (place.how, normal(section.text[place.start : place.end])) for place in (find(section, a) for a in anchors)
    ]


def check(editor: AnchoringEditor, update: bytes) -> None:
    section = SectionText(replay([update]))
    spans = [match.span() for match in re.finditer(r"[^\W_]+", section.text)]
    made = [make(section, *span) for span in spans]

    answer = editor.answer(update, made)

    assert answer["found"] == [section.text[slice(*span)] for span in spans]
    assert sorted(read_back(section, *word) for word in answer["words"]) == sorted((*span, True) for span in spans)
    assert {pair(*word[1:]) for word in answer["words"]} == {(one.start, one.end) for one in made}


def read_back(section: SectionText, word: str, start: str, end: str) -> tuple[int, int, bool]:
    """Where Python reads the editor's positions of a word, and whether that word is there."""
    at = tuple(section.places.decode(position) for position in pair(start, end))
    assert at[0] is not None
    assert at[1] is not None
    return at[0], at[1], section.text[at[0] : at[1]] == word


def pair(start: str, end: str) -> tuple[Any, Any]:
    return base64.b64decode(start), base64.b64decode(end)


def test_what_is_no_position_is_nowhere() -> None:
    section = SectionText(replay([build_update({"type": "doc", "content": [{"type": "paragraph"}]})]))

    for odd in (b"", b"\x09\x09", b"\x00\x01\x01", b"\x00\x07\x03\x00", b"\x01\x05other\x00", b"\x02\x01\x01\x00"):
        assert section.places.decode(odd) is None
