"""Freezing and signing as people do it: the demonstration's statement, nine seats, five people."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.support.portal import Portal

# Email, and in how many partnerships they hold a seat.
SIGNATORIES = {
    "rosalind.tewk": 1,
    "marcus.ellingboe": 1,
    "sunita.parrish-vale": 1,
    "folasade.merriweather": 3,
    "callum.oakhanger": 3,
}
WHY = "The third paragraph names a street."


class SigningPage:
    """A person before the sign-off sheet of the statement."""

    def __init__(self, page: Page, portal: Portal, person: str) -> None:
        self.page, self.person = page, portal.sign_in_of(person)
        page.goto(portal.demo["review"])
        page.get_by_role("link", name="Statement", exact=True).click()
        page.wait_for_url(re.compile(r"/reports/[0-9a-f-]+/$"))
        self.statement = page.url

    def open(self) -> None:
        self.page.goto(f"{self.statement}sign-off/")

    def freeze(self) -> None:
        """As the lead."""
        self.page.goto(f"{self.statement}freeze/")
        self.page.get_by_label("Name").fill("For signature")
        self.page.get_by_role("button", name="Freeze the text").click()
        self.page.wait_for_url(re.compile(r"/versions/|/sign-off/"))

    def reopen(self) -> None:
        """As the lead, who says why."""
        self.open()
        self.page.get_by_role("link", name="again for writing").click()
        self.page.get_by_label("Why is it opened again?").fill(WHY)
        self.page.get_by_role("button", name="Open it again").click()
        expect(self.page.get_by_text("All signatures are void; everybody is told.")).to_be_visible()

    def read(self) -> None:
        """Open the text, which has to come first."""
        self.open()
        self.page.get_by_role("button", name="Read version 1 first").click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.open()

    def sign(self) -> None:
        """Approve in every seat of one's own, and show once more who one is."""
        for answer in self.page.get_by_role("radio", name="I approve", exact=True).all():
            answer.check()
        self.page.get_by_role("button", name=f"Sign as {self.person['name']}").click()
        expect(self.page.get_by_text("You are about to sign. What you have chosen is kept.")).to_be_visible()
        self.page.get_by_label("Password", exact=True).fill(self.person["password"])
        self.page.get_by_role("button", name="Continue").click()
        expect(self.page.get_by_text("Your decision has been recorded.")).to_be_visible()

    def cells(self, words: str) -> Locator:
        """The seats on the sheet that show these words as their state."""
        return self.page.locator(".so-sheet td", has=self.page.locator(".jrp-tag", has_text=re.compile(f"^{words}$")))

    def config(self) -> Any:
        """What a client of live editing made by hand would use."""
        self.page.goto(self.statement)
        return self.page.evaluate("JSON.parse(document.getElementById('coedit-config').textContent)")
