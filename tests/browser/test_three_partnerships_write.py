"""The main job: people of three partnerships in one section, each touching only what was granted."""

import httpx
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import Report
from tests.support.portal import Portal


def test_two_write_in_one_section_and_a_third_sees_it_live_and_cannot_write(portal: Portal, open_page: OpenPage) -> None:
    amira, priya, gwen = (
        Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist", "gwen.ashdown")
    )

    amira.write(" From North Somerset.")
    priya.write(" From Bristol.")

    for report in (amira, priya, gwen):
        expect(report.text()).to_contain_text("From North Somerset.")
        expect(report.text()).to_contain_text("From Bristol.")
    expect(gwen.text()).to_have_attribute("contenteditable", "false")
    amira.expect_saved()
    priya.expect_saved()


def test_a_stranger_finds_nothing(portal: Portal, open_page: OpenPage) -> None:
    jonah = open_page(portal, "jonah.pike")

    answer = jonah.goto(portal.demo["report"])

    assert answer is not None
    assert answer.status == 404


def test_somebody_who_is_not_signed_in_is_asked_to(shared_portal: Portal) -> None:
    answer = httpx.get(shared_portal.address + shared_portal.demo["report"])

    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["location"]


def test_what_showed_as_saved_survives_a_power_cut(portal: Portal, open_page: OpenPage) -> None:
    amira, priya = (Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist"))
    amira.write(" Saved before the cut.")
    amira.expect_saved()
    priya.write(" Typing as the")

    portal.kill()
    priya.page.keyboard.type(" lights go out.")
    priya.expect_not_saved()
    portal.start()

    priya.expect_saved(timeout=45_000)
    fresh = Report(open_page(portal, "gwen.ashdown"), portal)
    expect(fresh.text()).to_contain_text("Saved before the cut.")
    expect(fresh.text()).to_contain_text("Typing as the lights go out.")
