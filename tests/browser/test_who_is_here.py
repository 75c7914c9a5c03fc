"""Other people's carets, and the list of who is on the page."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import EMPTY, Report
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


def test_pressing_on_anothers_name_or_caret_puts_ones_own_where_the_words_are(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = (Report(open_page(portal, name), portal, EMPTY) for name in ("amira.khan", "priya.lindqvist"))
    amira.text(EMPTY).click()
    flag = priya.text(EMPTY).locator(".ed-flag .full")

    for words, caret in (("Amira was here", flag), ("And here", priya.text(EMPTY).locator(".ed-caret"))):
        amira.page.keyboard.type(words)
        expect(priya.text(EMPTY)).to_contain_text(words)
        # The name is shown for a moment after its person has written.
        expect(flag).to_be_visible()
        place = caret.bounding_box()
        assert place
        priya.page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        priya.page.keyboard.press("End")
        priya.page.keyboard.type(", so was Priya. ")
        expect(amira.text(EMPTY)).to_contain_text(f"{words}, so was Priya.")
        amira.page.keyboard.press("End")
