"""Comparing two texts: what was added, removed and changed, and nothing lost."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.text.comparing import Comparison, Kind, LineChange, compare
from documents.text.comparing_words import Side, new_inline, old_inline
from documents.text.lines import document_of, lines_of
from tests.documents.text.helpers import Json, node, text
from tests.documents.text.strategies import documents

pytestmark = pytest.mark.no_database


def document(*blocks: Json) -> Json:
    return {"type": "doc", "content": list(blocks)}


def paragraph(words: str) -> Json:
    return node("paragraph", text(words))


def said(comparison: Comparison) -> str:
    """The words of all lines: [-removed-] and [+added+]."""
    return " / ".join(map(_said, comparison.lines))


def _said(line: LineChange) -> str:
    if line.rows:
        rows = [" | ".join(" ".join(map(_said, cell.lines)) for cell in row.cells) for row in line.rows]
        return "; ".join(rows)
    signs = {Side.OLD: "[-{}-]", Side.NEW: "[+{}+]", Side.FORMATTED: "[~{}~]", Side.BOTH: "{}"}
    return "".join(signs[piece.side].format("".join(one.get("text", "·") for one in piece.nodes)) for piece in line.pieces)


def table(*rows: list[str], columns: str = "abc") -> Json:
    made = [
        node("tableRow", *(node("tableCell", paragraph(word), cid=columns[at]) for at, word in enumerate(row)), rid=row[0])
        for row in rows
    ]
    return node("table", *made, id="t1")


def test_words_that_were_changed_stand_in_a_line_that_stayed() -> None:
    found = compare(document(paragraph("The young man was known.")), document(paragraph("The young people were known.")))

    assert said(found) == "The young [-man was -][+people were +]known."
    assert (found.words_added, found.words_removed) == (2, 2)


def test_a_line_that_was_added_is_no_change_of_its_neighbours() -> None:
    found = compare(
        document(paragraph("One."), paragraph("Three.")), document(paragraph("One."), paragraph("Two."), paragraph("Three."))
    )

    assert [line.kind for line in found.lines] == [Kind.SAME, Kind.ADDED, Kind.SAME]


def test_a_line_that_was_rewritten_and_one_that_was_added_are_told_apart() -> None:
    old = document(paragraph("Nobody had brought the three accounts together."))
    new = document(paragraph("A first thought."), paragraph("Nobody brought the three accounts together."))

    found = compare(old, new)

    assert [line.kind for line in found.lines] == [Kind.ADDED, Kind.CHANGED]
    assert said(found).endswith("Nobody [-had -]brought the three accounts together.")


def test_formats_are_no_new_words() -> None:
    new = document(node("paragraph", text("So "), text("it", {"type": "bold"}), text(" was.")))

    found = compare(document(paragraph("So it was.")), new)

    assert said(found) == "So [~it~] was."
    assert found.words_added == found.words_removed == 0
    assert not found.is_empty


def test_a_format_that_begins_within_a_word_is_no_new_word() -> None:
    new = document(node("paragraph", text("It is un"), text("believ", {"type": "bold"}), text("able, all of it.")))

    found = compare(document(paragraph("It is unbelievable, all of it.")), new)

    assert said(found) == "It is un[~believ~]able, all of it."
    assert found.words_added == found.words_removed == 0


def test_a_word_in_two_formats_that_was_added_is_one_word() -> None:
    new = document(node("paragraph", text("It is "), text("un", {"type": "bold"}), text("believable.")))

    assert compare(document(paragraph("It is.")), new).words_added == 1


def test_a_paragraph_that_became_a_heading_is_changed_though_its_words_are_not() -> None:
    found = compare(document(paragraph("Findings")), document(node("heading", text("Findings"), level=2)))

    assert [line.kind for line in found.lines] == [Kind.CHANGED]
    assert found.words_added == 0


def test_tables_are_compared_cell_by_cell() -> None:
    old = table(["July", "two events"], ["August", "none"])
    new = table(["July", "three events"], ["August", "none"])

    found = compare(document(old), document(new))

    assert said(found) == "July | [-two -][+three +]events; August | none"


def test_a_column_that_was_added_is_a_cell_more_in_each_row() -> None:
    old, new = table(["July", "two"], columns="ac"), table(["July", "new", "two"], columns="abc")

    found = compare(document(old), document(new))

    (row,) = found.lines[0].rows
    assert [cell.kind for cell in row.cells] == [Kind.SAME, Kind.ADDED, Kind.SAME]


def test_a_row_that_was_removed_is_one_row() -> None:
    found = compare(document(table(["July", "two"], ["May", "one"])), document(table(["July", "two"])))

    assert [row.kind for row in found.lines[0].rows] == [Kind.SAME, Kind.REMOVED]
    assert found.words_removed == 2


@given(documents)
def test_lines_lose_nothing(one: Json) -> None:
    assert document_of(lines_of(one)) == one


@given(documents)
def test_a_text_is_not_different_from_itself(one: Json) -> None:
    found = compare(one, deepcopy(one))

    assert found.is_empty
    assert found.words_added == found.words_removed == 0


@given(documents, documents)
def test_both_texts_can_be_had_back(old: Json, new: Json) -> None:
    found = compare(old, new)

    assert found.before() == old
    assert found.after() == new
    for line in found.lines:
        _check_words(line)


@given(documents, st.data())
def test_a_text_with_one_block_less_is_shown_as_that(one: Json, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(one["content"]) - 1))
    shorter = document(*one["content"][:at], *one["content"][at + 1 :])

    found = compare(one, shorter)

    assert found.words_added == 0
    assert found.after() == shorter


def test_of_two_lines_with_the_same_words_the_one_that_went_is_named() -> None:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "Twice"}]}
    heading = {
        "type": "heading",
        "attrs": {"level": 2},
        "content": [{"type": "text", "text": "Twice", "marks": [{"type": "bold"}]}],
    }

    found = compare(document(paragraph, heading), document(heading))

    assert (found.words_added, found.words_removed) == (0, 1)
    assert [line.kind for line in found.lines][-1] == Kind.SAME


def _check_words(line: LineChange) -> None:
    for side, words in ((line.old, old_inline), (line.new, new_inline)):
        if side is not None and not line.rows and side.node["type"] not in ("image", "table"):
            assert words(line.pieces) == side.node.get("content", [])
    for cell in (cell for row in line.rows for cell in row.cells):
        assert [each.old for each in cell.lines if each.old] == lines_of(cell.old)
        assert [each.new for each in cell.lines if each.new] == lines_of(cell.new)
        for each in cell.lines:
            _check_words(each)
