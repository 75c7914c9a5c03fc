"""A reviewer suggests other words; an editor accepts them with one press and takes them back with one undo."""

import re

from playwright.sync_api import expect

from tests.browser.comments import Comments
from tests.browser.conftest import OpenPage
from tests.browser.report import SCOPE, Report
from tests.support.portal import Portal

REVIEWER, LEAD, OTHER = "rosalind.tewk", "amira.khan", "owen.tregarth"


def comments(portal: Portal, open_page: OpenPage, person: str) -> Comments:
    return Comments(Report(open_page(portal, person), portal, SCOPE))


def plain(page: Comments, paragraph: int = 0) -> str:
    """The words of a paragraph as they are stored."""
    return page.report.words_in("p", page.title)[paragraph]


def test_a_suggestion_is_shown_in_the_text_accepted_with_one_press_and_undone(portal: Portal, open_page: OpenPage) -> None:
    reviewer, lead, other = (comments(portal, open_page, name) for name in (REVIEWER, LEAD, OTHER))
    before = plain(lead)
    quote = reviewer.suggest("Three partnerships together")

    for page in (reviewer, lead, other):
        expect(page.text().locator("del.ed-del").first).to_be_visible()
        expect(page.text().locator("ins.ed-ins")).to_have_text("Suggested insertion: Three partnerships together")
        expect(page.text()).to_contain_text("Suggested deletion: ")
        assert plain(page) == before

    lead.do("Three partnerships together", "Accept")
    for page in (reviewer, lead, other):
        expect(page.text()).to_have_text(before.replace(quote, "Three partnerships together"))
        expect(page.open("Three partnerships together")).to_contain_text("Accepted by Amira Khan")
    lead.report.expect_saved()

    other.choose(0, paragraph=1)
    other.page.keyboard.type("Meanwhile ")
    expect(lead.text(1)).to_contain_text("Meanwhile")
    lead.text(2).click(position={"x": 1, "y": 6})
    lead.page.keyboard.press("Control+z")
    for page in (reviewer, lead, other):
        expect(page.text()).to_have_text(before)
        expect(page.text(1)).to_contain_text("Meanwhile")
    lead.card("Three partnerships together").get_by_role("button", name="Open the suggestion again").first.click()

    for page in (reviewer, lead, other):
        expect(page.text().locator("ins.ed-ins")).to_contain_text("Three partnerships together")


def test_two_screens_accept_at_once_and_the_words_are_there_once(portal: Portal, open_page: OpenPage) -> None:
    reviewer, *screens = (comments(portal, open_page, name) for name in (REVIEWER, LEAD, LEAD))
    before = plain(reviewer)
    quote = reviewer.suggest("Only once")
    buttons = [page.open("Only once").get_by_role("button", name="Accept the suggestion").first for page in screens]

    for button in buttons:
        expect(button).to_be_visible()
    for button in buttons:
        button.evaluate("button => button.click()")

    told = re.compile("the words are in the text|has accepted this suggestion already")
    for page in screens:
        expect(page.card("Only once")).to_contain_text(told)
        expect(page.text()).to_have_text(before.replace(quote, "Only once"))
    expect(reviewer.text()).to_have_text(before.replace(quote, "Only once"))
    (first,) = (page for page in screens if "the words are in the text" in page.card("Only once").inner_text())
    first.card("Only once").get_by_role("button", name="Undo").click()
    for page in (reviewer, *screens):
        expect(page.text()).to_have_text(before)


def test_a_suggestion_whose_text_has_changed_is_not_applied_and_both_are_shown(portal: Portal, open_page: OpenPage) -> None:
    reviewer, lead = (comments(portal, open_page, name) for name in (REVIEWER, LEAD))
    reviewer.suggest("Other words")
    expect(lead.text().locator("ins.ed-ins")).to_be_visible()
    lead.choose(1)
    lead.page.keyboard.press("ArrowRight")
    lead.page.keyboard.type("new ")
    expect(lead.text().locator("ins.ed-ins")).to_have_count(0)
    now = plain(lead)

    lead.do("Other words", "Accept")

    card = lead.card("Other words")
    expect(card).to_contain_text("Not accepted, because the text has changed. The text now says")
    expect(card).to_contain_text("to “Other words”")
    expect(card.get_by_role("button", name="Accept", exact=False).first).to_be_visible()
    assert plain(lead) == now


def test_an_empty_suggestion_deletes_and_all_of_a_person_are_accepted_at_once(portal: Portal, open_page: OpenPage) -> None:
    reviewer, lead = (comments(portal, open_page, name) for name in (REVIEWER, LEAD))
    first = plain(lead)
    quote = reviewer.choose(3)
    reviewer.page.keyboard.press("Control+Alt+s")
    box = reviewer.rail.get_by_role("textbox", name="New words")
    box.fill("")
    reviewer.rail.get_by_role("textbox", name="Why").fill("It says nothing.")
    reviewer.send("Send to everyone")
    expect(reviewer.card("It says nothing.")).to_contain_text(f"Suggests to delete “{quote}”")
    old = reviewer.suggest("Another start", paragraph=2)

    lead.open("Another start").get_by_role("button", name=re.compile(r"^Accept all \d+ of Rosalind Tewk")).click()
    lead.page.get_by_role("dialog").get_by_role("button", name="Accept all").click()

    expect(reviewer.text()).to_have_text(first.removeprefix(quote))
    expect(reviewer.text(2)).to_contain_text("Another start")
    expect(reviewer.text(2)).not_to_contain_text(old)
