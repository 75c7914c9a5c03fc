"""Other people's carets, and the list of who is on the page."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import Report
from tests.support.portal import Portal


def test_each_sees_the_others_name_organisation_and_caret(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = (Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist"))

    priya.write(" Hello.")

    caret = amira.text().locator(".ed-caret.o-kb")
    expect(caret).to_contain_text("Priya Lindqvist-Shah · Bristol")
    people = amira.page.locator("[data-presence]")
    people.locator("summary").click()
    expect(people).to_contain_text("Priya Lindqvist-Shah, Bristol")
    expect(people).to_contain_text("The young people")


def test_who_leaves_is_gone_from_the_list_and_the_text(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = (Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist"))
    priya.write(" Hello.")
    expect(amira.text().locator(".ed-caret.o-kb")).to_be_attached()

    priya.page.close()

    expect(amira.text().locator(".ed-caret.o-kb")).to_have_count(0)
    amira.page.locator("[data-presence] summary").click()
    expect(amira.page.locator("[data-presence]")).to_contain_text("You are the only one who has this report open.")


def test_a_caret_stays_at_its_word_while_others_write_above(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = (Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist"))
    amira.write(" Amira was he")

    priya.text().locator("p").first.click()
    priya.page.keyboard.press("Home")
    priya.page.keyboard.type("Priya writes above. ")
    priya.page.keyboard.press("Enter")
    expect(amira.text()).to_contain_text("Priya writes above.")
    amira.page.keyboard.type("re.")

    expect(priya.text()).to_contain_text("Amira was here.")
