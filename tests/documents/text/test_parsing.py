"""HTML becomes a document of the schema: our own comes back the same, and of others' no word is lost."""

import pytest

from documents.text.parsing import parse
from documents.text.rendering import plain_text, render
from documents.text.schema import schema
from tests.documents.text.helpers import Json, document, link, node, paragraph, same, table, text

pytestmark = pytest.mark.no_database

PICTURE = "/images/0a1b2c3d-0000-4000-8000-000000000000/"


def parsed(html: str) -> Json:
    made: Json = same(parse(html))
    assert schema().problem(parse(html)) is None
    return made


def test_nothing_is_an_empty_section() -> None:
    assert parsed(" \n ") == document(paragraph())


def test_our_own_html_comes_back() -> None:
    noted = paragraph("a", node("footnote", id="n1", text='See "there" & here.'), text("b", "bold"), node("hardBreak"))
    made = document(
        node("heading", "H", level=4), noted, node("image", src=PICTURE, alt="A map"), table(["A", "B"], ["C", ""])
    )

    assert parsed(render(made, "s1")) == made


def test_white_space_in_a_line_stays_and_that_between_lines_goes() -> None:
    assert parsed("<p>two  spaces</p>\n   <p>line\n   end</p>") == document(paragraph("two  spaces"), paragraph("line end"))


def test_marks_by_other_names_and_twice() -> None:
    assert parsed("<p><b>a<strong>b</strong></b><i>c</i></p>") == document(
        paragraph(text("ab", "bold"), text("c", "italic"))
    )


def test_words_without_a_block_are_a_paragraph() -> None:
    assert parsed("loose <b>words</b><p>then</p>rest") == document(
        paragraph("loose ", text("words", "bold")), paragraph("then"), paragraph("rest")
    )


@pytest.mark.parametrize(
    "html", ["<div><p>in</p></div>", "<section><div>in</div></section>", "<custom-box><p>in</p></custom-box>"]
)
def test_boxes_leave_what_they_hold(html: str) -> None:
    assert parsed(html) == document(paragraph("in"))


def test_scripts_styles_and_comments_are_no_words() -> None:
    assert parsed("<style>p{}</style><!-- no --><p onclick='x()'>a<script>alert(1)</script></p>") == document(paragraph("a"))


def test_a_link_that_leads_nowhere_safe_is_only_words() -> None:
    assert parsed('<p><a href="javascript:x">a</a><a href="https://example.org/">b</a></p>') == document(
        paragraph("a", text("b", link("https://example.org/")))
    )


def test_a_picture_in_a_line_comes_after_it_and_one_from_elsewhere_not_at_all() -> None:
    assert parsed(f'<p>a<img src="{PICTURE}" alt="A map"><img src="https://elsewhere.example/x.gif"></p>') == document(
        paragraph("a"), node("image", src=PICTURE, alt="A map")
    )


def test_an_item_starts_with_a_paragraph() -> None:
    inner = node("bulletList", node("listItem", paragraph("in")))

    assert parsed("<ul><li><ul><li>in</li></ul></li></ul>") == document(
        node("bulletList", node("listItem", paragraph(), inner))
    )


def test_words_of_a_list_or_table_outside_its_items_and_cells_are_kept() -> None:
    html = "<ul>one<li>two</li></ul><table><caption>three</caption><tr><td>four</td></tr>five</table>"

    assert sorted(plain_text(parse(html)).split()) == ["five", "four", "one", "three", "two"]


def test_headings_in_cells_and_tables_in_cells_are_paragraphs() -> None:
    html = "<table><tr><td><h2>a</h2><table><tr><td>b</td></tr></table></td></tr></table>"

    [made] = parsed(html)["content"]

    assert made["content"][0]["content"][0]["content"] == [paragraph("a"), paragraph("b")]


def test_a_table_is_filled_to_a_rectangle() -> None:
    html = "<table><thead><tr><th>A<th>B</tr></thead><tr><td colspan=2 rowspan=9>C</td></tr><tr><td>D</table>"

    made = parse(html)

    assert [len(row.get("content", [])) for row in made["content"][0]["content"]] == [3, 2, 1]
    assert plain_text(made).split() == ["A", "B", "C", "D"]


def test_deep_nesting_exhausts_nothing() -> None:
    assert plain_text(parse("<blockquote>" * 5000 + "deep" + "<ul><li>" * 5000)).strip() == "deep"


def test_a_hand_made_table_takes_no_more_room_than_it_should() -> None:
    row = "<tr>" + "<td colspan=99999 rowspan=99999>x</td>" * 3 + "</tr>"

    assert plain_text(parse(f"<table>{row * 500}</table>")).count("x") == 1500
