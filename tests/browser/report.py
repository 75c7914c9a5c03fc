"""The report's page as its people use it."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.portal import Portal

# North Somerset and Bristol write it; South Gloucestershire only reads it.
YOUNG_PEOPLE = "The young people"
# Everybody on the report may write it.
GLOSSARY, INTRODUCTION, SCOPE = "Glossary", "Introduction and why this review", "Scope, terms of reference"
EMPTY = "Contributors"


class Report:
    """The demonstration's report, or one at another address, open in a person's browser."""

    def __init__(self, page: Page, portal: Portal, title: str = YOUNG_PEOPLE, *, address: str = "") -> None:
        self.page = page
        page.goto(address or portal.demo["report"])
        self.go_to(title)

    def go_to(self, title: str) -> Locator:
        """Scroll to a section and wait until it is live."""
        self.section(title).scroll_into_view_if_needed()
        expect(self.text(title)).to_be_visible()
        return self.text(title)

    def section(self, title: str) -> Locator:
        heading = self.page.get_by_role("heading", level=2, name=title)
        return self.page.locator("section.ed-sec", has=heading).first

    def text(self, title: str = YOUNG_PEOPLE) -> Locator:
        """The live text of a section."""
        return self.section(title).locator(".ProseMirror")

    def words_in(self, selector: str, title: str) -> list[str]:
        """The words of each element of a section that the selector names, without what is only drawn there."""
        words: list[str] = self.text(title).evaluate(
            """(text, selector) => {
                const copy = text.cloneNode(true);
                copy.querySelectorAll(".ProseMirror-widget").forEach(mark => mark.remove());
                return [...copy.querySelectorAll(selector)].map(element => element.textContent);
            }""",
            selector,
        )
        return words

    def put_caret_at_end(self, title: str = YOUNG_PEOPLE) -> None:
        self.text(title).locator("p, li").last.click()
        self.page.keyboard.press("Control+End")

    def write(self, words: str, title: str = YOUNG_PEOPLE) -> None:
        """Type at the end of a section."""
        self.put_caret_at_end(title)
        self.page.keyboard.type(words)

    def tool(self, name: str) -> None:
        """Press a button of the toolbar."""
        self.page.get_by_role("toolbar").get_by_role("button", name=name, exact=False).first.click()

    def menu(self, words: str) -> None:
        """Choose from the table menu."""
        self.tool("Table")
        self.page.get_by_role("menuitem", name=words, exact=True).click()

    def paste(self, *, html: str = "", text: str = "") -> None:
        """Paste as the browser would, into what has the focus."""
        self.page.evaluate(
            """([html, text]) => {
                const data = new DataTransfer();
                if (html) data.setData("text/html", html);
                if (text) data.setData("text/plain", text);
                const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
                document.activeElement.dispatchEvent(event);
            }""",
            [html, text],
        )

    def expect_saved(self, *, timeout: float = 15_000) -> None:
        expect(self.page.locator("[data-save]")).to_contain_text(re.compile("^Saved"), timeout=timeout)

    def expect_not_saved(self) -> None:
        expect(self.page.locator("[data-save]")).to_contain_text("Not saved", timeout=20_000)

    def config(self) -> Any:
        """What any client of live editing needs to join."""
        return self.page.evaluate("JSON.parse(document.getElementById('coedit-config').textContent)")
