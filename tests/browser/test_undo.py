"""Undo takes back one's own changes only."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import Report
from tests.support.portal import Portal


def test_undo_is_ones_own(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = (Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist"))
    amira.write(" Written by Amira.")
    expect(priya.text()).to_contain_text("Written by Amira.")
    priya.write(" Written by Priya.")
    expect(amira.text()).to_contain_text("Written by Priya.")

    amira.page.keyboard.press("Control+z")

    for report in (amira, priya):
        expect(report.text()).not_to_contain_text("Written by Amira.")
        expect(report.text()).to_contain_text("Written by Priya.")

    amira.page.keyboard.press("Control+Shift+z")
    expect(priya.text()).to_contain_text("Written by Amira.")
