"""What opens and what goes wrong on the report's page is accessible too, and everything can be done with the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.places import problems, wait_until_live
from tests.browser.report import GLOSSARY, Report
from tests.support.portal import Portal

WRITER, READER = "amira.khan", "jonas.eddowes"


def focused(page: Page) -> str:
    """What has the focus, in a word: its text, else its label."""
    return str(
        page.evaluate("document.activeElement.innerText?.trim() || document.activeElement.getAttribute('aria-label')")
    )


@pytest.fixture
def report(shared_portal: Portal, open_page: OpenPage) -> Report:
    """The report, open for writing at the glossary."""
    report = Report(open_page(shared_portal, WRITER), shared_portal, GLOSSARY)
    wait_until_live(report.page)
    return report


def test_a_dialog_is_accessible_and_gives_the_focus_back(report: Report) -> None:
    report.put_caret_at_end(GLOSSARY)

    report.tool("Footnote")
    found = problems(report.page)
    report.page.keyboard.press("Escape")

    assert found == []
    expect(report.text(GLOSSARY)).to_be_focused()


def test_a_refused_dialog_says_what_is_wrong_and_is_accessible(report: Report) -> None:
    report.put_caret_at_end(GLOSSARY)
    report.tool("Picture")

    report.page.get_by_role("button", name="Add picture").click()

    expect(report.page.get_by_text("Describe what the picture shows")).to_be_visible()
    assert problems(report.page) == []


def test_the_table_menu_is_accessible_and_works_by_keyboard(report: Report) -> None:
    report.put_caret_at_end(GLOSSARY)
    report.page.keyboard.press("Alt+F10")
    expect(report.page.get_by_role("toolbar")).to_be_visible()
    report.page.get_by_role("toolbar").get_by_role("button", name="Table").focus()

    report.page.keyboard.press("Enter")
    expect(report.page.get_by_role("menuitem").first).to_be_focused()
    found = problems(report.page)
    report.page.keyboard.press("Escape")

    assert found == []
    assert focused(report.page) == "Table"


def test_the_list_of_who_can_do_what_is_accessible(report: Report) -> None:
    report.section(GLOSSARY).get_by_text("Who can do what here").click()

    assert problems(report.page) == []


def test_not_saved_is_said_and_accessible(report: Report) -> None:
    report.put_caret_at_end(GLOSSARY)
    report.page.context.set_offline(True)

    report.page.keyboard.type(" Written without a connection.")

    expect(report.page.locator("[data-banner]").get_by_text("not saved yet")).to_be_visible()
    assert problems(report.page) == []
    report.page.context.set_offline(False)
    expect(report.page.locator("[data-save]")).to_contain_text("Saved", timeout=30_000)


def test_on_a_phone_the_contents_open_as_a_page_and_lead_to_a_section(shared_portal: Portal, open_page: OpenPage) -> None:
    page = open_page(shared_portal, READER, narrow=True)
    page.goto(shared_portal.demo["report"])
    wait_until_live(page)

    page.get_by_role("navigation", name="In this report").get_by_role("link", name="Contents").click()
    found = problems(page)
    page.get_by_role("dialog").get_by_role("link", name=GLOSSARY).click()

    assert found == []
    expect(page.get_by_role("heading", level=2, name=GLOSSARY)).to_be_focused()
    expect(page.get_by_role("heading", level=2, name=GLOSSARY)).to_be_in_viewport()


def test_the_first_tab_skips_to_the_content(shared_portal: Portal, open_page: OpenPage) -> None:
    page = open_page(shared_portal, READER)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


# Whether the focus shows, and whether something lies over it.
STOP = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const style = getComputedStyle(stop), box = stop.getClientRects()[0];
  // A link may wrap, so its first line counts; a text may be longer than the window, so its part in the middle does.
  const middle = Math.max(box.top, Math.min(box.bottom, innerHeight / 2));
  const y = stop.isContentEditable ? middle : box.top + Math.min(box.height, 30) / 2;
  const over = document.elementFromPoint(box.left + Math.min(box.width, 200) / 2, y);
  const isSeen = over && (stop.contains(over) || over.contains(stop) || over.closest("label")?.control === stop);
  return {
    name: (stop.innerText || stop.getAttribute("aria-label") || stop.name || stop.id).trim().slice(0, 40),
    shows: style.outlineStyle !== "none" || style.boxShadow !== "none" || stop.isContentEditable,
    covered: box.width > 1 && !isSeen,
  };
}"""


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
@pytest.mark.parametrize("path", ["/my-work/", "{review}people/", "/reviews/new/", "{report}", "{report}sections/", "/"])
def test_each_stop_of_the_tab_key_shows_and_is_not_covered(
    shared_portal: Portal, open_page: OpenPage, path: str, narrow: bool
) -> None:
    page = open_page(shared_portal, WRITER, narrow=narrow)
    page.goto(path.format(**shared_portal.demo))
    wait_until_live(page)
    stops = []

    for _ in range(45):
        page.keyboard.press("Tab")
        if (stop := page.evaluate(STOP)) is None:
            break
        stops.append(stop)

    assert len(stops) > 5
    assert [stop for stop in stops if not stop["shows"] or stop["covered"]] == []
