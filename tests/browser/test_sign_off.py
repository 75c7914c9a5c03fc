"""The step that no other system does: five people sign nine seats on the same words, and one reopening voids them all."""

from uuid import UUID

import httpx
from playwright.sync_api import expect
from websockets.sync.client import connect
from websockets.typing import Origin

from documents.coedit import protocol
from tests.browser.axe import sideways_scroll, violations
from tests.browser.conftest import NARROW, OpenPage
from tests.browser.places import wait_until_live
from tests.browser.signing import SIGNATORIES, WHY, SigningPage
from tests.documents.coedit.raw import RawClient, typing
from tests.support.portal import Portal

SEATS = sum(SIGNATORIES.values())


def test_five_people_sign_nine_seats_and_a_reopening_voids_them_all(portal: Portal, open_page: OpenPage) -> None:
    amira = SigningPage(open_page(portal, "amira.khan"), portal, "amira.khan")
    amira.freeze()

    for done, person in enumerate(SIGNATORIES):
        signatory = SigningPage(open_page(portal, person), portal, person)
        signatory.read()
        expect(signatory.page.locator(".so-you")).to_have_count(SIGNATORIES[person])
        look(signatory)
        signatory.sign()
        expect(signatory.cells("Signed")).to_have_count(sum(list(SIGNATORIES.values())[: done + 1]))

    amira.open()
    expect(amira.page.get_by_text(f"{SEATS} of {SEATS} signed.")).to_be_visible()
    expect(amira.page.get_by_text("Every seat has signed.")).to_be_visible()
    look(amira)
    nobody_writes_any_more(amira)
    evidence_is_offered(amira)

    amira.reopen()
    amira.page.get_by_role("link", name="Version 1, For signature").click()
    expect(amira.cells("Void")).to_have_count(SEATS)
    expect(amira.page.get_by_text(f"Made void by {amira.person['name']}")).to_have_count(SEATS)
    expect(amira.page.get_by_text(WHY).first).to_be_visible()
    look(amira)


def nobody_writes_any_more(amira: SigningPage) -> None:
    """Neither in the page, nor by a socket made by hand with all that the page was given."""
    config = amira.config()
    assert {section["level"] for section in config["sections"]} == {"read"}
    wait_until_live(amira.page)
    text = amira.page.locator(".ProseMirror").first
    text.click()
    amira.page.keyboard.type("One more word.")
    expect(text).not_to_contain_text("One more word.")
    section = UUID(config["sections"][0]["id"])
    with connect(config["url"], origin=Origin(amira.page.url.split("/reports/")[0])) as socket:
        client = RawClient(socket)
        client.join(section, config["token"])
        client.say(section, protocol.update(typing("one more word")[0]))
        assert client.expect("status") == 0


def evidence_is_offered(amira: SigningPage) -> None:
    """To whoever may read the text, and to nobody else."""
    amira.open()
    link = amira.page.get_by_role("link", name="Download the evidence (ZIP)")
    with amira.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "evidence-version-1.zip"
    address = amira.page.url.split("/reports/")[0] + str(link.get_attribute("href"))
    assert httpx.get(address).status_code == 302


def look(signing: SigningPage) -> None:
    """The page as it is now is accessible, at both widths."""
    wide = signing.page.viewport_size
    assert wide is not None
    for size in (wide, NARROW):
        signing.page.set_viewport_size(size)
        assert violations(signing.page) == []
        assert sideways_scroll(signing.page) == 0
    signing.page.set_viewport_size(wide)
