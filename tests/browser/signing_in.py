"""The pages of signing in, one after the other, as somebody meets them who forgets a password and adds a second step."""

import time
from collections.abc import Iterator
from urllib.parse import urljoin

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.browser.conftest import sign_in
from tests.browser.places import newest_mail
from tests.support.portal import Portal

# What `walk_through` comes to.
PAGES = {
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_reauthenticate",
    "account_logout",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}

AFTER_THE_APP = {
    "/accounts/2fa/recovery-codes/": "recovery codes, counted",
    "/accounts/2fa/recovery-codes/new/": "new recovery codes",
    "/accounts/2fa/app/remove/": "an authenticator app to remove",
    "/accounts/2fa/reauthenticate/": "a code once more",
    "/accounts/2fa/": "all second steps",
}
AFTER_THE_PASSKEY = {
    "/accounts/2fa/passkeys/reauthenticate/": "a passkey once more",
    "/accounts/logout/": "signing out",
}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def walk_through(page: Page, portal: Portal, who: str) -> Iterator[str]:
    """Stops at each page, saying where it is."""
    yield from _forgotten_password(page, portal, who)
    sign_in(page, portal, who)
    yield from _authenticator_app(page, portal, who)
    codes = page.locator(".acc-codes code").all_inner_texts()
    yield from _visit(page, AFTER_THE_APP)
    yield from _sign_in_again(page, portal, who, codes[0])
    yield from _passkey(page, portal, who)


def _visit(page: Page, places: dict[str, str]) -> Iterator[str]:
    for path, title in places.items():
        page.goto(urljoin(page.url, path))
        yield title


def _forgotten_password(page: Page, portal: Portal, who: str) -> Iterator[str]:
    page.goto("/accounts/password/reset/")
    page.get_by_label("E-mail address").fill(portal.sign_in_of(who)["email"])
    page.get_by_role("button", name="Send the code").click()
    page.wait_for_url("**/password/reset/confirm/")
    yield "the code of a forgotten password"
    page.locator("main input[type=text]").fill(newest_mail(portal, r"Your code for the .* is:\s+(\S+)"))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/password/reset/complete/")
    yield "a new password"


def _authenticator_app(page: Page, portal: Portal, who: str) -> Iterator[str]:
    page.goto("/accounts/reauthenticate/?next=/accounts/2fa/app/add/")
    yield "the password once more"
    _confirm_password(page, portal, who)
    page.wait_for_url("**/app/add/")
    page.get_by_text("I cannot scan it").click()
    yield "an authenticator app to add"
    page.locator("main input[type=text]").fill(_code(page.locator(".acc-key").inner_text()))
    page.get_by_role("button", name="Add the app").click()
    page.wait_for_url("**/recovery-codes/")
    yield "recovery codes, shown once"


def _confirm_password(page: Page, portal: Portal, who: str) -> None:
    page.get_by_label("Password", exact=True).fill(portal.sign_in_of(who)["password"])
    page.get_by_role("button", name="Continue").click()


def _code(key: str) -> str:
    """What the app would show now."""
    return str(format_hotp_value(hotp_value(key.replace(" ", ""), int(time.time()) // 30)))


def _sign_in_again(page: Page, portal: Portal, who: str, code: str) -> Iterator[str]:
    page.context.clear_cookies()
    # A passkey belongs to a name, never to an address of numbers.
    page.goto(f"http://localhost:{portal.port}/accounts/login/")
    page.get_by_label("E-mail address").fill(portal.sign_in_of(who)["email"])
    page.get_by_label("Password", exact=True).fill(portal.sign_in_of(who)["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/")
    yield "the second step"
    page.locator("main input[type=text]").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/my-work/")


def _passkey(page: Page, portal: Portal, who: str) -> Iterator[str]:
    page.goto(urljoin(page.url, "/accounts/2fa/passkeys/add/"))
    _confirm_password(page, portal, who)
    page.wait_for_url("**/passkeys/add/")
    yield "a passkey to add"
    # Only now: looking at the page with a debugger of its own takes the device away again.
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.get_by_label("Name of the passkey").fill("A key of the test")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("link", name="Rename A key of the test").wait_for()
    links = page.get_by_role("link", name="A key of the test").all()
    paths = [link.get_attribute("href") or "" for link in links]
    yield from _visit(page, {path: f"a passkey: {path}" for path in paths} | AFTER_THE_PASSKEY)
