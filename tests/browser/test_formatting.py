"""Headings, lists, tables, links and footnotes, by two people, and the same text on the pages to read and print."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import EMPTY, Report
from tests.support.portal import Portal


def test_everything_that_can_be_written_looks_the_same_to_the_other_and_on_the_read_page(
    portal: Portal, open_page: OpenPage
) -> None:
    priya, amira = (Report(open_page(portal, name), portal, EMPTY) for name in ("priya.lindqvist", "amira.khan"))
    keys = priya.page.keyboard
    priya.text(EMPTY).click()

    keys.type("A heading")
    priya.page.get_by_label("Paragraph style").select_option("heading2")
    priya.text(EMPTY).get_by_text("A heading").click()
    keys.press("End")
    keys.press("Enter")
    keys.press("Control+b")
    keys.type("bold")
    keys.press("Control+b")
    keys.type(" and more")
    priya.tool("Footnote")
    note = priya.page.get_by_role("dialog", name="Add a footnote")
    note.get_by_label("Text of the footnote").fill("A source.")
    note.get_by_role("button", name="Add footnote").click()
    keys.press("Enter")
    keys.type("A point")
    priya.tool("Bulleted list")
    keys.press("Enter")
    keys.type("Another point")
    keys.press("Enter")
    keys.press("Enter")
    priya.menu("Insert a table")
    keys.type("First cell")
    priya.expect_saved()

    expect(amira.text(EMPTY)).to_contain_text("First cell")
    for tag in ("h3", "strong", "ul > li", "table th", "table td"):
        assert amira.words_in(tag, EMPTY) == priya.words_in(tag, EMPTY) != []
    read = open_page(portal, "amira.khan")
    for path in ("read/", "print/"):
        read.goto(portal.demo["report"] + path)
        for words in ("A heading", "Another point", "First cell", "A source."):
            expect(read.get_by_text(words).first).to_be_visible()


def test_two_people_reshape_one_table_at_once(portal: Portal, open_page: OpenPage) -> None:
    priya, amira = (Report(open_page(portal, name), portal, EMPTY) for name in ("priya.lindqvist", "amira.khan"))
    priya.text(EMPTY).click()
    priya.menu("Insert a table")
    priya.page.keyboard.type("Corner")
    expect(amira.text(EMPTY)).to_contain_text("Corner")

    amira.text(EMPTY).locator("td").last.click()
    amira.page.keyboard.type("Far corner")
    priya.menu("Add a row below")
    amira.menu("Add a column to the right")

    for report in (priya, amira):
        expect(report.text(EMPTY).locator("tr")).to_have_count(4)
        expect(report.text(EMPTY).locator("tr").first.locator("th")).to_have_count(4)
        expect(report.text(EMPTY)).to_contain_text("Far corner")


def test_tab_is_no_trap_at_the_end_of_a_table(portal: Portal, open_page: OpenPage) -> None:
    priya = Report(open_page(portal, "priya.lindqvist"), portal, EMPTY)
    priya.text(EMPTY).click()
    priya.menu("Insert a table")

    for _ in range(12):
        priya.page.keyboard.press("Tab")

    assert priya.text(EMPTY).locator("tr").count() == 3
    assert priya.page.evaluate("document.activeElement.closest('.ProseMirror')") is None
