"""Headings, lists, tables, links and footnotes, by two people, and the same text on the pages to read and print."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import EMPTY, GLOSSARY, Report
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


def test_the_end_of_a_section_is_the_end_of_its_table_and_what_is_written_there_stays_there(
    portal: Portal, open_page: OpenPage
) -> None:
    priya = Report(open_page(portal, "priya.lindqvist"), portal, GLOSSARY)
    text, keys = priya.text(GLOSSARY), priya.page.keyboard

    for place in ("p", "th", "td"):
        text.locator(place).first.click()
        keys.press("Control+End")
        keys.type(f" After {place}.")
    keys.press("Control+Home")
    keys.type("Before. ")

    expect(text.locator("td").last).to_have_text(re.compile(r"\S After p\. After th\. After td\.$"))
    expect(text.locator("p").first).to_have_text(re.compile(r"^Before\. \S"))
    keys.press("Control+Shift+End")
    keys.press("Delete")
    expect(text).to_have_text(re.compile(r"^Before\.\s*$"))
    keys.press("Control+z")
    expect(text.locator("td").last).to_contain_text(" After td.")


def test_words_can_be_written_above_and_below_a_table_that_is_all_of_a_section(portal: Portal, open_page: OpenPage) -> None:
    priya = Report(open_page(portal, "priya.lindqvist"), portal, EMPTY)
    text, keys = priya.text(EMPTY), priya.page.keyboard
    text.click()
    priya.menu("Insert a table")
    text.locator("th").first.click()

    priya.menu("Write above the table")
    keys.type("Above")
    text.locator("td").first.click()
    keys.press("Control+Enter")
    keys.type("Below by key")
    text.locator("td").first.click()
    priya.menu("Write below the table")
    keys.type("Below by menu")

    written = priya.words_in(":scope > p, :scope > .tableWrapper", EMPTY)
    assert [words for words in written if words] == ["Above", "Below by menu", "Below by key"]
    priya.expect_saved()
