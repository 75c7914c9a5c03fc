"""Every page that a person can reach, at 1280 and at 320 pixels: axe-core finds nothing, nothing scrolls sideways."""

import pytest

from tests.browser.axe import sideways_scroll, violations
from tests.browser.conftest import OpenPage
from tests.support.portal import Portal

PUBLIC = [
    "/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accessibility/",
    "/privacy/",
    "/cookies/",
    "/help/",
    "/no-such-page/",
]
LEAD = "amira.khan"
WORK = [
    "/my-work/",
    "/reviews/",
    "/reviews/new/",
    "{review}",
    "{review}people/",
    "{review}history/",
    "{review}reports/new/",
    "{report}",
    "{report}read/",
    "{report}print/",
    "{report}access/",
    "{report}sections/new/",
    "/organisation/",
    "/organisation/invite/",
    "/organisation/history/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/password/change/",
]


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_accessible(shared_portal: Portal, open_page: OpenPage, path: str, narrow: bool) -> None:
    page = open_page(shared_portal, narrow=narrow)

    page.goto(path)

    assert violations(page) == []
    assert sideways_scroll(page) == 0


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "320"])
def test_a_leads_pages_are_accessible(shared_portal: Portal, open_page: OpenPage, narrow: bool) -> None:
    page = open_page(shared_portal, LEAD, narrow=narrow)
    found: dict[str, object] = {}

    for path in WORK:
        page.goto(path.format(**shared_portal.demo))
        problems = violations(page)
        if problems or sideways_scroll(page):
            found[path] = problems or f"{sideways_scroll(page)} px too wide"

    assert found == {}
