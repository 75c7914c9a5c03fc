"""A comparison as HTML: in one column and in two, with everything said in words too."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

from documents.text.comparing import compare
from documents.text.comparing_html import rows, stretches
from documents.text.moving import with_moves
from documents.text.rendering import render
from tests.documents.text.helpers import Json, node, text
from tests.documents.text.strategies import documents

pytestmark = pytest.mark.no_database

BOLD, ITALIC = {"type": "bold"}, {"type": "italic"}


def document(*blocks: Json) -> Json:
    return {"type": "doc", "content": list(blocks)}


def paragraph(words: str, *marks: Json) -> Json:
    return node("paragraph", text(words, *marks))


def inline(old: Json, new: Json) -> str:
    (found,) = with_moves([compare(old, new)])
    return "".join(stretch.html for stretch in stretches(found, "x"))


def words(html: str) -> str:
    """What somebody hears who does not see the marks."""
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def table(*cells: list[str]) -> Json:
    def row(number: int, texts: list[str]) -> Json:
        return node("tableRow", *(node("tableCell", paragraph(word), cid=word) for word in texts), rid=f"r{number}")

    return node("table", *(row(number, texts) for number, texts in enumerate(cells)), id="t")


def test_inserted_and_deleted_words_are_said() -> None:
    said = words(inline(document(paragraph("He was known.")), document(paragraph("She was known."))))

    assert said == "[deleted: He ] [inserted: She ] was known."


@pytest.mark.parametrize(
    ("before", "after", "remark"),
    [
        ([], [BOLD], "(now bold)"),
        ([BOLD], [], "(no longer bold)"),
        ([BOLD], [ITALIC], "(now italic, no longer bold)"),
        ([], [{"type": "underline"}], "(now underlined)"),
        ([], [{"type": "link", "attrs": {"href": "https://a.example/"}}], "(now a link to https://a.example/)"),
        ([{"type": "link", "attrs": {"href": "https://a.example/"}}], [], "(no longer a link)"),
    ],
)
def test_a_change_of_format_is_said(before: list[Json], after: list[Json], remark: str) -> None:
    said = words(inline(document(paragraph("so", *before)), document(paragraph("so", *after))))

    assert said == f"so {remark}"


def test_each_change_of_format_in_a_line_is_said_for_itself() -> None:
    new = document(node("paragraph", text("one ", BOLD), text("two ", ITALIC), text("three")))

    assert words(inline(document(paragraph("one two three")), new)) == "one (now bold) two (now italic) three"


def test_a_format_that_begins_within_a_word_is_said() -> None:
    new = document(node("paragraph", text("it is un"), text("believable", BOLD)))

    assert words(inline(document(paragraph("it is unbelievable")), new)) == "it is unbelievable (now bold)"


def test_the_format_of_a_blank_is_not_said_beside_that_of_words() -> None:
    old = document(node("paragraph", text("so ", BOLD), text("it was")))
    new = document(node("paragraph", text("so", BOLD), text(" "), text("it", ITALIC), text(" was")))

    assert words(inline(old, new)) == "so it (now italic) was"


def test_a_paragraph_that_became_something_else_is_said() -> None:
    item = node("bulletList", node("listItem", paragraph("so")))

    assert words(inline(document(paragraph("so")), document(item))) == "(paragraph → list item) so"


def test_a_blank_more_is_not_said_beside_other_changes() -> None:
    said = words(inline(document(paragraph("so it was")), document(node("paragraph", text("so ", BOLD), text(" it was")))))

    assert "inserted" not in said


def test_a_table_is_told_cell_by_cell() -> None:
    old, new = document(table(["July", "two events"])), document(table(["July", "two events"]))
    new["content"][0]["content"][0]["content"][1]["content"] = [paragraph("three events")]

    html = inline(old, new)

    assert html.count("<table>") == 1
    assert "<td><p>July</p></td>" in html
    assert words(html) == "July[deleted: two ] [inserted: three ] events"


def test_a_row_without_words_is_told_too() -> None:
    new = document(table(["July", "two"], ["", ""]))
    for cell in new["content"][0]["content"][1]["content"]:
        cell["content"] = [{"type": "paragraph"}]

    assert "(empty row inserted)" in inline(document(table(["July", "two"])), new)
    assert "(empty row deleted)" in inline(new, document(table(["July", "two"])))


def test_side_by_side_each_column_has_its_own_words() -> None:
    compared = compare(
        document(paragraph("He was known."), paragraph("It stays.")),
        document(paragraph("She was known."), paragraph("It stays."), paragraph("It is new.")),
    )

    first, second, third = rows(compared, "x")

    assert (words(first.old), words(first.new)) == ("[deleted: He ] was known.", "[inserted: She ] was known.")
    assert (words(second.old), words(second.new), second.is_same) == ("It stays.", "It stays.", True)
    assert (words(third.old), words(third.new)) == ("", "[inserted: It is new.]")


def test_a_list_stays_together_in_its_row() -> None:
    items = [node("listItem", paragraph(word)) for word in ("one", "two", "three")]
    old, new = document(node("bulletList", *items[:2])), document(node("bulletList", *items))

    (row,) = rows(compare(old, new), "x")

    assert row.new.count("<ul>") == 1


def noted(words: str, *notes: str) -> Json:
    """A paragraph with footnotes behind its words."""
    return node("paragraph", text(words), *(node("footnote", id=note, text=f"Note {note}.") for note in notes))


def numbers(html: str) -> list[str]:
    """Of the footnotes in the text, and of their words below it."""
    return re.findall(r'role="doc-noteref">(\d+)<', html) + re.findall(r'<li [^>]*value="(\d+)"', html)


def test_footnotes_keep_the_numbers_that_they_have_in_their_text() -> None:
    old = document(noted("It stays.", "a"), noted("He was known.", "b"), noted("It stays too.", "c"))
    new = document(noted("It stays.", "a"), noted("She was known.", "x", "b"), noted("It stays too.", "c"))

    found = rows(compare(old, new), "x")

    assert [numbers(row.old) for row in found] == [["1", "1"], ["2", "2"], ["3", "3"]]
    assert [numbers(row.new) for row in found] == [["1", "1"], ["2", "3", "2", "3"], ["4", "4"]]


def test_in_one_column_a_footnote_that_went_has_the_number_that_it_had() -> None:
    old = document(noted("One.", "a"), noted("He was known to all.", "b"), noted("Three.", "c"))
    new = document(noted("One.", "a"), noted("She was known to all."), noted("Three.", "c"))

    assert numbers(inline(old, new)) == ["1", "2", "2", "1", "2", "2"]


def test_the_footnote_of_a_line_that_was_moved_has_both_its_numbers() -> None:
    moved, other = noted("Nobody had asked what the four of them knew.", "a"), noted("Findings", "b")
    more = noted("It stays where it was, and says why it does.")
    html = inline(document(moved, other, more), document(other, more, moved))

    assert words(html).startswith("(moved further down)")
    assert numbers(html)[:3] == ["1", "1", "2"]


def test_what_did_not_change_is_folded() -> None:
    same = [paragraph(f"Line {number}.") for number in range(10)]
    found = rows(compare(document(*same), document(*same, paragraph("New."))), "x")

    assert [(row.is_folded, row.lines) for row in found] == [(True, 9), (False, 1), (False, 1)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_what_is_the_same_reads_as_it_is(one: Json) -> None:
    """Each row numbers its own footnotes, and has them below it."""
    shown = "".join(row.new for row in rows(compare(one, one), "x"))

    assert _letters(shown) == _letters(render(one, "x"))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents, documents)
def test_ids_are_given_once(old: Json, new: Json) -> None:
    (found,) = with_moves([compare(old, new)])
    for html in (
        "".join(stretch.html for stretch in stretches(found, "x")),
        "".join(row.old + row.new for row in rows(found, "x") if not row.is_folded),
    ):
        ids = re.findall(r' id="([^"]*)"', html)
        assert len(ids) == len(set(ids))


def _letters(html: str) -> list[str]:
    return sorted(letter for letter in words(html) if letter.isalpha())
