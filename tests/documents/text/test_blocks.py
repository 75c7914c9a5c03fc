"""The demonstration's blocks become the editor's document."""

import json
from pathlib import Path

import pytest

from documents.text.blocks import from_blocks
from documents.text.building import build_update
from documents.text.reading import read_section, replay
from documents.text.rendering import plain_text
from tests.documents.text.helpers import Json, document, node, paragraph, same, text

pytestmark = pytest.mark.no_database

DATA = Path(__file__).resolve().parents[3] / "portal" / "demo" / "data"


def words(*runs: str) -> list[Json]:
    return [{"text": run} for run in runs]


def test_no_blocks_are_an_empty_section() -> None:
    assert from_blocks([]) == document(paragraph())


def test_runs_keep_their_marks() -> None:
    block = {
        "type": "paragraph",
        "content": [{"text": "Rowan", "bold": True}, {"text": " is ", "italic": True}, {"text": "15"}],
    }

    assert from_blocks([block]) == document(paragraph(text("Rowan", "bold"), text(" is ", "italic"), "15"))


def test_a_footnote_stands_where_it_is_referred_to() -> None:
    [block] = from_blocks([{"type": "paragraph", "content": [{"text": "Small."}, {"footnote": "By date."}]}])["content"]

    assert block["content"][1]["attrs"]["text"] == "By date."
    assert block["content"][1]["attrs"]["id"]


def test_headings_start_at_level_two() -> None:
    levels = [from_blocks([{"type": "heading", "level": level, "content": words("x")}]) for level in (1, 2, 4, 5)]

    assert [made["content"][0]["attrs"]["level"] for made in levels] == [2, 2, 4, 4]


@pytest.mark.parametrize(("ordered", "name"), [(True, "orderedList"), (False, "bulletList")])
def test_a_list(ordered: bool, name: str) -> None:
    block = {"type": "list", "ordered": ordered, "items": [words("One"), words("Two")]}

    assert from_blocks([block]) == document(
        node(name, node("listItem", paragraph("One")), node("listItem", paragraph("Two")))
    )


def test_a_quotation_says_whose_it_is() -> None:
    block = {"type": "quote", "content": words("Nobody asked."), "attribution": "Rowan"}

    assert from_blocks([block]) == document(node("blockquote", paragraph("Nobody asked."), paragraph("– Rowan")))


def test_a_table_has_its_caption_before_it_and_a_header_row() -> None:
    block = {"type": "table", "caption": "Table 1: Sources", "header": [words("Source")], "rows": [[words("Reports")]]}

    [caption, table] = from_blocks([block])["content"]

    assert caption == paragraph(text("Table 1: Sources", "bold"))
    assert [cell["type"] for row in table["content"] for cell in row["content"]] == ["tableHeader", "tableCell"]


def test_an_unknown_kind_of_block_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind of block called “video”"):
        from_blocks([{"type": "video"}])


def test_every_section_of_the_demonstration_is_read_as_it_was_written() -> None:
    report = json.loads((DATA / "report.json").read_text(encoding="utf-8"))
    for section in report["sections"]:
        made = from_blocks(section["blocks"])

        read = read_section(replay([build_update(made)]))

        assert same(read) == same(made), section["title"]
        assert bool(plain_text(read).strip()) == bool(section["blocks"])
