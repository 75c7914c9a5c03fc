"""A new password by a code that is sent by e-mail."""

import time
from collections.abc import Callable

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from tests.accounts.helpers import code_in_letter, give_app, is_signed_in, letters, sign_in, trail
from tests.support.cast import PASSWORD, Cast

ASK, CODE, COMPLETE = "/accounts/password/reset/", "/accounts/password/reset/confirm/", "/accounts/password/reset/complete/"
NEW = "four-hills-one-harbour"


def reset(client: Client, person: User) -> None:
    """All of it, as a person does it."""
    client.post(ASK, {"email": person.email})
    client.post(CODE, {"code": code_in_letter()})
    client.post(COMPLETE, {"password1": NEW})


def test_the_code_opens_the_way_to_a_new_password(cast: Cast, client: Client) -> None:
    reset(client, cast.ned)

    sign_in(client, cast.ned, NEW)

    assert is_signed_in(client)
    assert trail("password.reset")[0].actor_id == cast.ned.pk


def test_the_letter_holds_a_code_and_nothing_else_about_the_person(cast: Cast, client: Client) -> None:
    client.post(ASK, {"email": "ned@cast.example"})

    (letter,) = letters()
    assert (letter.to, letter.subject) == (["ned@cast.example"], "Your code")
    assert code_in_letter() in letter.body
    assert cast.ned.full_name not in letter.body
    assert "http" not in letter.body


def test_every_session_ends(cast: Cast, client: Client, client_of: Callable[[User], Client]) -> None:
    elsewhere = client_of(cast.ned)

    reset(client, cast.ned)

    assert not is_signed_in(elsewhere)
    assert not is_signed_in(client)
    assert not UserSession.objects.filter(user=cast.ned).exists()
    assert trail("session.all_ended")[0].actor_id == cast.ned.pk


def test_the_second_step_is_still_asked_for(cast: Cast, client: Client) -> None:
    give_app(cast.ned)
    reset(client, cast.ned)

    answer = sign_in(client, cast.ned, NEW)

    assert answer["Location"] == "/accounts/2fa/authenticate/"


@pytest.mark.parametrize("email", ["nobody@cast.example", "rita@cast.example"], ids=["unknown", "deactivated"])
def test_nobody_learns_who_has_an_account(cast: Cast, email: str) -> None:
    """The page, its words and where it leads are the same, and no letter is sent; the letter of a known one leaves later."""
    of_known, of_other = Client(), Client()
    known = of_known.post(ASK, {"email": "ned@cast.example"})
    before = len(letters())

    other = of_other.post(ASK, {"email": email})

    assert (other.status_code, other["Location"]) == (known.status_code, known["Location"]) == (302, CODE)
    pages = [client.get(CODE).content.decode() for client in (of_known, of_other)]
    assert pages[0].replace("ned@cast.example", email).count("code") == pages[1].count("code")
    assert f"If somebody has an account with <strong>{email}</strong>" in pages[1]
    assert len(letters()) == before
    assert list(of_other.post(CODE, {"code": "BCDF-GHJK"}).context["form"].errors) == ["code"]


@pytest.mark.parametrize("code", ["-", " ", "----", "BCDF-GHJK", "é", ""])
def test_no_code_opens_where_none_was_sent(cast: Cast, client: Client, code: str) -> None:
    client.post(ASK, {"email": "nobody@cast.example"})

    answer = client.post(CODE, {"code": code})

    assert answer.status_code == 200
    assert client.get(COMPLETE)["Location"] == CODE


def test_who_signs_in_through_their_organisation_gets_no_code(cast: Cast, client: Client) -> None:
    cast.ned.set_unusable_password()
    cast.ned.save()

    answer = client.post(ASK, {"email": "ned@cast.example"})

    assert answer["Location"] == CODE
    assert letters() == []


def test_three_wrong_codes_end_it(cast: Cast, client: Client) -> None:
    client.post(ASK, {"email": "ned@cast.example"})
    right = code_in_letter()
    for _ in range(3):
        client.post(CODE, {"code": "BCDF-GHJK"})

    client.post(CODE, {"code": right})

    assert client.get(COMPLETE)["Location"] == ASK


def test_after_a_quarter_of_an_hour_the_code_is_too_old(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post(ASK, {"email": "ned@cast.example"})
    right, now = code_in_letter(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 1)

    client.post(CODE, {"code": right})

    assert client.get(COMPLETE)["Location"] == ASK


def test_the_code_works_only_in_the_browser_that_asked(cast: Cast, client: Client) -> None:
    client.post(ASK, {"email": "ned@cast.example"})

    answer = Client().post(CODE, {"code": code_in_letter()})

    assert answer["Location"] == "/accounts/login/"


def test_no_step_can_be_left_out(cast: Cast, client: Client) -> None:
    client.post(ASK, {"email": "ned@cast.example"})

    answer = client.post(COMPLETE, {"password1": NEW})

    assert answer["Location"] == CODE
    assert User.objects.get(pk=cast.ned.pk).check_password(PASSWORD)


def test_a_password_that_is_easy_to_guess_is_refused_and_the_code_need_not_be_typed_again(
    cast: Cast, client: Client
) -> None:
    client.post(ASK, {"email": "ned@cast.example"})
    client.post(CODE, {"code": code_in_letter()})

    answer = client.post(COMPLETE, {"password1": "password1234"})
    client.post(COMPLETE, {"password1": NEW})

    assert list(answer.context["form"].errors) == ["password1"]
    assert User.objects.get(pk=cast.ned.pk).check_password(NEW)


def test_codes_for_one_address_are_limited(cast: Cast, client: Client) -> None:
    for _ in range(5):
        client.post(ASK, {"email": "ned@cast.example"})

    answer = client.post(ASK, {"email": "ned@cast.example"})

    assert answer.status_code == 429
    assert len(letters()) == 5


def test_a_mail_server_that_is_away_breaks_nothing_and_tells_nothing(
    cast: Cast, client: Client, settings: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_PORT = 1  # type: ignore[attr-defined]  # nothing listens there

    answer = client.post(ASK, {"email": "ned@cast.example"})
    letters()

    assert answer["Location"] == CODE
    assert "An e-mail was not sent: ConnectionRefusedError" in caplog.text
    assert "ned@" not in caplog.text
