"""Restricted sections: listed ones show their title, hidden ones leave no trace."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import Report
from tests.support.portal import Portal

LISTED, HIDDEN = "Parallel processes", "line of enquiry 4: health contacts"


def test_a_hidden_section_leaves_no_trace(shared_portal: Portal, open_page: OpenPage) -> None:
    kateryna = Report(open_page(shared_portal, "kateryna.hollis"), shared_portal)

    source = kateryna.page.content().lower()

    assert HIDDEN not in source
    assert not any(HIDDEN in section["title"].lower() for section in kateryna.config()["sections"])


def test_its_writers_see_it_and_who_else_can(shared_portal: Portal, open_page: OpenPage) -> None:
    henrik = Report(open_page(shared_portal, "henrik.dunmore"), shared_portal, "Line of enquiry 4")

    expect(henrik.text("Line of enquiry 4")).to_have_attribute("contenteditable", "true")
    expect(henrik.section("Line of enquiry 4")).to_contain_text("Nobody else can see that this section exists.")


def test_a_listed_section_shows_its_title_and_not_its_text(shared_portal: Portal, open_page: OpenPage) -> None:
    bea = Report(open_page(shared_portal, "bea.fennimore"), shared_portal)

    section = bea.section(LISTED)

    expect(section).to_contain_text("Restricted: you can see that this section exists, but not read it.")
    assert not any(LISTED in item["title"] for item in bea.config()["sections"])
