"""What is stored is read as the editor's document: each kind of block, mark and inline node."""

import pytest

from tests.documents.text.helpers import document, link, node, paragraph, read, same, text

pytestmark = pytest.mark.no_database

PICTURE = "/images/0a1b2c3d-0000-4000-8000-000000000000/"


def test_an_empty_section_is_one_empty_paragraph() -> None:
    assert read() == [{"type": "paragraph"}]


def test_a_line_is_a_paragraph() -> None:
    assert read(("One\nTwo\n", {})) == [paragraph("One"), paragraph("Two")]


def test_a_heading_keeps_its_level() -> None:
    # Numbers come from the store as floats.
    blocks = read(("Findings", {}), ("\n", {"t": {"n": "heading", "level": 3}}))

    assert blocks == [node("heading", "Findings", level=3)]
    assert isinstance(blocks[0]["attrs"]["level"], int)


@pytest.mark.parametrize("mark", ["bold", "italic", "underline"])
def test_a_mark_is_read(mark: str) -> None:
    assert read(("plain ", {}), ("marked", {mark: {}}), ("\n", {})) == [paragraph("plain ", text("marked", mark))]


def test_a_link_is_read_with_its_address() -> None:
    assert read(("here", {"link": {"href": "https://example.org/"}}), ("\n", {})) == [
        paragraph(text("here", link("https://example.org/")))
    ]


def test_marks_stand_in_the_schemas_order() -> None:
    [block] = read(("all", {"underline": {}, "bold": {}, "link": {"href": "https://example.org/"}}), ("\n", {}))

    assert [mark["type"] for mark in block["content"][0]["marks"]] == ["link", "bold", "underline"]


def test_a_line_break_and_a_footnote_are_characters_of_the_text() -> None:
    blocks = read(("a\u2028b", {}), ("\ufffc", {"@footnote": {"id": "n1", "text": "See there."}}), ("\n", {}))

    assert blocks == [paragraph("a", node("hardBreak"), "b", node("footnote", id="n1", text="See there."))]


def test_a_picture_is_a_block() -> None:
    blocks = read(
        ("before\n", {}), ("\n", {"t": {"n": "image", "src": PICTURE, "alt": "A map", "width": 640, "height": 480}})
    )

    assert blocks == [paragraph("before"), node("image", src=PICTURE, alt="A map", width=640, height=480)]


def test_words_before_a_picture_are_a_paragraph_of_their_own() -> None:
    blocks = read(("its end was deleted", {}), ("\n", {"t": {"n": "image", "src": PICTURE, "alt": "A map"}}))

    assert [block["type"] for block in blocks] == ["paragraph", "image"]


def test_items_that_share_their_list_are_one_list() -> None:
    bullets = ["bulletList", "listItem"]

    blocks = read(("One", {}), ("\n", {"p": bullets, "s": 0}), ("Two", {}), ("\n", {"p": bullets, "s": 1}))

    assert blocks == [node("bulletList", node("listItem", paragraph("One")), node("listItem", paragraph("Two")))]


def test_a_second_paragraph_of_an_item_shares_the_item() -> None:
    bullets = ["bulletList", "listItem"]

    blocks = read(("One", {}), ("\n", {"p": bullets, "s": 0}), ("more", {}), ("\n", {"p": bullets, "s": 2}))

    assert blocks == [node("bulletList", node("listItem", paragraph("One"), paragraph("more")))]


def test_two_lists_after_each_other_stay_two() -> None:
    bullets = ["bulletList", "listItem"]

    assert len(read(("One", {}), ("\n", {"p": bullets, "s": 0}), ("Two", {}), ("\n", {"p": bullets, "s": 0}))) == 2


def test_a_list_in_a_list() -> None:
    outer, inner = ["bulletList", "listItem"], ["bulletList", "listItem", ["orderedList", {"start": 3}], "listItem"]

    blocks = read(("One", {}), ("\n", {"p": outer, "s": 0}), ("Two", {}), ("\n", {"p": inner, "s": 2}))

    numbered = node("orderedList", node("listItem", paragraph("Two")), start=3)
    assert blocks == [node("bulletList", node("listItem", paragraph("One"), numbered))]


def test_an_item_that_would_start_with_a_list_is_left_out_with_it() -> None:
    inner = ["bulletList", "listItem", "bulletList", "listItem"]

    blocks = read(("One", {}), ("\n", {"p": inner, "s": 0}), ("Two", {}), ("\n", {"p": inner, "s": 3}))

    assert blocks == [node("bulletList", node("listItem", paragraph("One")), node("listItem", paragraph("Two")))]


def test_a_quotation() -> None:
    blocks = read(
        ("Nobody asked", {}), ("\n", {"p": ["blockquote"], "s": 0}), ("– Rowan", {}), ("\n", {"p": ["blockquote"], "s": 1})
    )

    assert blocks == [node("blockquote", paragraph("Nobody asked"), paragraph("– Rowan"))]


def test_the_whole_is_one_document_in_both_forms() -> None:
    assert same(document(*read(("x\n", {})))) == document(paragraph("x"))


def test_nothing_is_shared_across_a_picture() -> None:
    bullets, picture = ["bulletList", "listItem"], {"n": "image", "src": PICTURE, "alt": "A map"}

    blocks = read(
        ("One", {}), ("\n", {"p": bullets, "s": 0}), ("\n", {"t": picture}), ("Two", {}), ("\n", {"p": bullets, "s": 1})
    )

    assert [block["type"] for block in blocks] == ["bulletList", "image", "bulletList"]


def test_a_block_that_shares_an_item_that_was_left_out_gets_an_item_of_its_own() -> None:
    outer, inner = ["bulletList", "listItem"], ["bulletList", "listItem", "bulletList", "listItem"]

    blocks = read(("One", {}), ("\n", {"p": inner, "s": 0}), ("Two", {}), ("\n", {"p": outer, "s": 2}))

    assert blocks == [node("bulletList", node("listItem", paragraph("One")), node("listItem", paragraph("Two")))]
