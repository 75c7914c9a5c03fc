"""The whole of it on one text: three people discuss it, a risk keeps it from being frozen, five people sign nine seats,
nobody can write any more, and one reopening voids all nine.

That nobody else hears of a private thread is tested address by address in `documents/threads/test_private_threads.py`.
"""

import re
from pathlib import Path
from uuid import UUID

import httpx
from playwright.sync_api import expect
from websockets.sync.client import connect
from websockets.typing import Origin

from documents.coedit import protocol
from tests.browser.axe import sideways_scroll, violations
from tests.browser.comments import Comments
from tests.browser.conftest import NARROW, OpenPage
from tests.browser.places import wait_until_live
from tests.browser.report import Report
from tests.browser.signing import SIGNATORIES, WHY, SigningPage
from tests.documents.coedit.raw import RawClient, typing
from tests.support.portal import Portal

# The reviewer may comment on the statement and not write in it; the lead and the author of another partnership write.
REVIEWER, LEAD, OTHER = "rosalind.tewk", "amira.khan", "priya.lindqvist"
SECTION = "What happened and what we are sorry for"
SEATS = sum(SIGNATORIES.values())
PRIVATE, OPEN, INSTEAD, RISK = "Between ourselves", "Is this enough?", "This morning", "This names a street."


def test_from_the_first_comment_to_nine_signatures_and_back(portal: Portal, open_page: OpenPage) -> None:
    reviewer, amira, other = (SigningPage(open_page(portal, who), portal, who) for who in (REVIEWER, LEAD, OTHER))

    they_discuss(portal, reviewer, amira, other)
    a_risk_keeps_it_from_being_frozen(reviewer, amira)
    amira.freeze()
    amira.page.goto(amira.statement)
    expect(amira.page.get_by_text("This text is frozen as version 1")).to_be_visible()
    five_people_sign(portal, open_page, amira)
    nobody_writes_any_more(amira)
    evidence_is_offered(amira)
    nobody_else_heard_of_what_was_private(portal, amira, other)

    amira.reopen()
    amira.page.get_by_role("link", name="Version 1, For signature").click()
    expect(amira.cells("Void")).to_have_count(SEATS)
    expect(amira.page.get_by_text(f"Made void by {amira.person['name']}")).to_have_count(SEATS)
    expect(amira.page.get_by_text(WHY).first).to_be_visible()
    look(amira)


def they_discuss(portal: Portal, reviewer: SigningPage, amira: SigningPage, other: SigningPage) -> None:
    """Who may not write suggests, and somebody who writes accepts; a comment among themselves reaches nobody else."""
    heard: list[str] = []
    other.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    from_council, lead, bristol = (comments(one, portal) for one in (reviewer, amira, other))
    before = from_council.text().text_content()
    from_council.choose(2)
    reviewer.page.keyboard.type("words that have no place here")

    from_council.comment(PRIVATE, to="Send to North Somerset Council only")
    name = from_council.card(PRIVATE).get_attribute("id")
    from_council.comment(OPEN, paragraph=1)
    assert from_council.text().text_content() == before
    old = from_council.suggest(INSTEAD, words=1)
    for page in (lead, bristol):
        expect(page.card(OPEN)).to_be_visible()
        assert PRIVATE not in page.page.content()
    assert name
    assert heard
    assert not any(PRIVATE in frame or name.removeprefix("thread-") in frame for frame in heard)

    lead.do(INSTEAD, "Accept")
    for page in (from_council, lead, bristol):
        expect(page.text()).to_have_text(str(before).replace(old, INSTEAD, 1))
        expect(page.open(INSTEAD)).to_contain_text("Accepted by Amira Khan")


def comments(signing: SigningPage, portal: Portal) -> Comments:
    return Comments(Report(signing.page, portal, SECTION, address=signing.statement), SECTION)


def a_risk_keeps_it_from_being_frozen(reviewer: SigningPage, amira: SigningPage) -> None:
    """Sent without the editor, on the page that comments on a whole section; listed with a link until it is settled."""
    section = reviewer.config()["sections"][0]["id"]
    reviewer.page.goto(f"/sections/{section}/threads/")
    reviewer.page.get_by_label("Identification risk").check()
    reviewer.page.get_by_label("Your comment").fill(RISK)
    reviewer.page.get_by_role("button", name="Send to everyone").click()
    reviewer.page.wait_for_url("**/threads/*/")

    amira.page.goto(f"{amira.statement}freeze/")
    expect(amira.page.get_by_role("heading", name="To settle first: 1 thing")).to_be_visible()
    expect(amira.page.get_by_role("button", name="Freeze the text")).to_have_count(0)
    look(amira)
    amira.page.locator(".jrp-note--amber").get_by_role("link").click()
    expect(amira.page.get_by_text(RISK)).to_be_visible()
    amira.page.get_by_role("button", name="Resolve").click()
    expect(amira.page.get_by_text("Resolved by Amira Khan")).to_be_visible()


def five_people_sign(portal: Portal, open_page: OpenPage, amira: SigningPage) -> None:
    """Whoever holds seats in three partnerships decides three times on one screen; the last signature agrees the text."""
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


def nobody_writes_any_more(amira: SigningPage) -> None:
    """Neither in the page, nor by a socket made by hand with all that the page was given."""
    config = amira.config()
    assert {section["level"] for section in config["sections"]} == {"read"}
    wait_until_live(amira.page)
    expect(amira.page.get_by_text(re.compile("^This text is agreed as version 1"))).to_be_visible()
    expect(amira.page.locator("[data-save]")).to_contain_text("Frozen: nobody can change the text")
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


def nobody_else_heard_of_what_was_private(portal: Portal, amira: SigningPage, other: SigningPage) -> None:
    """Neither the one who leads nor another partnership: not as data, in a file or in any e-mail that was sent."""
    for signing in (amira, other):
        board = signing.page.request.get(f"{signing.statement}threads/").text()
        signing.page.goto(f"{signing.statement}comment-log/")
        signing.page.get_by_label("CSV").check()
        with signing.page.expect_download() as download:
            signing.page.get_by_role("button", name="Download the file").click()
        for told in (board, Path(download.value.path()).read_text(encoding="utf-8-sig")):
            assert OPEN in told
            assert PRIVATE not in told
    letters = list((portal.folder / "mail").iterdir())
    assert letters
    assert not [letter for letter in letters if PRIVATE in letter.read_text(encoding="utf-8")]


def look(signing: SigningPage) -> None:
    """The page as it is now is accessible, at both widths."""
    wide = signing.page.viewport_size
    assert wide is not None
    for size in (wide, NARROW):
        signing.page.set_viewport_size(size)
        assert violations(signing.page) == []
        assert sideways_scroll(signing.page) == 0
    signing.page.set_viewport_size(wide)
