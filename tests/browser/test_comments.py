"""People comment beside the text, with the keyboard, and only those see it who are meant to."""

from playwright.sync_api import Dialog, expect

from tests.browser.comments import Comments
from tests.browser.conftest import OpenPage
from tests.browser.report import SCOPE, Report
from tests.support.portal import Portal

# Of North Somerset Council, who may comment but not write; the lead; an author of South Gloucestershire Council.
REVIEWER, LEAD, OTHER = "rosalind.tewk", "amira.khan", "owen.tregarth"


def comments(portal: Portal, open_page: OpenPage, person: str, *, narrow: bool = False) -> Comments:
    return Comments(Report(open_page(portal, person, narrow=narrow), portal, SCOPE))


def test_a_reviewer_comments_with_the_keyboard_and_changes_nothing_in_the_text(portal: Portal, open_page: OpenPage) -> None:
    reviewer, lead = (comments(portal, open_page, name) for name in (REVIEWER, LEAD))
    before = reviewer.text().text_content()

    reviewer.choose(2)
    reviewer.page.keyboard.type("words that have no place here")
    reviewer.page.keyboard.press("Backspace")
    quote = reviewer.comment("Is this the whole period?")

    expect(lead.text().locator(".ed-q")).to_have_text([quote])
    expect(lead.card("Is this the whole period?")).to_contain_text("Everyone on the review can see this")
    assert reviewer.text().text_content() == lead.text().text_content() == before


def test_a_comment_for_ones_own_organisation_never_reaches_another_ones_page(portal: Portal, open_page: OpenPage) -> None:
    reviewer, lead, other = (comments(portal, open_page, name) for name in (REVIEWER, LEAD, OTHER))
    heard: list[str] = []
    other.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    other.page.reload()
    other = Comments(other.report)
    heard.clear()

    reviewer.comment("Between ourselves", to="Send to North Somerset Council only")
    mark = reviewer.text().locator(".ed-q--own")
    reviewer.comment("For everyone to see", paragraph=1)

    expect(reviewer.card("Between ourselves")).to_contain_text("Only North Somerset Council can see this")
    expect(mark).to_have_count(1)
    for page in (lead, other):
        expect(page.card("For everyone to see")).to_be_visible()
        assert "Between ourselves" not in page.page.content()
        expect(page.text().locator(".ed-q")).to_have_count(0)
    assert sum("threads" in frame for frame in heard) == 1


def test_markup_that_somebody_writes_is_shown_as_it_was_written(portal: Portal, open_page: OpenPage) -> None:
    reviewer, lead = (comments(portal, open_page, name) for name in (REVIEWER, LEAD))
    markup = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"

    reviewer.comment(f"{markup} A comment")
    reviewer.suggest(f"{markup} a suggestion", paragraph=1)

    expect(lead.open("A comment")).to_contain_text(f"{markup} A comment")
    expect(lead.text(1).locator("ins.ed-ins")).to_contain_text(f"{markup} a suggestion")
    lead.do("a suggestion", "Accept")
    expect(lead.text(1)).to_contain_text(f"{markup} a suggestion")
    lead.page.reload()
    for page in (reviewer, Comments(lead.report)):
        expect(page.text(1)).to_contain_text(f"{markup} a suggestion")
        expect(page.report.section(SCOPE).locator("script, img")).to_have_count(0)
        assert page.page.title() != "run"


def test_sharing_asks_first_and_then_shows_it_to_everyone(portal: Portal, open_page: OpenPage) -> None:
    reviewer, other = (comments(portal, open_page, name) for name in (REVIEWER, OTHER))
    reviewer.comment("Ours until shared", to="Send to North Somerset Council only")

    reviewer.do("Ours until shared", "Share with everyone")
    reviewer.page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(reviewer.card("Ours until shared")).to_contain_text("Only North Somerset Council")
    reviewer.do("Ours until shared", "Share with everyone")
    reviewer.page.get_by_role("dialog").get_by_role("button", name="Share with everyone").click()

    expect(other.card("Ours until shared")).to_contain_text("Everyone on the review can see this")


def test_a_comment_whose_words_are_gone_says_so_and_shows_them(portal: Portal, open_page: OpenPage) -> None:
    reviewer, lead = (comments(portal, open_page, name) for name in (REVIEWER, LEAD))
    quote = reviewer.comment("Please check this")
    expect(lead.card("Please check this")).to_be_visible()

    lead.choose(4)
    lead.page.keyboard.press("Delete")

    for page in (reviewer, lead):
        card = page.open("Please check this")
        expect(card).to_contain_text("The text has changed. It said:")
        expect(card.locator("q")).to_have_text(quote)
        expect(page.text().locator(".ed-q")).to_have_count(0)


def test_what_one_types_stays_while_another_replies(portal: Portal, open_page: OpenPage) -> None:
    reviewer, lead = (comments(portal, open_page, name) for name in (REVIEWER, LEAD))
    reviewer.comment("Who knew this?")
    reply = lead.open("Who knew this?").get_by_role("textbox", name="Reply")
    reply.press_sequentially("Half a sen")

    reviewer.card("Who knew this?").get_by_role("textbox", name="Reply").fill("The school did.")
    reviewer.card("Who knew this?").get_by_role("button", name="Send to everyone").click()

    expect(lead.card("Who knew this?")).to_contain_text("The school did.")
    expect(reply).to_be_focused()
    lead.page.keyboard.type("tence.")
    expect(reply).to_have_value("Half a sentence.")
    lead.card("Who knew this?").get_by_role("button", name="Send to everyone").click()
    expect(reviewer.card("Who knew this?")).to_contain_text("Half a sentence.")
    expect(reply).to_have_value("")


def test_without_a_connection_nothing_typed_is_lost(portal: Portal, open_page: OpenPage) -> None:
    reviewer = comments(portal, open_page, REVIEWER)
    reviewer.choose(3)
    reviewer.page.keyboard.press("Control+Alt+m")
    reviewer.page.keyboard.type("Kept while the line is down")
    box = reviewer.rail.get_by_role("textbox", name="Comment")

    reviewer.page.context.set_offline(True)
    reviewer.send("Send to everyone")
    expect(reviewer.rail.get_by_role("alert").first).to_contain_text("cannot be reached")
    expect(box).to_have_value("Kept while the line is down")
    reviewer.page.context.set_offline(False)
    warnings: list[str] = []

    def stay(dialog: Dialog) -> None:
        warnings.append(dialog.type)
        dialog.dismiss()

    reviewer.page.once("dialog", stay)
    reviewer.page.close(run_before_unload=True)
    expect(box).to_have_value("Kept while the line is down")
    assert warnings == ["beforeunload"]

    reviewer.send("Send to everyone")
    expect(reviewer.card("Kept while the line is down")).to_be_visible()


def test_going_to_the_words_and_back(portal: Portal, open_page: OpenPage) -> None:
    lead = comments(portal, open_page, LEAD)
    quote = lead.comment("There and back")

    lead.do("There and back", "Go to the text")
    expect(lead.report.text(SCOPE)).to_be_focused()
    assert lead.page.evaluate("getSelection().toString()") == quote
    lead.page.keyboard.press("F6")
    expect(lead.card("There and back").locator("summary").first).to_be_focused()
    lead.page.keyboard.press("Escape")
    expect(lead.report.text(SCOPE)).to_be_focused()

    address = lead.card("There and back").get_attribute("id")
    lead.page.goto(f"{portal.demo['report']}#{address}")
    lead.page.reload()
    expect(lead.card("There and back")).to_have_attribute("open", "")
    expect(lead.card("There and back")).to_be_in_viewport()


def test_comments_on_a_whole_section_resolved_and_found_by_the_filter(portal: Portal, open_page: OpenPage) -> None:
    lead = comments(portal, open_page, LEAD)
    lead.rail.get_by_role("button", name="Comment on section 2").click()
    lead.page.keyboard.type("About all of it")
    lead.rail.get_by_label("Kind").select_option("Factual accuracy")
    lead.send("Send to everyone")
    expect(lead.card("About all of it")).to_contain_text("About the whole section")
    count = lead.rail.locator("h3").text_content()

    lead.do("About all of it", "Resolve")
    expect(lead.card("About all of it")).to_contain_text("Resolved by Amira Khan")
    expect(lead.rail.locator("h3")).not_to_have_text(count or "")
    lead.page.locator("[data-open-comments]:visible").click()
    dialog = lead.page.get_by_role("dialog", name="Comments")
    found = dialog.get_by_role("listitem").filter(has_text="About all of it")
    dialog.get_by_label("Whose").select_option("Mine")
    dialog.get_by_label("Kind").select_option("Factual accuracy")
    expect(found).to_have_count(1)
    dialog.get_by_label("State").select_option("Open")
    expect(found).to_have_count(0)
    dialog.get_by_label("State").select_option("Open and closed")
    found.get_by_role("button", name="Go to").click()
    expect(lead.card("About all of it").locator("summary").first).to_be_focused()
