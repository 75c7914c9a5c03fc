"""Writing on through a lost connection, and what the page says meanwhile."""

from playwright.sync_api import Dialog, expect

from tests.browser.conftest import OpenPage
from tests.browser.report import Report
from tests.support.portal import Portal


def test_both_write_on_without_a_server_and_everything_merges(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = (Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist"))
    amira.expect_saved()
    portal.kill()

    amira.write(" Amira alone.")
    priya.text().locator("p").first.click()
    priya.page.keyboard.press("Home")
    priya.page.keyboard.type("Priya alone.")
    priya.page.keyboard.press("Enter")
    amira.expect_not_saved()
    priya.expect_not_saved()
    portal.start()

    for report in (amira, priya):
        report.expect_saved(timeout=45_000)
        expect(report.text()).to_contain_text("Amira alone.")
        expect(report.text()).to_contain_text("Priya alone.")


def test_leaving_with_unsaved_words_is_asked_about(portal: Portal, open_page: OpenPage) -> None:
    amira = Report(open_page(portal, "amira.khan"), portal)
    amira.expect_saved()
    portal.kill()
    amira.write(" Not stored yet.")
    amira.expect_not_saved()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    amira.page.on("dialog", stay)
    amira.page.close(run_before_unload=True)

    expect(amira.text()).to_contain_text("Not stored yet.")
    assert asked == ["beforeunload"]
