"""Setting up and removing an authenticator app."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from tests.accounts.helpers import code_of, confirm_password, give_app, is_signed_in, letters, sign_in, trail
from tests.support.cast import Cast

ADD, REMOVE, CODES = "/accounts/2fa/app/add/", "/accounts/2fa/app/remove/", "/accounts/2fa/recovery-codes/"


def test_right_after_the_password_it_can_be_set_up_at_once(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ned)
    page = client.get(ADD)

    answer = client.post(ADD, {"code": code_of(page.context["form"].secret)})

    assert answer["Location"] == CODES
    assert client.get("/my-work/").status_code == 200
    assert [event.data["kind"] for event in trail("second_step.added")] == ["totp"]


def test_a_letter_tells_its_owner_and_nothing_else(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign_in(client, cast.ned)
    secret = client.get(ADD).context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADD, {"code": code_of(secret)})

    (letter,) = letters()
    assert (letter.to, letter.subject) == (["ned@cast.example"], "A change to how you sign in")
    assert "An authenticator app was added to your account" in letter.body
    assert cast.ned.full_name not in letter.body
    assert "Unspecified" not in letter.body


def test_the_picture_to_scan_needs_nothing_that_the_policy_forbids(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ned)

    page = client.get(ADD)

    svg = page.context["totp_svg"]
    assert svg.startswith("<svg")
    assert "style=" not in svg
    assert "data:" not in page.content.decode()
    assert page.context["secret"].replace(" ", "") == page.context["form"].secret


def test_later_one_shows_first_who_one_is(cast: Cast, client_of: Callable[[User], Client]) -> None:
    client = client_of(cast.ned)

    asked = client.get(ADD)
    confirm_password(client)

    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    assert client.get(ADD).status_code == 200


def test_a_wrong_code_adds_nothing_and_keeps_the_key(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ned)
    secret = client.get(ADD).context["form"].secret

    answer = client.post(ADD, {"code": f"{(int(code_of(secret)) + 500_000) % 1_000_000:06}"})

    assert "code" in answer.context["form"].errors
    assert answer.context["form"].secret == secret
    assert not Authenticator.objects.filter(user=cast.ned).exists()


@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_its_secret_is_encrypted_in_the_database(cast: Cast, client: Client, kind: str) -> None:
    sign_in(client, cast.ned)
    secret = client.get(ADD).context["form"].secret
    client.post(ADD, {"code": code_of(secret)})
    codes = client.get(CODES).context["unused_codes"]

    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(data AS text) FROM mfa_authenticator WHERE type = %s", [kind])
        ((stored,),) = cursor.fetchall()

    assert "gAAAA" in stored
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_the_only_one_stays_where_a_second_step_is_required(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ned)
    client.post(ADD, {"code": code_of(client.get(ADD).context["form"].secret)})
    confirm_password(client)

    page, answer = client.get(REMOVE), client.post(REMOVE)

    assert "You cannot remove the app now" in page.content.decode()
    assert answer.status_code == 200
    assert Authenticator.objects.filter(user=cast.ned, type="totp").exists()


def test_it_can_be_removed_where_none_is_required(
    cast: Cast, client_of: Callable[[User], Client], settings: LazySettings
) -> None:
    settings.SECOND_STEP_REQUIRED = False
    give_app(cast.ned)
    client = client_of(cast.ned)
    confirm_password(client)

    answer = client.post(REMOVE)

    assert answer["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.filter(user=cast.ned).exists()
    assert [event.data["kind"] for event in trail("second_step.removed")] == ["totp"]
    assert is_signed_in(client)


def test_nobody_removes_an_app_that_they_do_not_have(cast: Cast, client_of: Callable[[User], Client]) -> None:
    give_app(cast.nora)

    assert client_of(cast.ned).post(REMOVE).status_code == 404
