"""A person loses access, or a section goes, while they type: they are told, and keep their words."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.report import GLOSSARY, YOUNG_PEOPLE, Report
from tests.support.portal import Portal


def sign_out_everywhere(page: Page) -> None:
    page.goto("/accounts/sessions/")
    page.get_by_role("button", name="Sign out everywhere").click()


def change_role(page: Page, portal: Portal, person: str, role: str) -> None:
    """As the organisation's administrator."""
    page.goto(f"{portal.demo['review']}people/")
    row = page.get_by_role("row", name=person)
    row.get_by_role("link", name="Change").click()
    page.get_by_label(role, exact=False).check()
    page.get_by_role("button", name="Save").click()


def test_somebody_made_an_observer_can_read_on_and_no_longer_write(portal: Portal, open_page: OpenPage) -> None:
    imogen = Report(open_page(portal, "imogen.satterly"), portal, GLOSSARY)
    imogen.write(" Before the change.", GLOSSARY)
    imogen.expect_saved()

    change_role(open_page(portal, "amira.khan"), portal, "Imogen Satterly", "Observer")

    expect(imogen.text(GLOSSARY)).to_have_attribute("contenteditable", "false")
    expect(imogen.section(GLOSSARY)).to_contain_text("Your access changed.")
    expect(imogen.text(GLOSSARY)).to_contain_text("Before the change.")


def test_a_section_deleted_under_ones_hands_keeps_the_words(portal: Portal, open_page: OpenPage) -> None:
    priya, amira = Report(open_page(portal, "priya.lindqvist"), portal, YOUNG_PEOPLE), open_page(portal, "amira.khan")
    priya.write(" Saved words.")
    priya.expect_saved()

    amira.goto(portal.demo["report"])
    section = priya.config()["sections"]
    pk = next(item["id"] for item in section if YOUNG_PEOPLE in item["title"])
    amira.goto(f"/sections/{pk}/delete/")
    amira.get_by_role("button", name="Delete").click()

    expect(priya.section(YOUNG_PEOPLE)).to_contain_text("This section was deleted.")


def test_signing_out_elsewhere_ends_live_editing_here(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(portal, "priya.lindqvist")
    priya = Report(page, portal)
    priya.expect_saved()

    sign_out_everywhere(page.context.new_page())

    expect(page.locator("[data-save]")).to_contain_text("igned out")
    expect(priya.text()).to_have_attribute("contenteditable", "false")
