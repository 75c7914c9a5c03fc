"""Signing in through one's organisation, against a real provider in a process of its own."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from accounts.actions import users
from accounts.models import User
from accounts.single_sign_on import NOT_INVITED
from partnerships.actions import invitations
from partnerships.models import Invitation, Membership, MembershipRole
from tests.accounts.helpers import code_of, give_app, is_signed_in, sign_in, trail
from tests.support.cast import Cast
from tests.support.oidc import MockProvider

START = "/accounts/oidc/bristol/login/"
ROSA = {"oid": "11111111-aaaa", "preferred_username": "Rosa@bristol.example", "name": "Rosa Test-Ferry"}


@pytest.fixture
def link(cast: Cast) -> str:
    """The link of Bristol's invitation to Rosa."""
    issued = invitations.invite(cast.bristol, email="rosa@bristol.example", role=MembershipRole.MEMBER, by=cast.bella)
    return reverse("invitation", args=[issued.token])


@pytest.fixture
def rosa(provider: MockProvider, link: str) -> User:
    """Rosa, who has accepted through Bristol's sign-in."""
    provider.next_person(**ROSA)
    client = Client()
    provider.sign_in(client, client.get(f"{link}?with=organisation")["Location"])
    return User.objects.get(email="rosa@bristol.example")


def test_the_sign_in_page_offers_it_and_keeps_where_one_was(provider: MockProvider, client: Client, db: None) -> None:
    page = client.get("/accounts/login/?next=/reviews/").content.decode()

    assert "Test Council" in page
    assert f'href="{START}?next=/reviews/"' in page


def test_without_any_it_is_not_offered(client: Client, db: None) -> None:
    assert "Sign in through your organisation" not in client.get("/accounts/login/").content.decode()


def test_an_invitation_held_by_the_browser_makes_the_account(rosa: User, cast: Cast) -> None:
    membership = Membership.objects.get(user=rosa)
    assert (membership.organisation, membership.role) == (cast.bristol, MembershipRole.MEMBER)
    assert rosa.full_name == "Rosa Test-Ferry"
    assert not rosa.has_usable_password()
    assert Invitation.objects.get(email=rosa.email).accepted_by == rosa
    assert trail("user.single_sign_on_linked")[0].data == {"provider": "bristol"}


def test_what_the_provider_told_is_not_kept(rosa: User) -> None:
    account = SocialAccount.objects.get(user=rosa)

    assert (account.provider, account.uid, account.extra_data) == ("bristol", ROSA["oid"], {})
    assert not SocialToken.objects.exists()


def test_afterwards_the_identity_signs_in(rosa: User, provider: MockProvider, client: Client) -> None:
    provider.next_person(**ROSA)

    answer = provider.sign_in(client, f"{START}?next=/reviews/")

    assert answer["Location"] == "/reviews/"
    assert is_signed_in(client)
    assert trail("user.signed_in")[0].data == {"methods": ["socialaccount"]}


def test_who_they_are_is_their_number_not_their_address(rosa: User, provider: MockProvider, client: Client) -> None:
    provider.next_person(**ROSA | {"preferred_username": "rosa.married@bristol.example"})

    provider.sign_in(client, START)

    assert is_signed_in(client)


def test_a_reused_address_with_another_number_is_a_stranger(rosa: User, provider: MockProvider, client: Client) -> None:
    provider.next_person(**ROSA | {"oid": "22222222-bbbb"})

    answer = provider.sign_in(client, START)

    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_the_same_number_at_another_organisation_is_a_stranger(rosa: User, provider: MockProvider, client: Client) -> None:
    provider.next_person(**ROSA)

    answer = provider.sign_in(client, "/accounts/oidc/north-somerset/login/")

    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_an_account_is_never_taken_over_by_its_address(cast: Cast, provider: MockProvider, client: Client) -> None:
    provider.next_person(oid="33333333-cccc", email="bella@cast.example", email_verified=True, name="Bella Test-Harbour")

    answer = provider.sign_in(client, START)

    assert answer.status_code == 403
    assert NOT_INVITED in answer.content.decode()
    assert not SocialAccount.objects.exists()
    assert trail("user.single_sign_on_refused")[0].data == {"provider": "bristol"}


def test_an_invitation_that_the_browser_does_not_hold_opens_nothing(
    cast: Cast, provider: MockProvider, link: str, client: Client
) -> None:
    provider.next_person(**ROSA)

    answer = provider.sign_in(client, START)

    assert answer.status_code == 403
    assert not User.objects.filter(email="rosa@bristol.example").exists()


@pytest.mark.parametrize(
    ("claims", "start", "words"),
    [
        ({"preferred_username": "somebody@bristol.example"}, START, "sent to another e-mail address than yours"),
        ({}, "/accounts/oidc/north-somerset/login/", "Nobody has invited this account yet."),
    ],
    ids=["somebody else's invitation", "another organisation's sign-in"],
)
def test_an_invitation_is_only_for_whom_it_was_sent_to(
    cast: Cast, provider: MockProvider, link: str, client: Client, claims: dict[str, Any], start: str, words: str
) -> None:
    client.get(f"{link}?with=organisation")
    provider.next_person(**ROSA | claims)

    answer = provider.sign_in(client, start)

    assert (answer.status_code, words in answer.content.decode()) == (403, True)
    assert not SocialAccount.objects.exists()
    assert Invitation.objects.get(email="rosa@bristol.example").accepted_at is None


def test_an_invitation_that_was_withdrawn_meanwhile_opens_nothing(
    cast: Cast, provider: MockProvider, link: str, client: Client
) -> None:
    start = client.get(f"{link}?with=organisation")["Location"]
    invitations.revoke(Invitation.objects.get(email="rosa@bristol.example"), by=cast.bella)
    provider.next_person(**ROSA)

    answer = provider.sign_in(client, start)

    assert "This invitation cannot be used any more." in answer.content.decode()
    assert not User.objects.filter(email="rosa@bristol.example").exists()


@pytest.mark.parametrize("fault", ["nonce", "issuer", "audience", "expired", "signature", "unsigned", "no token"])
def test_a_token_that_is_not_right_signs_nobody_in(rosa: User, provider: MockProvider, client: Client, fault: str) -> None:
    provider.next_person(fault=fault, **ROSA)

    answer = provider.sign_in(client, START)

    assert answer.status_code == 401
    assert "Your organisation’s sign-in did not work" in answer.content.decode()
    assert not is_signed_in(client)
    assert SocialAccount.objects.get().extra_data == {}
    assert trail("user.single_sign_on_failed")[0].data == {"provider": "bristol"}


def test_a_token_without_the_number_signs_nobody_in(rosa: User, provider: MockProvider, client: Client) -> None:
    provider.next_person(preferred_username="rosa@bristol.example")

    assert provider.sign_in(client, START).status_code == 401


def test_an_answer_to_another_browser_signs_nobody_in(rosa: User, provider: MockProvider, client: Client) -> None:
    provider.next_person(**ROSA)
    back = httpx.get(Client().get(START)["Location"]).headers["location"]

    answer = client.get(back)

    assert answer.status_code == 401
    assert not is_signed_in(client)


def test_an_answer_counts_once(rosa: User, provider: MockProvider, client: Client) -> None:
    provider.next_person(**ROSA)
    back = httpx.get(client.get(START)["Location"]).headers["location"]
    client.get(back)
    client.post("/accounts/logout/")

    assert client.get(back).status_code == 401
    assert not is_signed_in(client)


def test_who_turns_back_is_told_that_nothing_has_changed(provider: MockProvider, client: Client, db: None) -> None:
    provider.next_person(fault="cancelled")

    answer = provider.sign_in(client, START)

    assert answer["Location"] == "/accounts/oidc/cancelled/"
    assert "You are not signed in" in client.get(answer["Location"]).content.decode()


def test_a_deactivated_person_is_told_what_a_stranger_is_told(
    rosa: User, cast: Cast, provider: MockProvider, client: Client
) -> None:
    users.deactivate(rosa, by=cast.bella)
    provider.next_person(**ROSA)

    answer = provider.sign_in(client, START)

    assert answer.status_code == 403
    assert NOT_INVITED in answer.content.decode()
    assert not is_signed_in(client)


def test_the_second_step_is_asked_for_here_too(rosa: User, provider: MockProvider, client: Client) -> None:
    secret = give_app(rosa)
    provider.next_person(**ROSA)

    answer = provider.sign_in(client, START)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert is_signed_in(client)


def test_without_one_it_must_be_set_up(rosa: User, provider: MockProvider, client: Client) -> None:
    provider.next_person(**ROSA)
    provider.sign_in(client, START)

    assert client.get("/my-work/")["Location"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/app/add/").status_code == 200


def test_an_organisation_may_leave_it_to_its_own_sign_in(
    rosa: User, cast: Cast, provider: MockProvider, client: Client
) -> None:
    cast.bristol.require_second_step = False
    cast.bristol.save()
    provider.next_person(**ROSA)
    provider.sign_in(client, START)
    by_password = Client()
    sign_in(by_password, cast.bella)

    assert client.get("/my-work/").status_code == 200
    assert by_password.get("/my-work/")["Location"] == "/accounts/2fa/"


def test_nobody_can_link_an_identity_to_whoever_is_signed_in(cast: Cast, provider: MockProvider, client: Client) -> None:
    sign_in(client, cast.ned)
    provider.next_person(oid="44444444-dddd", preferred_username="mallory@bristol.example", name="Mallory")

    answer = provider.sign_in(client, f"{START}?process=connect&scope=offline_access&auth_params=prompt%3Dnone")

    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_the_question_asks_for_no_more_than_who_one_is(provider: MockProvider, client: Client, db: None) -> None:
    asked = parse_qs(urlsplit(client.get(f"{START}?scope=Files.ReadWrite.All")["Location"]).query)

    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert {"state", "nonce", "code_challenge"} <= set(asked)


@pytest.mark.parametrize("provider_id", ["openid_connect", "unknown"])
@pytest.mark.parametrize("path", ["login/", "login/callback/"])
def test_a_sign_in_that_the_settings_do_not_name_does_not_exist(
    provider: MockProvider, client: Client, db: None, provider_id: str, path: str
) -> None:
    assert client.get(f"/accounts/oidc/{provider_id}/{path}").status_code == 404


def test_a_provider_that_is_away_is_said_to_be(
    provider: MockProvider, client: Client, settings: LazySettings, db: None
) -> None:
    app = provider.app("bristol", "kbsp")
    app["settings"]["server_url"] = "http://127.0.0.1:1"
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    answer = client.get(START)

    assert answer.status_code == 401
    assert "Go back and try again." in answer.content.decode()
