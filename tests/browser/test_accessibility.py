"""Every page that a person can reach, at 1280 and at 320 pixels: axe-core finds nothing, nothing scrolls sideways."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import signing_in
from tests.browser.conftest import WIDE, OpenPage, sign_in
from tests.browser.places import (
    LEAD,
    OTHER_ADMIN,
    Places,
    all_pages,
    comment_privately,
    freeze_the_statement,
    invite_somebody,
    name_of,
    open_second_review,
    problems,
    wait_until_live,
    walk,
    write_to_somebody,
)
from tests.support.portal import Portal, copy_portal

NOBODY = None
PUBLIC = {
    "front": "/",
    "account_login": "/accounts/login/",
    "account_reset_password": "/accounts/password/reset/",
    "account_password_reset_completed": "/accounts/password/reset/done/",
    "socialaccount_login_cancelled": "/accounts/oidc/cancelled/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "cookies": "/cookies/",
    "help": "/help/",
    "": "/no-such-page/",
}
# What else people see at addresses that others have too.
OTHERS = {
    "gwen.ashdown": ["/my-work/", "{report}", "{report}read/", "{review}", "/organisation/"],
    "jonas.eddowes": ["/my-work/", "{report}", "/organisation/"],
    "jonah.pike": ["/my-work/", "/reviews/", "/reports/", "{report}"],
    "wilf.harbottle": ["/my-work/", "/reviews/", "/organisation/", "/help/"],
}
# The pages of signing in, walked through by one person a width, because they change how that person signs in.
NEWCOMERS = {False: "sunita.parrish-vale", True: "rosalind.tewk"}
both_widths = pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])


@dataclass(frozen=True)
class Tour:
    """A portal where something of everything is under way, and the pages in it by whom they are for."""

    portal: Portal
    pages: dict[str | None, Places]


@pytest.fixture(scope="module")
def tour(template: Portal, tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Tour]:
    """Amira opens a second review and invites; then she and Bristol's administrator follow every link they see."""
    portal = copy_portal(template, tmp_path_factory.mktemp("tour") / "portal")
    portal.start()
    try:
        yield Tour(portal, _found(portal, chromium))
    finally:
        portal.stop()


def _found(portal: Portal, chromium: Browser) -> dict[str | None, Places]:
    """The pages, each once, by whom they are for."""
    context = chromium.new_context(viewport=WIDE, base_url=portal.address, locale="en-GB")
    page = context.new_page()
    sign_in(page, portal, LEAD)
    open_second_review(page)
    public = PUBLIC | invite_somebody(page, portal) | write_to_somebody(portal)
    signing = freeze_the_statement(page, portal)
    talk = comment_privately(page, portal)
    leads = walk(page, "/my-work/") | signing | talk
    # Linked only where a colleague has a second step.
    leads["membership_second_step"] = leads["membership_role"].replace("/role/", "/second-step/")
    # And only where no round is open.
    leads["round_new"] = f"{leads['report_rounds']}new/"
    context.clear_cookies()
    sign_in(page, portal, OTHER_ADMIN)
    others = {name: path for name, path in walk(page, "/my-work/").items() if name not in leads}
    context.close()
    return {NOBODY: public, LEAD: leads, OTHER_ADMIN: others}


def look_at(page: Page, paths: list[str]) -> dict[str, list[str]]:
    """The problems on these pages, by address."""
    found = {}
    for path in paths:
        page.goto(path)
        wait_until_live(page)
        if wrong := problems(page):
            found[path] = wrong
    return found


def test_every_page_is_looked_at(tour: Tour) -> None:
    looked_at = {name for places in tour.pages.values() for name in places} | signing_in.PAGES

    assert all_pages() - looked_at == set()


@both_widths
@pytest.mark.parametrize("who", [NOBODY, LEAD, OTHER_ADMIN])
def test_pages_are_accessible(tour: Tour, open_page: OpenPage, who: str | None, narrow: bool) -> None:
    page = open_page(tour.portal, who, narrow=narrow)

    found = look_at(page, list(tour.pages[who].values()))

    assert found == {}


@both_widths
@pytest.mark.parametrize("who", OTHERS)
def test_pages_are_accessible_as_others_see_them(tour: Tour, open_page: OpenPage, who: str, narrow: bool) -> None:
    page = open_page(tour.portal, who, narrow=narrow)

    found = look_at(page, [path.format(**tour.portal.demo) for path in OTHERS[who]])

    assert found == {}


@both_widths
def test_pages_of_signing_in_are_accessible(tour: Tour, open_page: OpenPage, narrow: bool) -> None:
    page = open_page(tour.portal, narrow=narrow)
    found, seen = {}, set()

    for title in signing_in.walk_through(page, tour.portal, NEWCOMERS[narrow]):
        seen.add(name_of(page.url))
        if wrong := problems(page):
            found[title] = wrong

    assert found == {}
    assert signing_in.PAGES - seen == set()


@both_widths
@pytest.mark.parametrize(
    "path", ["/reviews/new/", "{review}reports/new/", "{report}sections/new/", "/organisation/invitations/new/"]
)
def test_a_refused_form_is_accessible(tour: Tour, open_page: OpenPage, path: str, narrow: bool) -> None:
    page = open_page(tour.portal, LEAD, narrow=narrow)
    page.goto(path.format(**tour.portal.demo))

    page.locator("main form button[type=submit]").last.click()
    page.get_by_role("alert").get_by_text("There is a problem").wait_for()

    assert problems(page) == []
    assert page.title().startswith("Error: ")
