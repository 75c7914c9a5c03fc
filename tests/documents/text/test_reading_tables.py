"""A table is shown with the rows and columns that live, and with those that somebody wrote in after they were deleted."""

from typing import Any

import pytest

from documents.text.table_reading import fingerprint
from tests.documents.text.helpers import Json, node, paragraph, read, text

pytestmark = pytest.mark.no_database

EMBED: tuple[Json, Json] = ({"t": "t1", "k": "k1"}, {})
ALIVE = 1


def shape(**changes: Any) -> Json:
    """A table of rows 1 and 2, and columns a and b. `x_1=…` changes what is said of row 1; None takes it away."""
    made: Json = {"at0": "k1", "x": ALIVE}
    for prefix, names in (("r", "12"), ("c", "ab")):
        for name in names:
            made |= {f"{prefix}:{name}": 1, f"x:{name}": ALIVE}
    made |= {key.replace("_", ":"): value for key, value in changes.items()}
    return {key: value for key, value in made.items() if value is not None}


CELLS: Json = {"t1:1:a": "A1", "t1:1:b": "B1", "t1:2:a": "A2"}


def words(blocks: list[Json]) -> list[list[str]]:
    """The first words of each cell, row by row; no rows where no table is shown."""
    tables = [block for block in blocks if block["type"] == "table"]
    return [[_first(cell) for cell in row["content"]] for table in tables for row in table["content"]]


def _first(cell: Json) -> str:
    content = cell["content"][0].get("content")
    return content[0]["text"] if content else ""


def shown(table: Json, cells: Json = CELLS) -> list[list[str]]:
    return words(read(EMBED, tables={"t1": table}, cells=cells))


def hash_of(*cells: str) -> Json:
    """How a deletion notes what the words were: `1:a=A1` for each cell that had some."""
    return {"h": fingerprint("".join(f"{cell}\n\0" for cell in cells))}


def test_a_table_is_read_row_by_row() -> None:
    assert shown(shape()) == [["A1", "B1"], ["A2", ""]]


def test_a_table_carries_its_names() -> None:
    [table] = read(EMBED, tables={"t1": shape()}, cells=CELLS)

    assert table["attrs"] == {"id": "t1"}
    assert [row["attrs"]["rid"] for row in table["content"]] == ["1", "2"]
    assert [cell["attrs"]["cid"] for cell in table["content"][0]["content"]] == ["a", "b"]


def test_words_before_a_table_and_after_it_stay_there() -> None:
    blocks = read(("before", {}), EMBED, ("after\n", {}), tables={"t1": shape()}, cells=CELLS)

    assert [block["type"] for block in blocks] == ["paragraph", "table", "paragraph"]


def test_a_cell_holds_lists_and_marks() -> None:
    cell = [("One", {"bold": {}}), ("\n", {"p": ["bulletList", "listItem"], "s": 0})]

    [table] = read(EMBED, tables={"t1": shape()}, cells={"t1:1:a": cell})

    item = node("bulletList", node("listItem", paragraph(text("One", "bold"))))
    assert table["content"][0]["content"][0]["content"] == [item]


def test_a_header_cell_a_width_and_a_merge_are_told_by_the_map() -> None:
    told = shape() | {"k:1:a": {"h": 1, "s": ["1", "b"]}, "w:b": 120}

    [table] = read(EMBED, tables={"t1": told}, cells={"t1:1:a": "A1"})

    [merged] = table["content"][0]["content"]
    assert merged["type"] == "tableHeader"
    assert merged["attrs"] == {"colspan": 2, "rowspan": 1, "colwidth": [0, 120], "cid": "a"}


def test_a_merge_never_hides_words() -> None:
    assert shown(shape() | {"k:1:a": {"s": ["1", "b"]}}) == [["A1", "B1"], ["A2", ""]]


def test_a_deleted_row_is_hidden_while_its_words_are_those_that_were_deleted() -> None:
    assert shown(shape(x_1=hash_of("1:a=A1", "1:b=B1"))) == [["A2", ""]]


def test_a_deleted_row_that_somebody_wrote_in_is_shown() -> None:
    assert shown(shape(x_1=hash_of("1:a=A1", "1:b=before"))) == [["A1", "B1"], ["A2", ""]]


def test_a_deleted_column_is_hidden_or_shown_by_the_same_rule() -> None:
    assert shown(shape(x_b=hash_of("1:b=B1"))) == [["A1"], ["A2"]]
    assert shown(shape(x_b=hash_of())) == [["A1", "B1"], ["A2", ""]]


def test_words_of_a_hidden_column_count_for_its_rows() -> None:
    deleted = hash_of("1:a=A1", "1:b=B1")

    assert shown(shape(x_1=deleted, x_b=hash_of("1:b=B1"))) == [["A2"]]


def test_a_row_whose_making_was_undone_is_shown_only_with_words() -> None:
    assert shown(shape(x_1=None)) == [["A1", "B1"], ["A2", ""]]
    assert shown(shape(x_1=None), {"t1:2:a": "A2"}) == [["A2", ""]]


def test_a_deleted_table_is_hidden_until_somebody_writes_in_it() -> None:
    assert shown(shape(x=hash_of("1:a=A1", "1:b=B1", "2:a=A2"))) == []
    assert shown(shape(x=hash_of("1:a=A1"))) == [["A1", "B1"], ["A2", ""]]


def test_a_table_without_rows_or_columns_left_is_hidden() -> None:
    nothing = hash_of()

    assert shown(shape(x_a=nothing, x_b=nothing), {}) == []


def test_a_moved_table_is_shown_where_it_stands_now_and_only_there() -> None:
    moved = shape() | {"at": "k2"}

    blocks = read(EMBED, ("between\n", {}), ({"t": "t1", "k": "k2"}, {}), tables={"t1": moved}, cells=CELLS)

    assert [block["type"] for block in blocks] == ["paragraph", "table"]


def test_an_embed_without_a_table_is_nothing() -> None:
    assert read(EMBED, ("words\n", {})) == [paragraph("words")]


def test_the_fingerprint_is_fnv_1a() -> None:
    assert fingerprint("") == 0x811C9DC5
    assert fingerprint("foobar") == 0xBF9CF968


def test_a_cell_is_covered_by_one_merge_only() -> None:
    merges = {"k:1:b": {"s": ["2", "b"]}, "k:2:a": {"s": ["2", "b"]}}

    [table] = read(EMBED, tables={"t1": shape() | merges}, cells={})

    spans = [[(cell["attrs"]["rowspan"], cell["attrs"]["colspan"]) for cell in row["content"]] for row in table["content"]]
    assert spans == [[(1, 1), (2, 1)], [(1, 1)]]


@pytest.mark.parametrize("blank", [" ", "\ufeff", "\u00a0\u2003", "\u2028"])
def test_what_a_browser_calls_blank_counts_as_no_words(blank: str) -> None:
    assert shown(shape(x_1=None), {"t1:1:a": blank, "t1:2:a": "A2"}) == [["A2", ""]]


@pytest.mark.parametrize("mark", ["\x1c", "\x85"])
def test_what_only_python_calls_blank_is_words(mark: str) -> None:
    assert shown(shape(x_1=None), {"t1:1:a": mark, "t1:2:a": "A2"}) == [[mark, ""], ["A2", ""]]
