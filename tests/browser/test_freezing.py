"""A risk that somebody could be recognised keeps a text from being frozen until it is settled."""

from playwright.sync_api import Page, expect

from tests.browser.axe import sideways_scroll, violations
from tests.browser.conftest import OpenPage
from tests.browser.signing import SigningPage
from tests.support.portal import Portal

# May comment on the statement and not write in it.
REVIEWER, LEAD = "rosalind.tewk", "amira.khan"
RISK = "The second sentence names a street."


def test_freezing_is_refused_for_an_open_risk_and_then_succeeds(portal: Portal, open_page: OpenPage) -> None:
    reviewer = SigningPage(open_page(portal, REVIEWER), portal, REVIEWER)
    sees_a_risk(reviewer.page, reviewer.config()["sections"][0]["id"])
    lead = SigningPage(open_page(portal, LEAD), portal, LEAD)

    lead.page.goto(f"{lead.statement}freeze/")
    expect(lead.page.get_by_role("heading", name="To settle first: 1 thing")).to_be_visible()
    expect(lead.page.get_by_role("button", name="Freeze the text")).to_have_count(0)
    assert violations(lead.page) == []
    assert sideways_scroll(lead.page) == 0
    lead.page.locator(".jrp-note--amber").get_by_role("link").click()
    expect(lead.page.get_by_text(RISK)).to_be_visible()
    lead.page.get_by_role("button", name="Resolve").click()
    expect(lead.page.get_by_text("Resolved by Amira Khan")).to_be_visible()

    lead.freeze()
    lead.page.goto(lead.statement)
    expect(lead.page.get_by_text("This text is frozen as version 1")).to_be_visible()


def sees_a_risk(page: Page, section: str) -> None:
    """Without the editor, on the page that comments on a whole section."""
    page.goto(f"/sections/{section}/threads/")
    page.get_by_label("Identification risk").check()
    page.get_by_label("Your comment").fill(RISK)
    page.get_by_role("button", name="Send to everyone").click()
    page.wait_for_url("**/threads/*/")
