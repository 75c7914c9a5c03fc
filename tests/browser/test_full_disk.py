"""The portal cannot save, though everybody is connected: the page says so, keeps the words, and saves them by itself."""

import resource

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import Report
from tests.support.portal import Portal


def test_words_written_while_the_disk_is_full_are_saved_when_it_is_not(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = (Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist"))
    amira.expect_saved()
    assert portal.process
    resource.prlimit(portal.process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))

    amira.write(" Written in vain?")
    amira.expect_not_saved()
    expect(amira.page.locator("[data-banner]")).to_contain_text("has not been able to save anything")
    expect(amira.text()).to_contain_text("Written in vain?")
    resource.prlimit(portal.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    amira.expect_saved(timeout=45_000)
    expect(priya.text()).to_contain_text("Written in vain?", timeout=45_000)
    portal.kill()
    portal.start()
    late = Report(open_page(portal, "priya.lindqvist"), portal)
    expect(late.text()).to_contain_text("Written in vain?")
