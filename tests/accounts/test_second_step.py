"""The second step of signing in, with an authenticator app."""

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.accounts.helpers import code_of, give_app, is_signed_in, sign_in, trail
from tests.support.cast import Cast

STEP = "/accounts/2fa/authenticate/"
WRONG = "The code is not right, or has been used. Enter the newest code."


def test_after_the_password_the_code_is_asked_for(cast: Cast, client: Client) -> None:
    give_app(cast.ned)

    answer = sign_in(client, cast.ned)

    assert answer["Location"] == STEP
    assert not is_signed_in(client)
    page = client.get(STEP).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_the_right_code_signs_in(cast: Cast, client: Client) -> None:
    secret = give_app(cast.ned)
    sign_in(client, cast.ned, next="/reviews/")

    answer = client.post(STEP, {"code": code_of(secret)})

    assert answer["Location"] == "/reviews/"
    assert client.get("/my-work/").status_code == 200
    assert trail("user.signed_in")[0].data == {"methods": ["mfa", "password"]}


def test_a_wrong_code_does_not_and_is_on_record(cast: Cast, client: Client) -> None:
    secret = give_app(cast.ned)
    sign_in(client, cast.ned)

    answer = client.post(STEP, {"code": f"{(int(code_of(secret)) + 500_000) % 1_000_000:06}"})

    assert answer.context["form"].errors == {"code": [WRONG]}
    assert not is_signed_in(client)
    assert trail("second_step.failed")[0].object_id == str(cast.ned.pk)


@pytest.mark.parametrize("code", ["", "１２３４５６", "not a code", "0" * 41, "\x00"])
def test_what_is_no_code_is_refused(cast: Cast, client: Client, code: str) -> None:
    give_app(cast.ned)
    sign_in(client, cast.ned)

    answer = client.post(STEP, {"code": code})

    assert answer.status_code == 200
    assert "code" in answer.context["form"].errors
    assert not is_signed_in(client)


def test_a_code_opens_only_once(cast: Cast, client: Client) -> None:
    code = code_of(give_app(cast.ned))
    sign_in(client, cast.ned)
    client.post(STEP, {"code": code})
    second = Client()
    sign_in(second, cast.ned)

    answer = second.post(STEP, {"code": code})

    assert answer.context["form"].errors == {"code": [WRONG]}
    assert not is_signed_in(second)


def test_after_five_wrong_codes_the_right_one_is_refused_too(cast: Cast, client: Client) -> None:
    secret = give_app(cast.ned)
    sign_in(client, cast.ned)
    for _ in range(5):
        client.post(STEP, {"code": f"{(int(code_of(secret)) + 500_000) % 1_000_000:06}"})

    answer = client.post(STEP, {"code": code_of(secret)})

    assert "too many wrong attempts" in str(answer.context["form"].errors)
    assert not is_signed_in(client)


def test_somebody_elses_code_does_not_open(cast: Cast, client: Client) -> None:
    give_app(cast.ned)
    of_nora = give_app(cast.nora)
    sign_in(client, cast.ned)

    client.post(STEP, {"code": code_of(of_nora)})

    assert not is_signed_in(client)


def test_one_can_turn_back_and_sign_in_as_somebody_else(cast: Cast, client: Client) -> None:
    give_app(cast.ned)
    sign_in(client, cast.ned)

    answer = client.post("/accounts/logout/", {"next": "/accounts/login/"})

    assert answer["Location"] == "/accounts/login/"
    assert client.get("/accounts/login/").status_code == 200


def test_without_a_second_step_one_can_do_nothing_but_set_it_up(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ned)

    answer = client.get("/my-work/")

    assert answer["Location"] == "/accounts/2fa/"
    assert "Add a second sign-in step to go on." in client.get("/accounts/2fa/").content.decode()


def test_where_none_is_required_one_works_without(cast: Cast, client: Client, settings: LazySettings) -> None:
    settings.SECOND_STEP_REQUIRED = False
    sign_in(client, cast.ned)

    assert client.get("/my-work/").status_code == 200


def test_public_pages_ask_for_no_second_step(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ned)

    assert client.get("/help/").status_code == 200
