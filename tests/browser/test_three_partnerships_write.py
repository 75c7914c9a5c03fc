"""The main job: people of three partnerships in one section, each touching only what was granted."""

import httpx
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.support.portal import Portal

SECTION = "The young people"  # North Somerset and Bristol write it; South Gloucestershire only reads it.


def open_section(page: Page, portal: Portal, title: str = SECTION) -> None:
    """Open the report and go to a section; wait until it is live."""
    page.goto(portal.demo["report"])
    section = page.locator("section[data-section]", has=page.get_by_role("heading", name=title, exact=False)).first
    section.scroll_into_view_if_needed()
    expect(section.locator(".ProseMirror")).to_be_visible()


def text_of(page: Page, title: str = SECTION) -> "object":
    """The live text of a section."""
    return page.locator("section[data-section]", has=page.get_by_role("heading", name=title, exact=False)).first.locator(
        ".ProseMirror"
    )


def write_at_end(page: Page, words: str, title: str = SECTION) -> None:
    """Type at the end of a section, as a person does."""
    editor = page.locator("section[data-section]", has=page.get_by_role("heading", name=title, exact=False)).first.locator(
        ".ProseMirror"
    )
    editor.locator("p").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("End")
    page.keyboard.type(words)


def test_two_write_in_one_section_and_a_third_sees_it_live_and_cannot_write(portal: Portal, open_page: OpenPage) -> None:
    amira, priya, gwen = (open_page(portal, name) for name in ("amira.khan", "priya.lindqvist", "gwen.ashdown"))
    for page in (amira, priya, gwen):
        open_section(page, portal)

    write_at_end(amira, " From North Somerset.")
    write_at_end(priya, " From Bristol.")

    for page in (amira, priya, gwen):
        expect(text_of(page)).to_contain_text("From North Somerset.")
        expect(text_of(page)).to_contain_text("From Bristol.")
    expect(text_of(gwen)).to_have_attribute("contenteditable", "false")
    expect(amira.locator("[data-save]")).to_contain_text("Saved")


def test_a_stranger_finds_nothing(portal: Portal, open_page: OpenPage) -> None:
    jonah = open_page(portal, "jonah.pike")

    answer = jonah.goto(portal.demo["report"])

    assert answer is not None
    assert answer.status == 404


def test_somebody_who_is_not_signed_in_is_asked_to(portal: Portal) -> None:
    answer = httpx.get(portal.address + portal.demo["report"])

    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["location"]


def test_what_showed_as_saved_survives_a_power_cut(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = open_page(portal, "amira.khan"), open_page(portal, "priya.lindqvist")
    for page in (amira, priya):
        open_section(page, portal)
    write_at_end(amira, " Saved before the cut.")
    expect(amira.locator("[data-save]")).to_contain_text("Saved")
    write_at_end(priya, " Typing as the")

    portal.kill()
    priya.keyboard.type(" lights go out.")
    expect(priya.locator("[data-save]")).to_contain_text("Not saved")
    portal.start()

    expect(priya.locator("[data-save]")).to_contain_text("Saved", timeout=45_000)
    fresh = open_page(portal, "gwen.ashdown")
    open_section(fresh, portal)
    expect(text_of(fresh)).to_contain_text("Saved before the cut.")
    expect(text_of(fresh)).to_contain_text("Typing as the lights go out.")
