"""The words of a section, for search, comparison and counting."""

import pytest

from documents.text.rendering import plain_text
from tests.documents.text.helpers import document, node, paragraph, table, text

pytestmark = pytest.mark.no_database


def test_blocks_are_lines_and_marks_leave_no_trace() -> None:
    made = document(node("heading", "Findings", level=2), paragraph("We ", text("found", "bold")), table(["A", "B"]))

    assert plain_text(made) == "Findings\nWe found\nA\nB"


def test_items_and_quotations_are_lines() -> None:
    listed = node("bulletList", node("listItem", paragraph("One")), node("listItem", paragraph("Two")))

    assert plain_text(document(listed, node("blockquote", paragraph("Said")))) == "One\nTwo\nSaid"


def test_a_line_break_a_footnote_and_a_picture_keep_their_words() -> None:
    noted = paragraph("a", node("hardBreak"), "b", node("footnote", id="n1", text="See there."))

    assert plain_text(document(noted, node("image", src="/x", alt="A map"))) == "a\nb [See there.]\nA map"


def test_an_empty_section_has_no_words() -> None:
    assert plain_text(document(paragraph())) == ""
