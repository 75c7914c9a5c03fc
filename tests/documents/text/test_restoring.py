"""Making a text what it was: exactly so, and without taking away what others write at the same time."""

from typing import Any

import pytest
from hypothesis import given
from pycrdt import Doc, Text

from documents.text.building import build_update
from documents.text.reading import read_section
from documents.text.rendering import plain_text
from documents.text.restoring import restoring_update
from tests.documents.text.helpers import Json, node, text
from tests.documents.text.strategies import documents

pytestmark = pytest.mark.no_database


def doc_of(*updates: bytes) -> "Doc[Any]":
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    return doc


def paragraphs(*lines: str) -> Json:
    return {"type": "doc", "content": [node("paragraph", text(line)) for line in lines]}


def table(*words: str) -> Json:
    cells = [node("tableCell", node("paragraph", text(word))) for word in words]
    return {"type": "doc", "content": [node("table", node("tableRow", *cells), id="t1")]}


def type_into(doc: "Doc[Any]", words: str, at: int = 0, root: str = "default") -> bytes:
    before = doc.get_state()
    doc.get(root, type=Text).insert(at, words)
    return doc.get_update(before)


@given(documents, documents)
def test_the_text_is_exactly_what_it_was(now: Json, then: Json) -> None:
    doc, target = doc_of(build_update(now)), doc_of(build_update(then))
    start = doc.get_update()

    update = restoring_update(doc, target)

    assert read_section(doc) == read_section(target)
    assert read_section(doc_of(start, *filter(None, [update]))) == read_section(target)


@given(documents)
def test_where_nothing_differs_nothing_is_written(one: Json) -> None:
    doc = doc_of(build_update(one))

    assert restoring_update(doc, doc_of(doc.get_update())) == b""


def test_what_somebody_types_meanwhile_stays() -> None:
    start = build_update(paragraphs("First.", "Second."))
    then = doc_of(start)
    here, there = doc_of(start), doc_of(start)
    removed = type_into(here, "A mistake. ")
    there.apply_update(removed)
    typed = type_into(there, "Typed meanwhile. ")

    restored = restoring_update(here, then)
    here.apply_update(typed)
    there.apply_update(restored)

    assert plain_text(read_section(here)) == plain_text(read_section(there))
    assert "Typed meanwhile. " in plain_text(read_section(here))
    assert "A mistake" not in plain_text(read_section(here))


def test_words_typed_meanwhile_in_a_paragraph_that_goes_stay() -> None:
    then = doc_of(build_update(paragraphs("First.")))
    start = build_update(paragraphs("First.", "A paragraph that will go."))
    here, there = doc_of(start), doc_of(start)
    typed = type_into(there, "NOT GONE", len("First.\nA paragraph"))

    restored = restoring_update(here, then)
    here.apply_update(typed)
    there.apply_update(restored)

    assert read_section(here) == read_section(there)
    assert "NOT GONE" in plain_text(read_section(here))
    assert "that will go" not in plain_text(read_section(here))


def test_a_cell_gets_its_words_back_in_the_same_table() -> None:
    start = build_update(table("July", "two events"))
    then, doc = doc_of(start), doc_of(start)
    cell = next(root for root in doc.keys() if root.count(":") == 3 and "two" in str(doc.get(root, type=Text)))  # noqa: SIM118
    type_into(doc, "twenty-", root=cell)

    restoring_update(doc, then)

    assert read_section(doc) == read_section(then)


def test_a_table_that_goes_comes_back_where_somebody_writes_in_it_meanwhile() -> None:
    then = doc_of(build_update(paragraphs("Only this.")))
    start = build_update(table("July", "two events"))
    here, there = doc_of(start), doc_of(start)
    cell = next(root for root in there.keys() if root.count(":") == 3)  # noqa: SIM118
    typed = type_into(there, "NOT GONE ", root=cell)

    restored = restoring_update(here, then)
    assert plain_text(read_section(here)) == "Only this."
    here.apply_update(typed)
    there.apply_update(restored)

    assert "NOT GONE" in plain_text(read_section(here))
    assert read_section(here) == read_section(there)
