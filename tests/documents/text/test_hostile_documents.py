"""Whatever somebody has stored: nothing raises, no word is lost, and what is read is a valid document."""

from typing import Any

import pytest
from pycrdt import Array, Doc, Map, Text, XmlFragment

from documents.text.building import build_update
from documents.text.reading import read_section, replay
from documents.text.rendering import plain_text, render
from documents.text.schema import schema
from tests.documents.text.helpers import Json, document, node, paragraph, read, stored

pytestmark = pytest.mark.no_database

HEADING = {"n": "heading", "level": 2}


@pytest.mark.parametrize(
    "formats",
    [
        {"t": {"n": "script"}},
        {"t": {"n": "listItem"}},
        {"t": {"n": "table"}},
        {"t": {"n": ["heading"]}},
        {"t": "heading"},
        {"p": "bulletList"},
        {"p": [None, 5, {}]},
        {"p": [[]]},
        {"p": ["table", "tableRow", "tableCell"]},
        {"p": ["listItem"]},
        {"p": ["bulletList"]},
        {"p": ["blockquote"] * 500},
        {"p": ["bulletList", "listItem"] * 500},
        {"p": ["bulletList", "listItem"], "s": float("nan")},
        {"p": ["bulletList", "listItem"], "s": float("inf")},
        {"p": ["bulletList", "listItem"], "s": -3},
        {"t": {"n": "heading", "level": 99}},
        {"t": {"n": "heading", "level": {"deep": []}}},
        {"t": {"n": "image", "src": "https://elsewhere.example/pixel.gif", "alt": "A pixel"}},
        {"unknown": {"onclick": "alert(1)"}},
    ],
)
def test_an_odd_end_of_a_block_loses_no_word(formats: Json) -> None:
    bullets: Json = {"p": ["bulletList", "listItem"], "s": 0}
    json = read_section(stored(("First", {}), ("\n", bullets), ("Second", {"bold": {}}), ("\n", formats)))

    assert plain_text(json).split("\n")[:2] == ["First", "Second"]
    assert schema().problem(json) is None
    build_update(json)


def test_a_heading_in_an_item_leaves_the_list() -> None:
    blocks = read(("One", {}), ("\n", {"t": HEADING, "p": ["bulletList", "listItem"], "s": 0}))

    assert blocks == [node("heading", "One", level=2)]


def test_a_table_that_is_only_named_as_an_ancestor_is_none() -> None:
    assert read(("One", {}), ("\n", {"p": ["table", "tableRow", "tableCell"], "s": 0})) == [paragraph("One")]


def test_a_picture_from_elsewhere_is_its_description() -> None:
    assert read(("\n", {"t": {"n": "image", "src": "//elsewhere.example/x.gif", "alt": "A pixel"}})) == [
        paragraph("A pixel")
    ]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "/relative", " https://a.b", "", None, 5]
)
def test_a_link_that_leads_nowhere_safe_is_dropped_and_its_words_stay(address: object) -> None:
    assert read(("here", {"link": {"href": address}}), ("\n", {})) == [paragraph("here")]


def test_an_object_character_without_a_footnote_is_a_character() -> None:
    assert read(("a\ufffcb\n", {})) == [paragraph("a\ufffcb")]


def test_a_section_that_is_no_text_is_empty() -> None:
    for root in (Map, Array, XmlFragment):
        doc: Doc[Any] = Doc()
        doc.get("default", type=root)

        assert read_section(replay([doc.get_update()])) == document(paragraph())


def test_shared_types_in_the_text_are_passed_over() -> None:
    doc: Doc[Text] = Doc()
    text = doc.get("default", type=Text)
    text.insert(0, "ab\n")
    text.insert_embed(1, Map({"t": "t1"}))

    assert read_section(replay([doc.get_update()])) == document(paragraph("ab"))


def test_an_update_that_is_none_is_left_out() -> None:
    good = stored(("kept\n", {})).get_update()

    assert read_section(replay([b"\xff\xff\xff", good, b""])) == document(paragraph("kept"))


def test_scripts_in_words_are_words() -> None:
    json = read_section(stored(("<script>alert('x')</script> & \"more\"\n", {})))

    assert render(json, "s1") == "<p>&lt;script&gt;alert('x')&lt;/script&gt; &amp; \"more\"</p>"
