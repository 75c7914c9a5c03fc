"""The schema that Python reads is the one that the editor's build has written."""

import pytest

from documents.text.schema import schema

pytestmark = pytest.mark.no_database


def test_it_knows_what_a_section_is_made_of() -> None:
    assert {"doc", "paragraph", "heading", "bulletList", "orderedList", "listItem", "blockquote"} <= schema().nodes.keys()
    assert {
        "table",
        "tableRow",
        "tableCell",
        "tableHeader",
        "image",
        "footnote",
        "hardBreak",
        "text",
    } <= schema().nodes.keys()
    assert set(schema().mark_order) == {"link", "bold", "italic", "underline"}


def test_blocks_of_words_are_told_from_others() -> None:
    assert schema().text_blocks == {"paragraph", "heading"}
    assert schema().nodes["image"].is_leaf


@pytest.mark.parametrize(
    ("name", "children", "may"),
    [
        ("doc", ["paragraph", "table", "image", "heading"], True),
        ("doc", [], False),
        ("doc", ["listItem"], False),
        ("listItem", ["paragraph", "bulletList", "paragraph"], True),
        ("listItem", ["bulletList"], False),
        ("tableRow", [], True),
        ("tableRow", ["tableHeader", "tableCell"], True),
        ("paragraph", [], True),
        ("paragraph", ["text", "footnote", "hardBreak"], True),
        ("paragraph", ["paragraph"], False),
        ("image", ["text"], False),
        ("doc", ["nonsense"], False),
    ],
)
def test_content_is_checked_by_the_schemas_expressions(name: str, children: list[str], *, may: bool) -> None:
    assert schema().may_hold(name, children) is may


def test_attributes_have_their_defaults() -> None:
    assert schema().attributes("heading", {}) == {"level": 2}
    assert schema().attributes("orderedList", {"start": 4, "other": 1}) == {"start": 4}
