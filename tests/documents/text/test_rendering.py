"""HTML for pages without an editor: the editor's tags, escaped, with numbered footnotes."""

import pytest

from documents.text.rendering import render
from tests.documents.text.helpers import Json, document, link, node, paragraph, table, text

pytestmark = pytest.mark.no_database

PICTURE = "/images/0a1b2c3d-0000-4000-8000-000000000000/"


def html(*blocks: Json, prefix: str = "s1") -> str:
    return render(document(*blocks), prefix)


def footnote(words: str, name: str = "n1") -> Json:
    return node("footnote", id=name, text=words)


def test_an_empty_section_has_no_html() -> None:
    assert html(paragraph()) == ""


def test_an_empty_line_among_others_is_kept() -> None:
    assert html(paragraph(), paragraph("One")) == "<p></p><p>One</p>"


@pytest.mark.parametrize(("level", "tag"), [(2, "h3"), (3, "h4"), (4, "h5")])
def test_headings_stand_below_the_sections_title(level: int, tag: str) -> None:
    assert html(node("heading", "Findings", level=level)) == f"<{tag}>Findings</{tag}>"


def test_a_mark_that_goes_on_is_one_element() -> None:
    both = paragraph(text("a", "bold"), text("b", "bold", "italic"), text("c", "italic"), "d")

    assert html(both) == "<p><strong>a<em>b</em></strong><em>c</em>d</p>"


def test_a_link_opens_apart_and_tells_the_other_side_nothing() -> None:
    assert html(paragraph(text("here", link("https://example.org/?a=1&b=2")))) == (
        '<p><a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">here</a></p>'
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//example.org", "data:text/html,x", "vbscript:x", "/", None])
def test_a_link_that_leads_nowhere_safe_is_only_words(address: str) -> None:
    assert html(paragraph(text("here", link(address)))) == "<p>here</p>"


def test_words_and_attributes_are_escaped() -> None:
    made = html(paragraph("<b> & </b>"), node("image", src=PICTURE, alt='"><script>'), paragraph(footnote('<i>"')))

    assert "<p>&lt;b&gt; &amp; &lt;/b&gt;</p>" in made
    assert 'alt="&quot;&gt;&lt;script&gt;"' in made
    assert 'data-text="&lt;i&gt;&quot;"' in made
    assert '<li id="s1-note-1">&lt;i&gt;" <a' in made


def test_lists_and_quotations() -> None:
    numbered = node("orderedList", node("listItem", paragraph("Three")), start=3)

    made = html(node("bulletList", node("listItem", paragraph("One"), numbered)), node("blockquote", paragraph("Said")))

    assert made == (
        '<ul><li><p>One</p><ol start="3"><li><p>Three</p></li></ol></li></ul><blockquote><p>Said</p></blockquote>'
    )


def test_a_picture_is_loaded_when_it_is_reached() -> None:
    made = html(node("image", src=PICTURE, alt="A map", width=640, height=480))

    assert made == f'<img src="{PICTURE}" alt="A map" width="640" height="480" loading="lazy">'


@pytest.mark.parametrize(
    "source", ["https://elsewhere.example/x.gif", "//elsewhere.example/", "data:image/png;base64,x", None]
)
def test_of_a_picture_from_elsewhere_only_the_description_is_shown(source: str) -> None:
    assert html(node("image", src=source, alt="A pixel")) == "<p>A pixel</p>"


def test_header_cells_say_what_they_head() -> None:
    by_row = node("tableRow", node("tableHeader", paragraph("Bristol")), node("tableCell", paragraph("12")))
    made = html(
        node(
            "table",
            node("tableRow", node("tableHeader", paragraph("Area")), node("tableHeader", paragraph("Children"))),
            by_row,
        )
    )

    assert '<th scope="col"><p>Area</p></th>' in made
    assert '<th scope="row"><p>Bristol</p></th><td><p>12</p></td>' in made


def test_a_table_can_be_scrolled_by_keyboard() -> None:
    assert html(table(["A"])).startswith('<div class="tableWrapper" tabindex="0" role="group" aria-label="Table"><table>')


def test_merged_cells_and_widths() -> None:
    wide = node("tableCell", paragraph("Both"), colspan=2, rowspan=1, colwidth=[80, 0])
    made = html(node("table", node("tableRow", wide)))

    assert '<colgroup><col width="80"><col></colgroup>' in made
    assert '<td colspan="2"><p>Both</p></td>' in made


def test_footnotes_are_numbered_and_lead_to_the_list_and_back() -> None:
    made = html(paragraph("One", footnote("First.")), paragraph("Two", footnote("Second.", "n2")), prefix="abc")

    assert (
        '<sup class="ed-noteref" data-footnote="" data-id="n2" data-text="Second.">'
        '<a id="abc-ref-2" href="#abc-note-2" role="doc-noteref">2</a></sup>'
    ) in made
    assert made.endswith(
        '<div class="ed-notes" role="group" aria-label="Footnotes of this section"><ol>'
        '<li id="abc-note-1">First. '
        '<a href="#abc-ref-1" role="doc-backlink" aria-label="Back to footnote 1 in the text">↩</a></li>'
        '<li id="abc-note-2">Second. '
        '<a href="#abc-ref-2" role="doc-backlink" aria-label="Back to footnote 2 in the text">↩</a></li>'
        "</ol></div>"
    )


def test_a_kind_of_node_that_is_unknown_leaves_its_words() -> None:
    assert html(node("marquee", paragraph("still here"))) == "<p>still here</p>"
