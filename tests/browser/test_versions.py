"""Keeping a version, writing on, and seeing what is different."""

from playwright.sync_api import expect

from tests.browser.axe import sideways_scroll, violations
from tests.browser.conftest import NARROW, OpenPage
from tests.browser.report import GLOSSARY, Report
from tests.support.portal import Portal


def test_what_was_written_since_a_version_is_told(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(portal, "priya.lindqvist")
    page.goto(f"{portal.demo['report']}versions/new/")
    page.get_by_label("Name").fill("Before the panel reads it")
    page.get_by_role("button", name="Keep this version").click()
    expect(page.get_by_text("Writing goes on.")).to_be_visible()
    report = Report(page, portal, GLOSSARY)
    report.write(" Kept words come before these.", GLOSSARY)
    report.expect_saved()

    page.goto(f"{portal.demo['report']}versions/")
    page.get_by_role("link", name="Compare versions").click()

    expect(page.get_by_role("heading", name="1 section is different: 5 words inserted, 0 deleted")).to_be_visible()
    expect(page.locator("ins.ed-added", has_text="Kept words come before these.")).to_be_visible()
    expect(page.locator(".ed-compare__who")).to_contain_text("Priya Lindqvist-Shah, Bristol")
    page.get_by_role("link", name="Show in one column").click()
    expect(page.get_by_role("link", name="Show side by side")).to_be_visible()
    page.set_viewport_size(NARROW)
    assert violations(page) == []
    assert sideways_scroll(page) == 0
