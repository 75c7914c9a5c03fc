"""What comes in with the clipboard."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import EMPTY, Report
from tests.support.portal import Portal

MARKER = '<![if !supportLists]><span style="mso-list:Ignore">·</span><![endif]>'
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{{margin:0}}</style></head><body>
<p class=MsoTitle>A title</p>
<p class=MsoNormal><b style="mso-bidi-font-weight:normal">Bold</b> and
<span style="font-style:italic">italic</span><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style="mso-list:l0 level1 lfo1">{MARKER}First point</p>
<p class=MsoListParagraphCxSpLast style="mso-list:l0 level1 lfo1">{MARKER}Second point</p>
<script>window.pasted = true</script><p class=MsoNormal onclick="window.pasted = true">Last</p></body></html>"""


def test_text_from_word_comes_in_clean(portal: Portal, open_page: OpenPage) -> None:
    priya = Report(open_page(portal, "priya.lindqvist"), portal, EMPTY)
    priya.text(EMPTY).click()

    priya.paste(html=WORD, text="A title")

    text = priya.text(EMPTY)
    expect(text.locator("strong")).to_have_text("Bold")
    expect(text.locator("em")).to_have_text("italic")
    expect(text.locator("ul > li")).to_have_text(["First point", "Second point"])
    assert text.locator("script, [style], [class*=Mso], [onclick]").count() == 0
    assert priya.page.evaluate("window.pasted") is None
    priya.expect_saved()


def test_two_megabytes_come_in_and_are_saved(portal: Portal, open_page: OpenPage) -> None:
    priya = Report(open_page(portal, "priya.lindqvist"), portal, EMPTY)
    priya.text(EMPTY).click()

    priya.paste(text="A long sentence that somebody pasted. " * 52_000 + "The end.")

    expect(priya.text(EMPTY)).to_contain_text("The end.", timeout=60_000)
    priya.expect_saved(timeout=60_000)


def test_what_is_too_long_for_one_message_is_refused_in_words_and_nothing_changes(
    portal: Portal, open_page: OpenPage
) -> None:
    priya = Report(open_page(portal, "priya.lindqvist"), portal, EMPTY)
    priya.text(EMPTY).click()

    priya.paste(text="A long sentence that somebody pasted. " * 80_000)

    dialog = priya.page.get_by_role("dialog", name="Too long to paste at once")
    expect(dialog).to_contain_text("Nothing was changed")
    dialog.get_by_role("button", name="Close").click()
    assert priya.text(EMPTY).text_content() == ""


def test_hundreds_of_paragraphs_come_in_at_once(portal: Portal, open_page: OpenPage) -> None:
    priya = Report(open_page(portal, "priya.lindqvist"), portal, EMPTY)
    priya.text(EMPTY).click()

    priya.paste(html="".join(f"<p>Paragraph number {number}.</p>" for number in range(400)))

    expect(priya.text(EMPTY)).to_contain_text("Paragraph number 399.")
    priya.expect_saved()
