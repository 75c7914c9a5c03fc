"""Every page of the portal, found as a person finds it: by following links from the first screen."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.axe import sideways_scroll, violations
from tests.browser.signing import SigningPage
from tests.support.portal import Portal

LEAD, OTHER_ADMIN = "amira.khan", "priya.lindqvist"
BRISTOL = "Keeping Bristol Safe Partnership"
Places = dict[str, str]
# One review's pages lead where another's do not: an invitation to answer, one to withdraw, a review to leave.
DIFFER = {"review", "review_people", "participation"}

WRITE = """
from accounts.mail_choices import unsubscribe_link
from accounts.models import Letter, User
person = User.objects.get(email="{person}")
print(unsubscribe_link(Letter.objects.create(to=person, group="comments"), "comments"))
"""

# They answer a form, a script or another system, never with a page of their own.
NOT_PAGES = {
    "health",
    "openid_connect_login",
    "openid_connect_callback",
    "account_session_end",
    "account_sessions_end_all",
    "membership_reactivate",
    "seat_up",
    "version_evidence",
    "invitation_resend",
    "mfa_login_webauthn",
    "report_token",
    "version_canonical",
    "section_done",
    "section_reopen",
    "section_move",
    "section_restore",
    "section_images",
    "image",
    "notification",
    "notification_read",
    "notifications_read",
    "report_threads",
    "suggestion_accept",
    "suggestion_decline",
    "suggestion_reopen",
    "suggestion_withdraw",
    "thread_reopen",
    "thread_reply",
    "thread_resolve",
}


def all_pages() -> set[str]:
    """The names of every address that shows a page."""
    return {str(pattern.name) for pattern in _patterns(get_resolver())} - NOT_PAGES


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


def name_of(address: str) -> str:
    """The name of an address of the portal, or "" for what is none."""
    try:
        return str(resolve(urlsplit(address).path).url_name)
    except Resolver404:
        return ""


def walk(page: Page, start: str) -> Places:
    """From a first page, one address of each kind that links lead to."""
    found, seen, waiting = {name_of(start): start}, {start}, [start]
    while waiting:
        page.goto(waiting.pop(0))
        for address in _links(page):
            name = name_of(address)
            if not name or name in NOT_PAGES or address in seen or (name in found and name not in DIFFER):
                continue
            seen.add(address)
            waiting.append(address)
            found.setdefault(name, address)
    return found


def _links(page: Page) -> list[str]:
    """The paths that the page links to within the portal."""
    here = urlsplit(page.url)
    hrefs = page.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href'))")
    targets = [urlsplit(urljoin(page.url, href)) for href in hrefs]
    return [
        target._replace(scheme="", netloc="", fragment="").geturl() for target in targets if target.netloc == here.netloc
    ]


def wait_until_live(page: Page) -> None:
    """On a report's page, wait until its sections are connected; elsewhere there is nothing to wait for."""
    if page.locator("[data-report] [data-section]").count():
        page.locator("[data-save][data-state=saved]").wait_for(state="attached")


def problems(page: Page) -> list[str]:
    """What is wrong with the page as it is now."""
    wide = sideways_scroll(page)
    return violations(page) + ([f"{wide} px too wide"] if wide else [])


def open_second_review(page: Page) -> None:
    """Amira opens a review and invites Bristol, so that there is an invitation to answer and one to withdraw."""
    page.goto("/reviews/new/")
    page.get_by_label("Title").fill("A second review, for its pages")
    page.locator("[name=kind]").first.check()
    page.get_by_label("Why is there a review?").fill("To be looked at.")
    page.get_by_label("Why does your partnership lead it?").fill("It has the most children in it.")
    page.get_by_role("button", name="Open the review").click()
    page.wait_for_url(re.compile(r"/reviews/[0-9a-f-]{36}/"))
    page.goto(f"{page.url}invite/")
    page.get_by_label(BRISTOL).check()
    page.get_by_role("button", name="Send the invitations").click()
    page.wait_for_url("**/people/")


def invite_somebody(page: Page, portal: Portal) -> Places:
    """Amira invites a person; the pages that the link in the e-mail leads to."""
    page.goto("/organisation/invitations/new/")
    page.get_by_label("Work e-mail address").fill("new.person@north-somerset.example")
    page.locator("[name=role]").first.check()
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_text("The invitation is on its way").wait_for()
    link = newest_mail(portal, r"(/invitation/[^\s/]+/)")
    return {"invitation": link, "invitation_decline": f"{link}decline/"}


def freeze_the_statement(page: Page, portal: Portal) -> Places:
    """Amira puts the joint statement out for signature; the pages that there are only then."""
    amira = SigningPage(page, portal, LEAD)
    amira.freeze()
    amira.open()
    sheet = amira.page.get_by_role("link", name="Print the sign-off sheet").get_attribute("href") or ""
    version, path = sheet.removesuffix("sheet/print/"), urlsplit(amira.statement).path
    places = {"version": version, "version_sheet": f"{version}sheet/", "version_sheet_print": sheet}
    return places | {"report_sign_off": f"{path}sign-off/", "report_reopen": f"{path}reopen/"}


def comment_privately(page: Page, portal: Portal) -> Places:
    """Amira comments for her own organisation; the pages that there are of comments and suggestions."""
    report = portal.demo["report"]
    page.goto(f"{report}comments/?state=all")
    page.get_by_text("How many on each section").click()
    page.get_by_role("link", name=re.compile("^Comment on ")).first.click()
    start = urlsplit(page.url).path
    page.get_by_label("Your comment").fill("Between us: is this right?")
    page.get_by_role("button", name=re.compile("^Send to .* only$")).click()
    page.wait_for_url("**/threads/*/")
    thread = urlsplit(page.url).path
    told = page.request.get(f"{report}threads/").json()["threads"]
    page.goto(next(one["url"] for one in told if one["may"]["decline"]))
    alike = page.get_by_role("link", name=re.compile("^Decline all suggestions of ")).get_attribute("href") or ""
    return {
        "report_comments": f"{report}comments/",
        "section_threads": start,
        "thread": thread,
        "thread_share": f"{thread}share/",
        "person_suggestions": alike,
    }


def write_to_somebody(portal: Portal) -> Places:
    """The page that the link in an e-mail about notifications leads to."""
    person = portal.sign_in_of(LEAD)["email"]
    answer = portal.manage("shell", "-v", "0", "-c", WRITE.format(person=person))
    return {"unsubscribe": urlsplit(answer.strip()).path}


def newest_mail(portal: Portal, pattern: str) -> str:
    """What the newest e-mail says at this place."""
    for path in sorted((portal.folder / "mail").iterdir(), key=_age, reverse=True):
        if found := re.search(pattern, path.read_text(encoding="utf-8").replace("=\n", "")):
            return found[1]
    raise LookupError(f"No e-mail has {pattern}.")


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns
