"""Passkeys in Chromium, with a device that the browser itself plays."""

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import OpenPage
from tests.support.portal import Portal

NAME = "jonah.pike"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def by_name(portal: Portal, path: str) -> str:
    """An address of the portal with a name in it: browsers offer no passkeys at a bare number such as 127.0.0.1."""
    return f"http://localhost:{portal.port}{path}"


def sign_in_by_name(page: Page, portal: Portal) -> None:
    """Sign in through the form, at the portal's name."""
    person = portal.sign_in_of(NAME)
    page.goto(by_name(portal, "/accounts/login/"))
    page.get_by_label("E-mail address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in").click()


def plug_in_device(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device for passkeys."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    made = debugger.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return debugger, made["authenticatorId"]


def add_passkey(page: Page, portal: Portal) -> None:
    """Add one through the page."""
    page.goto(by_name(portal, "/accounts/2fa/passkeys/add/"))
    page.get_by_label("Name of the passkey").fill("Work laptop")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def test_it_can_be_added_and_then_opens_the_portal_alone_and_as_second_step(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(portal)
    plug_in_device(page)
    sign_in_by_name(page, portal)
    add_passkey(page, portal)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("Work laptop").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.goto(by_name(portal, "/accounts/login/?next=/help/"))
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(by_name(portal, "/help/"))

    page.goto(by_name(portal, "/accounts/logout/"))
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in_by_name(page, portal)
    expect(page.get_by_role("heading", name="Check it is you")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(by_name(portal, "/my-work/"))


def test_where_it_is_cancelled_the_page_says_so_and_moves_there(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(portal)
    debugger, device = plug_in_device(page)
    sign_in_by_name(page, portal)
    debugger.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(by_name(portal, "/accounts/2fa/passkeys/add/"))

    page.get_by_role("button", name="Make the passkey").click()

    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("No passkey was used")
    expect(problem).to_be_focused()


def test_at_a_bare_number_the_page_says_what_to_do(portal: Portal, open_page: OpenPage) -> None:
    page = open_page(portal, NAME)
    page.goto("/accounts/2fa/passkeys/add/")

    page.get_by_role("button", name="Make the passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("Open the portal by its name")
