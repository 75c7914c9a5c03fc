"""A document is built as one update that everybody reads as the same; what is no document is refused with a reason."""

import re

import pytest

from documents.text.building import build_update
from documents.text.reading import read_section, replay
from tests.documents.text.helpers import Json, document, link, node, paragraph, same, table, text

pytestmark = pytest.mark.no_database

ROW = node("tableRow", node("tableCell", paragraph()))


def rebuilt(json: Json) -> Json:
    return read_section(replay([build_update(json)]))


def test_formats_do_not_run_on_into_what_follows() -> None:
    made = document(paragraph(text("bold", "bold"), "plain"), node("heading", "Head", level=3), paragraph("after"))

    assert same(rebuilt(made)) == made


def test_two_lists_side_by_side_stay_two() -> None:
    one, two = (node("bulletList", node("listItem", paragraph(words))) for words in ("One", "Two"))

    assert same(rebuilt(document(one, two))) == document(one, two)


def test_characters_outside_the_basic_plane() -> None:
    made = document(paragraph("é😀", text("🧒🏽", "bold"), "ü"))

    assert same(rebuilt(made)) == made


def test_a_table_gets_names_in_order() -> None:
    [built] = rebuilt(document(table(["A", "B"], ["C", "D"], ["E", "F"])))["content"]

    rows = [row["attrs"]["rid"] for row in built["content"]]
    columns = [cell["attrs"]["cid"] for cell in built["content"][0]["content"]]
    assert built["attrs"]["id"]
    assert rows == sorted(set(rows))
    assert columns == sorted(set(columns))


def test_a_second_table_of_the_same_name_gets_another() -> None:
    named = node("table", ROW, id="t1")

    one, two = rebuilt(document(named, named))["content"]

    assert one["attrs"]["id"] == "t1" != two["attrs"]["id"]


def test_a_line_end_in_words_is_a_line_break() -> None:
    assert same(rebuilt(document(paragraph("a\nb")))) == document(paragraph("a", node("hardBreak"), "b"))


def _nested(depth: int) -> Json:
    made = paragraph("deep")
    for _ in range(depth):
        made = node("bulletList", node("listItem", paragraph(), made))
    return made


@pytest.mark.parametrize(
    ("json", "reason"),
    [
        ({}, "A document is a “doc” at its top."),
        ([], "A document is a “doc” at its top."),
        ({"type": "doc"}, "“doc” may hold"),
        (document(text("loose")), "“doc” may hold “(block | topblock)+”, but holds text."),
        (document(node("script")), "“doc” holds something that is no part of a text"),
        (document(node("heading", "x", level=1)), "“heading” cannot have the level '1'."),
        (document(node("heading", "x", level=True)), "“heading” cannot have the level 'True'."),
        (
            document(node("orderedList", node("listItem", paragraph()), start=True)),
            "“orderedList” cannot have the start 'True'.",
        ),
        (document({"type": "paragraph", "attrs": {"style": "x"}}), "“paragraph” has no attribute “style”."),
        (document({"type": "paragraph", "attrs": ["style"]}), "The attributes of “paragraph” are no names with values."),
        (document({"type": "paragraph", "content": "words"}), "“paragraph” holds something that is no part of a text"),
        (document(paragraph(text(""))), "A text has no words"),
        (document(paragraph(text("\ud83d"))), "half of a character"),
        (document(paragraph(text("x", "blink"))), "There is no such mark"),
        (document(paragraph(text("x", "bold", "bold"))), "has the same mark twice"),
        (document(paragraph(text("x", link("javascript:x")))), "“link” cannot have the href"),
        (document(paragraph(text("x", "link"))), "“link” cannot have the href"),
        (document(node("image", src="https://elsewhere.example/x.gif", alt="x")), "“image” cannot have the src"),
        (document(node("blockquote", table(["A"]))), "“blockquote” may hold"),
        (document(node("bulletList", paragraph("x"))), "“bulletList” may hold “listItem+”"),
        (
            document(node("bulletList", node("listItem", node("bulletList", node("listItem", paragraph()))))),
            "“listItem” may hold",
        ),
        (document(table(["A", "B"], ["C"])), "do not have the same number of cells"),
        (document(node("table", node("tableRow"))), "do not have the same number of cells"),
        (document(_nested(30)), "nested more than"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(json: Json, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        build_update(json)


def test_cells_that_lie_over_each_other_are_refused() -> None:
    high = node("tableCell", paragraph(), rowspan=2, colspan=1)
    wide = node("tableCell", paragraph(), rowspan=1, colspan=2)

    with pytest.raises(ValueError, match="lie over each other"):
        build_update(document(node("table", node("tableRow", node("tableCell", paragraph()), high), node("tableRow", wide))))
