"""Comments at 1280 and 320 pixels: axe-core finds nothing, nothing scrolls sideways; another's keystroke redraws no mark."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sideways_scroll, violations
from tests.browser.comments import Comments
from tests.browser.conftest import OpenPage
from tests.browser.report import SCOPE, Report
from tests.support.portal import Portal


def found(comments: Comments) -> list[str]:
    """What is wrong with the page as it is now."""
    # A wide table in the live text scrolls with the caret that stands in it.
    wrong = [violation for violation in violations(comments.page) if ".tableWrapper" not in violation]
    return wrong + ["it scrolls sideways"] * (sideways_scroll(comments.page) > 0)


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_axe_finds_nothing(shared_portal: Portal, open_page: OpenPage, *, narrow: bool) -> None:
    lead = Comments(Report(open_page(shared_portal, "amira.khan", narrow=narrow), shared_portal, SCOPE))
    first = lead.rail.locator("details.ed-thread summary").first
    first.click()
    lead.choose(3, paragraph=1)
    lead.page.keyboard.press("Control+Alt+s")
    lead.rail.get_by_text("Mention somebody").first.click()
    offered = lead.rail.get_by_role("group", name="People and organisations")
    expect(offered).to_contain_text("Only those who can see this comment are listed.")

    assert found(lead) == []

    lead.rail.get_by_role("button", name="Cancel").click()
    opener = lead.page.locator("[data-open-comments]:visible").first
    opener.click()
    expect(lead.page.get_by_role("dialog", name="Comments")).to_be_visible()
    assert found(lead) == []
    lead.page.keyboard.press("Escape")
    expect(opener).to_be_focused()


# Counts what is changed under the text, the others' carets left out.
WATCH = """text => {
    window.changes = [];
    const isCaret = node => node.nodeType === 1 && node.matches(".ed-caret, .ed-gut, img.ProseMirror-separator");
    new MutationObserver(records => {
        for (const { type, target, addedNodes, removedNodes } of records) {
            if (type === "characterData") window.changes.push(target.data);
            const nodes = [...addedNodes, ...removedNodes].filter(node => !isCaret(node));
            if (nodes.length) window.changes.push(`${target.nodeName} ${nodes.map(node => node.nodeName)}`);
        }
    }).observe(text, { subtree: true, childList: true, characterData: true });
}"""


def test_anothers_keystroke_changes_only_its_letter(portal: Portal, open_page: OpenPage) -> None:
    lead, other = (Comments(Report(open_page(portal, name), portal, SCOPE)) for name in ("amira.khan", "owen.tregarth"))
    lead.comment("A comment on the words")
    lead.suggest("A suggestion", paragraph=1)
    expect(other.text(1).locator("ins.ed-ins")).to_be_visible()
    other.report.put_caret_at_end(SCOPE)
    last = lead.report.text(SCOPE).locator("p, li").last
    other.page.keyboard.type("Q")
    expect(last).to_contain_text("Q")
    # Their caret comes by itself, and makes room for itself at the end of a paragraph.
    expect(last.locator(".ed-caret")).to_have_count(1)
    lead.report.text(SCOPE).evaluate(WATCH)

    other.page.keyboard.type("Z")

    expect(last).to_contain_text("QZ")
    changes = lead.page.evaluate("window.changes")
    assert len(changes) == 1
    assert changes[0].endswith("Z")
