"""A report with 30 sections in Chromium: how soon it is live, and how soon one person's keystroke is on another's screen.

`python tests/bench/bench_browser.py [--sections 30] [--repeats 5] [--keys 100]`: about two minutes. The portal is the
demonstration with more sections, started for this and ended after it. Each repeat is a new visit with nothing cached.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.scratch import described
from tests.browser.conftest import WIDE, chromium_of, sign_in
from tests.browser.report import Report
from tests.support.portal import Portal, make_portal

WRITER, READER = "amira.khan", "priya.lindqvist"
TITLE = "One of many 1"
LIVE_SECONDS = 60

FILL = """
from documents.actions import sections
from documents.models import Report
from tests.documents.helpers import write
from accounts.models import User
report = Report.objects.select_related("review").get(pk="{report}")
lead = User.objects.get(email="{lead}")
number = 0
while report.sections.present().count() < {sections}:
    number += 1
    section = sections.add(report, title=f"One of many {{number}}", by=lead)
    for _ in range(6):
        write(section, "Nobody joined the dots across the three areas. " * 12, by=lead)
"""
# Noted by the page itself, in milliseconds since the visit began.
NOTE_WHEN_LIVE = """
    window.liveAt = {};
    const look = () => {
        if (document.querySelector("section.ed-sec .ProseMirror")) liveAt.first ??= performance.now();
        if (document.querySelector("[data-save][data-state=saved]")) liveAt.all ??= performance.now();
        if (!liveAt.all) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"""
NOTE_KEYS = """() => {
    window.keys = [];
    document.addEventListener("keydown", () => keys.push(performance.timeOrigin + performance.now()), true);
}"""
# In the order of the keys, since each one waits for the one before.
NOTE_LETTERS = """text => {
    window.letters = [];
    let had = text.textContent.length;
    new MutationObserver(() => {
        for (; had < text.textContent.length; had++) letters.push(performance.timeOrigin + performance.now());
    }).observe(text, {subtree: true, childList: true, characterData: true});
}"""


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=30)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--keys", type=int, default=100)
    chosen = parser.parse_args()
    with _running(chosen.sections) as portal, sync_playwright() as playwright:
        browser = chromium_of(playwright)
        visits = [_visit(browser, portal) for _ in range(chosen.repeats)]
        delays = _type(browser, portal, chosen.keys)
        print(f"{described()} · Chromium {browser.version} · medians of {chosen.repeats}\n")
    print(f"| a report with {chosen.sections} sections | ms |\n|---|---|")
    print(f"| the first section is live | {statistics.median(first for first, _ in visits):,.0f} |")
    print(f"| all are connected and saved | {statistics.median(everything for _, everything in visits):,.0f} |")
    quantiles = statistics.quantiles(delays, n=20)
    print(f"| keystroke → the other's text, p50 of {len(delays)} | {quantiles[9]:.1f} |")
    print(f"| keystroke → the other's text, p95 | {quantiles[18]:.1f} |")


@contextmanager
def _running(sections: int) -> Iterator[Portal]:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        portal = make_portal(Path(folder) / "portal")
        _fill(portal, sections)
        portal.start()
        try:
            yield portal
        finally:
            portal.stop()


def _fill(portal: Portal, sections: int) -> None:
    report, lead = portal.demo["report"].strip("/").split("/")[-1], portal.sign_in_of(WRITER)["email"]
    portal.manage("shell", "-v", "0", "-c", FILL.format(report=report, lead=lead, sections=sections))


def _page(browser: Browser, portal: Portal, who: str) -> Page:
    page = browser.new_context(viewport=WIDE, base_url=portal.address, locale="en-GB").new_page()
    sign_in(page, portal, who)
    return page


def _visit(browser: Browser, portal: Portal) -> tuple[float, float]:
    """When the first section was live, and when all were."""
    page = _page(browser, portal, READER)
    page.add_init_script(NOTE_WHEN_LIVE)
    page.goto(portal.demo["report"])
    page.locator("[data-save][data-state=saved]").wait_for(state="attached", timeout=LIVE_SECONDS * 1000)
    _wait(page, "() => Boolean(window.liveAt.all)")
    noted = page.evaluate("window.liveAt")
    page.context.close()
    return noted["first"], noted["all"]


def _type(browser: Browser, portal: Portal, keys: int) -> list[float]:
    """One letter after the other, each once the one before has come; how long each took."""
    writer, reader = (Report(_page(browser, portal, who), portal, TITLE) for who in (WRITER, READER))
    writer.put_caret_at_end(TITLE)
    reader.text(TITLE).evaluate(NOTE_LETTERS)
    writer.page.evaluate(NOTE_KEYS)
    for number in range(keys):
        writer.page.keyboard.press("abcdefgh"[number % 8])
        _wait(reader.page, f"() => window.letters.length > {number}")
    pressed, come = writer.page.evaluate("window.keys"), reader.page.evaluate("window.letters")
    return [there - here for here, there in zip(pressed, come, strict=True)]


def _wait(page: Page, condition: str) -> None:
    """Ask until it is so. (The page's own security policy keeps Playwright from waiting within it.)"""
    deadline = time.monotonic() + LIVE_SECONDS
    while not page.evaluate(condition):
        if time.monotonic() > deadline:
            raise TimeoutError(condition)


if __name__ == "__main__":
    main()
