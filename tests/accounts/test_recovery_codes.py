"""Recovery codes, for those who lost their second step."""

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from tests.accounts.helpers import code_of, confirm_password, give_app, give_recovery_codes, is_signed_in, sign_in, trail
from tests.support.cast import Cast

STEP, CODES, NEW = "/accounts/2fa/authenticate/", "/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/new/"


def test_one_opens_the_second_step_and_is_then_used(cast: Cast, client: Client) -> None:
    give_app(cast.ned)
    code = give_recovery_codes(cast.ned)[0]
    sign_in(client, cast.ned)
    client.post(STEP, {"code": code})
    second = Client()
    sign_in(second, cast.ned)

    second.post(STEP, {"code": code})

    assert is_signed_in(client)
    assert not is_signed_in(second)


def test_they_are_shown_once(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ned)
    add = "/accounts/2fa/app/add/"
    client.post(add, {"code": code_of(client.get(add).context["form"].secret)})

    first, second = client.get(CODES), client.get(CODES)

    codes = first.context["unused_codes"]
    assert len(codes) == 10
    assert all(code in first.content.decode() for code in codes)
    assert not any(code in second.content.decode() for code in codes)
    assert "no-store" in first["Cache-Control"]


def test_new_ones_replace_the_old_ones(
    cast: Cast, client_of: Callable[[User], Client], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    give_app(cast.ned)
    old = give_recovery_codes(cast.ned)
    client = client_of(cast.ned)
    confirm_password(client)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(NEW)

    assert answer["Location"] == CODES
    assert set(client.get(CODES).context["unused_codes"]).isdisjoint(old)
    assert trail("second_step.recovery_codes_made")[0].actor_id == cast.ned.pk


def test_without_a_second_step_there_are_none(cast: Cast, client_of: Callable[[User], Client]) -> None:
    client = client_of(cast.ned)
    confirm_password(client)

    answer = client.post(NEW)

    assert client.get(CODES).status_code == 404
    assert answer.context["form"].errors
