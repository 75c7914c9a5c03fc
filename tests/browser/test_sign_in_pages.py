"""The pages of signing in that one reaches only on the way: accessible at 1280 and 320 pixels, and without JavaScript."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import sideways_scroll, violations
from tests.browser.conftest import OpenPage
from tests.support.portal import Portal

PAGES = ["2fa/app/add/", "2fa/passkeys/add/", "reauthenticate/", "logout/"]


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_they_are_accessible(shared_portal: Portal, open_page: OpenPage, narrow: bool) -> None:
    page = open_page(shared_portal, "jonah.pike", narrow=narrow)
    found: dict[str, object] = {}

    for path in PAGES:
        page.goto(f"/accounts/{path}")
        if problems := violations(page) or sideways_scroll(page):
            found[path] = problems

    assert found == {}


def test_an_error_leads_to_its_field(shared_portal: Portal, open_page: OpenPage) -> None:
    page = open_page(shared_portal)
    page.goto("/accounts/login/")

    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your e-mail address.")
    page.get_by_role("link", name="Enter your password.").click()

    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    expect(page.get_by_label("Password", exact=True)).to_have_accessible_description("Error: Enter your password.")
    assert page.title().startswith("Error: ")


def test_signing_in_works_without_scripts(shared_portal: Portal, chromium: Browser) -> None:
    person = shared_portal.sign_in_of("jonah.pike")
    context = chromium.new_context(base_url=shared_portal.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()

    page.get_by_label("E-mail address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(f"{shared_portal.address}/my-work/")
    context.close()
