"""A running portal and Chromium for the tests that use both."""

import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright

from tests.support.portal import Portal, copy_portal, make_portal

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Browser tests come last, on one worker: Playwright's event loop forbids Django's database to what follows there."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
    yield
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """The demonstration, loaded once and copied for each test that changes it."""
    return make_portal(tmp_path_factory.mktemp("template") / "portal")


@pytest.fixture(scope="session")
def shared_portal(template: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One running portal for tests that only look."""
    portal = copy_portal(template, tmp_path_factory.mktemp("shared") / "portal")
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture
def portal(template: Portal, tmp_path: Path) -> Iterator[Portal]:
    """A running portal of the test's own."""
    portal = copy_portal(template, tmp_path / "portal")
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = chromium_of(playwright)
        yield browser
        browser.close()


def chromium_of(playwright: Playwright) -> Browser:
    """Debian's Chromium, without a window."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing: install the Debian package “chromium”."
    return playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Open a page in a profile of its own, signed in as a person of the demonstration (or as nobody)."""
    contexts: list[BrowserContext] = []

    def make(portal: Portal, email_start: str | None = None, *, narrow: bool = False) -> Page:
        context = chromium.new_context(viewport=NARROW if narrow else WIDE, base_url=portal.address, locale="en-GB")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if email_start:
            sign_in(page, portal, email_start)
        return page

    yield make
    for context in contexts:
        context.close()


def sign_in(page: Page, portal: Portal, email_start: str) -> None:
    """Sign in through the form, as a person does."""
    person = portal.sign_in_of(email_start)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/my-work/")
