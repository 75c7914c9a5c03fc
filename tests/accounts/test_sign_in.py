"""Signing in with e-mail address and password."""

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.helpers import LOGIN, WRONG, CountingHasher, is_signed_in, sign_in, trail
from tests.support.cast import PASSWORD, Cast


def test_with_the_right_password_one_is_signed_in_and_it_is_on_record(cast: Cast, client: Client) -> None:
    answer = sign_in(client, cast.ned)

    assert answer["Location"] == "/my-work/"
    assert is_signed_in(client)
    (event,) = trail("user.signed_in")
    assert (event.actor_id, event.data) == (cast.ned.pk, {"methods": ["password"]})
    assert event.ip_address == "127.0.0.1"


def test_the_address_is_taken_whatever_its_case_and_spaces(cast: Cast, client: Client) -> None:
    sign_in(client, "  Ned@CAST.example ")

    assert is_signed_in(client)


def test_one_goes_on_where_one_was(cast: Cast, client: Client) -> None:
    asked = client.get("/reviews/")
    page = client.get(asked["Location"])

    answer = sign_in(client, cast.ned, next=page.context["redirect_field_value"])

    assert answer["Location"] == "/reviews/"


def test_one_is_never_sent_to_another_site(cast: Cast, client: Client) -> None:
    answer = sign_in(client, cast.ned, next="https://elsewhere.example/")

    assert answer["Location"] == "/my-work/"


def test_a_wrong_password_is_refused_at_the_field_and_put_on_record_without_the_address(cast: Cast, client: Client) -> None:
    answer = sign_in(client, cast.ned, "three-rivers-two-estuaries")

    assert answer.context["form"].errors == {"login": [WRONG]}
    assert b'href="#id_login"' in answer.content
    assert not is_signed_in(client)
    (event,) = trail("user.sign_in_failed")
    assert (event.actor_id, event.object_id) == (None, "")
    assert "ned" not in str(event.data)


def test_what_was_typed_is_kept_but_for_the_password(cast: Cast, client: Client) -> None:
    answer = sign_in(client, "ned@cast.exmaple", "three-rivers-two-estuaries").content.decode()

    assert "ned@cast.exmaple" in answer
    assert "three-rivers-two-estuaries" not in answer


@pytest.mark.parametrize(
    ("field", "message"), [("login", "Enter your e-mail address."), ("password", "Enter your password.")]
)
def test_an_empty_field_says_what_to_enter(cast: Cast, client: Client, field: str, message: str) -> None:
    filled = {"login": "ned@cast.example", "password": PASSWORD}

    answer = client.post(LOGIN, filled | {field: ""})

    assert answer.context["form"].errors == {field: [message]}


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ned@cast.example", "three-rivers-two-estuaries"),
        ("nobody@cast.example", PASSWORD),
        ("rita@cast.example", PASSWORD),
        ("rita@cast.example", "three-rivers-two-estuaries"),
    ],
    ids=["wrong password", "unknown e-mail", "deactivated", "deactivated, wrong password"],
)
def test_nobody_learns_who_has_an_account(
    cast: Cast, client: Client, settings: LazySettings, email: str, password: str
) -> None:
    """The same answer and the same work, whoever is asked for."""
    settings.PASSWORD_HASHERS = ["tests.accounts.helpers.CountingHasher"]
    CountingHasher.count = 0

    with CaptureQueriesContext(connection) as queries:
        answer = sign_in(client, email, password)
    lookups = [query for query in queries if 'FROM "accounts_user"' in query["sql"]]

    assert (answer.status_code, answer.context["form"].errors) == (200, {"login": [WRONG]})
    assert not is_signed_in(client)
    assert CountingHasher.count == 1
    assert len(lookups) == 1
    assert len(trail("user.sign_in_failed")) == 1


def test_after_five_wrong_passwords_the_right_one_is_refused_too_for_a_while(cast: Cast, client: Client) -> None:
    for _ in range(5):
        sign_in(client, cast.ned, "three-rivers-two-estuaries")

    answer = sign_in(client, cast.ned)

    assert answer.context["form"].errors == {
        "login": ["There were too many wrong attempts. Wait 5 minutes, then try again."]
    }
    assert not is_signed_in(client)


def test_wrong_passwords_of_one_person_do_not_keep_out_another(cast: Cast, client: Client) -> None:
    for _ in range(5):
        sign_in(client, cast.ned, "three-rivers-two-estuaries")

    sign_in(client, cast.nora)

    assert is_signed_in(client)


def test_unknown_addresses_are_limited_like_known_ones(cast: Cast, client: Client) -> None:
    for _ in range(5):
        sign_in(client, "nobody@cast.example")

    answer = sign_in(client, "nobody@cast.example")

    assert answer.context["form"].errors == {
        "login": ["There were too many wrong attempts. Wait 5 minutes, then try again."]
    }


def test_right_passwords_are_not_counted(cast: Cast, client: Client) -> None:
    for _ in range(6):
        sign_in(client, cast.ned)
        assert is_signed_in(client)
        client.post("/accounts/logout/")


def test_a_flood_does_not_make_the_portal_forget_the_attempts(cast: Cast, client: Client) -> None:
    for _ in range(5):
        sign_in(client, cast.ned, "three-rivers-two-estuaries")

    for number in range(400):
        cache.set(f"noise:{number}", number)

    assert not is_signed_in(client)
    sign_in(client, cast.ned)
    assert not is_signed_in(client)


def test_attempts_from_one_place_are_limited_with_a_page_that_says_so(cast: Cast, client: Client) -> None:
    for number in range(30):
        client.post(LOGIN, {"login": f"somebody-{number}@cast.example", "password": ""})

    answer = client.post(LOGIN, {"login": "ned@cast.example", "password": PASSWORD})

    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.content.decode()


def test_the_session_gets_a_new_key(cast: Cast, client: Client) -> None:
    client.get("/accounts/2fa/authenticate/")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key

    sign_in(client, cast.ned)

    assert client.session.session_key != before
