"""What somebody else writes changes only its letters on one's own page, however long the section is."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.report import Report
from tests.support.portal import Portal

PARAGRAPHS = 300

# Notes each place that changes, but for others' carets: they move with what their people write.
NOTE_CHANGES = """text => {
    window.changes = [];
    const isCaret = node => Boolean((node.nodeType === 1 ? node : node.parentElement)?.closest(".ed-caret"));
    new MutationObserver(records => {
        for (const {type, target, addedNodes, removedNodes} of records) {
            const nodes = [...addedNodes, ...removedNodes];
            if (isCaret(target) || (nodes.length && nodes.every(isCaret))) continue;
            const block = (target.nodeType === 1 ? target : target.parentElement).closest("p, li, h3, h4, td, th");
            const copy = block?.cloneNode(true);
            copy?.querySelectorAll(".ProseMirror-widget").forEach(mark => mark.remove());
            changes.push({type, block: copy?.textContent, nodes: nodes.length});
        }
    }).observe(text, {subtree: true, childList: true, characterData: true, attributes: true});
}"""


def test_one_letter_of_somebody_else_changes_one_paragraph_and_nothing_in_it_but_its_text(
    portal: Portal, open_page: OpenPage
) -> None:
    amira, priya = (Report(open_page(portal, name), portal) for name in ("amira.khan", "priya.lindqvist"))
    amira.put_caret_at_end()
    amira.paste(html="".join(f"<p>Paragraph {number} of a long section.</p>" for number in range(PARAGRAPHS)))
    expect(priya.text()).to_contain_text(f"Paragraph {PARAGRAPHS - 1} of")
    amira.text().get_by_text("Paragraph 150 of").click()
    amira.page.keyboard.press("End")
    amira.page.keyboard.type("x")
    # A caret comes by itself, and makes room for itself at the end of a paragraph.
    written = priya.text().locator("p", has_text="Paragraph 150 of a long section.x")
    expect(written.locator(".ed-caret")).to_have_count(1)
    priya.text().evaluate(NOTE_CHANGES)

    amira.page.keyboard.type("y")

    expect(priya.text()).to_contain_text("Paragraph 150 of a long section.xy")
    changes = priya.page.evaluate("window.changes")
    assert {change["block"] for change in changes} == {"Paragraph 150 of a long section.xy"}, changes
    assert sum(change["nodes"] for change in changes) <= 2, changes
    assert len(changes) <= 3, changes
