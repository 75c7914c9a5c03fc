"""Who wrote what, and bringing back an earlier text while somebody else has the section open."""

import re

from playwright.sync_api import Page, expect

from tests.browser.axe import sideways_scroll, violations
from tests.browser.conftest import NARROW, WIDE, OpenPage
from tests.browser.report import YOUNG_PEOPLE, Report
from tests.support.portal import Portal


def latest_change(page: Page, portal: Portal) -> str:
    """Go from the history to what the latest work changed; return where bringing that back begins."""
    page.goto(f"{portal.demo['report']}history/")
    entry = page.locator(".ed-works > li").first
    expect(entry).to_contain_text(YOUNG_PEOPLE)
    expect(entry).to_contain_text("Amira Khan")
    entry.get_by_role("link", name=re.compile("^See what changed")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What changed in")
    return str(page.get_by_role("link", name=re.compile("^Bring the section back")).get_attribute("href"))


def expect_accessible(page: Page) -> None:
    """At both widths."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert violations(page) == []
        assert sideways_scroll(page) == 0


def test_an_earlier_text_is_brought_back_while_another_goes_on(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = (Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist"))
    amira.write(" Words to keep.")
    amira.expect_saved()
    reader = open_page(portal, "amira.khan")
    restore = latest_change(reader, portal)
    expect(reader.locator("ins", has_text="Words to keep.")).to_be_visible()
    expect_accessible(reader)
    amira.write(" Words to regret.")
    amira.expect_saved()
    expect(priya.text()).to_contain_text("Words to regret.")

    reader.goto(restore)
    expect_accessible(reader)
    reader.get_by_role("button", name="Bring it back").click()
    expect(priya.text()).not_to_contain_text("Words to regret.")
    priya.write(" Priya goes on.")

    priya.expect_saved()
    for report in (amira, priya):
        expect(report.text()).to_contain_text("Words to keep.")
        expect(report.text()).to_contain_text("Priya goes on.")
        expect(report.text()).not_to_contain_text("Words to regret.")
