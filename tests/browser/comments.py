"""What is said about a section, as its people use it beside the text."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.report import SCOPE, Report


class Comments:
    """The comments on one section of an open report."""

    def __init__(self, report: Report, title: str = SCOPE) -> None:
        self.report, self.page, self.title = report, report.page, title
        report.go_to(title)
        self.rail = report.section(title).locator(".ed-rail")
        expect(self.rail.locator("h3")).to_contain_text(re.compile("comments? on ", re.IGNORECASE))

    def choose(self, words: int, paragraph: int = 0) -> str:
        """Choose the first words of a paragraph with the keyboard; return them."""
        self.report.text(self.title).locator("p").nth(paragraph).click(position={"x": 1, "y": 6})
        self.page.keyboard.press("Home")
        for _ in range(words):
            self.page.keyboard.press("Control+Shift+ArrowRight")
        return str(self.page.evaluate("getSelection().toString()")).strip()

    def comment(self, text: str, *, words: int = 4, paragraph: int = 0, to: str = "Send to everyone") -> str:
        """Comment on the first words of a paragraph without the mouse; return these words."""
        quote = self.choose(words, paragraph)
        self.page.keyboard.press("Control+Alt+m")
        expect(self.rail.get_by_role("textbox", name="Comment")).to_be_focused()
        self.page.keyboard.type(text)
        self.send(to)
        expect(self.card(text)).to_have_attribute("open", "")
        return quote

    def suggest(self, new: str, *, words: int = 4, paragraph: int = 0) -> str:
        """Suggest other words for the first ones of a paragraph without the mouse; return the old ones."""
        quote = self.choose(words, paragraph)
        self.page.keyboard.press("Control+Alt+s")
        expect(self.rail.get_by_role("textbox", name="New words")).to_be_focused()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(new)
        self.send("Send to everyone")
        expect(self.card(new)).to_have_attribute("open", "")
        return quote

    def send(self, button: str) -> None:
        """Press a button of the form with the keyboard."""
        self.rail.get_by_role("button", name=button, exact=True).first.focus()
        self.page.keyboard.press("Enter")

    def card(self, words: str) -> Locator:
        return self.rail.locator("details.ed-thread", has_text=words).first

    def open(self, words: str) -> Locator:
        """The thread with these words, opened."""
        card = self.card(words)
        # News may open it meanwhile: looking and pressing are one step.
        card.evaluate("card => card.open || card.querySelector('summary').click()")
        expect(card).to_have_attribute("open", "")
        return card

    def do(self, words: str, button: str) -> None:
        """Press a button of a thread."""
        self.open(words).get_by_role("button", name=button).first.click()

    def text(self, paragraph: int = 0) -> Locator:
        return self.report.text(self.title).locator("p").nth(paragraph)
