"""Signing in through one's organisation in Chromium, under the page's policy, as the settings of a deployment name it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.support.oidc import CLIENT_ID, CLIENT_SECRET, MockProvider, running_provider
from tests.support.portal import Portal, copy_portal

INVITE = """
from accounts.models import User
from partnerships.actions import invitations
from partnerships.models import Membership, MembershipRole
admin = Membership.objects.filter(organisation__kind="partnership", role="admin").select_related("user", "organisation")[0]
issued = invitations.invite(admin.organisation, email="rosa@new.example", role=MembershipRole.MEMBER, by=admin.user)
print(admin.organisation.slug, issued.token)
"""


@pytest.fixture
def provider() -> Iterator[MockProvider]:
    """The organisation's sign-in."""
    with running_provider() as provider:
        yield provider


def test_an_invitation_is_accepted_with_it_and_then_it_signs_in(
    template: Portal, tmp_path: Path, open_page: OpenPage, provider: MockProvider
) -> None:
    portal = copy_portal(template, tmp_path / "portal")
    organisation, token = portal.manage("shell", "--no-imports", "-c", INVITE).split()[-2:]
    entry = {"provider_id": "test-council", "name": "Test Council", "client_id": CLIENT_ID, "secret": CLIENT_SECRET}
    entry |= {"server_url": provider.address, "organisation": organisation}
    portal.environment["OPENID_CONNECT"] = json.dumps([entry])
    portal.start()
    provider.next_person(oid="11111111-aaaa", preferred_username="rosa@new.example", name="Rosa Test-Ferry")
    try:
        page = open_page(portal)

        page.goto(f"/invitation/{token}/")
        page.get_by_role("button", name="Go on with Test Council").click()
        page.wait_for_url(f"{portal.address}/my-work/")
        expect(page.get_by_text("Rosa Test-Ferry").first).to_be_visible()

        page.get_by_role("button", name="Sign out").click()
        page.goto("/accounts/login/?next=/help/")
        page.get_by_role("link", name="Test Council").click()
        page.wait_for_url(f"{portal.address}/help/")
    finally:
        portal.stop()
