"""What every answer tells the browser to allow, and not to keep."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.helpers import give_app, sign_in
from tests.support.cast import Cast


@pytest.mark.parametrize("path", ["/my-work/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/"])
def test_what_a_signed_in_person_saw_is_kept_nowhere(cast: Cast, client_of: Callable[[User], Client], path: str) -> None:
    answer = client_of(cast.ned).get(path)

    assert answer.status_code == 200
    assert {part.strip() for part in answer["Cache-Control"].split(",")} >= {"no-store", "private"}


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/2fa/authenticate/"])
def test_pages_of_signing_in_are_not_kept_either(cast: Cast, client: Client, path: str) -> None:
    if "2fa" in path:
        give_app(cast.ned)
        sign_in(client, cast.ned)

    answer = client.get(path)

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/no-such-page/"])
def test_the_policy_forbids_what_is_not_ours(client: Client, db: None, path: str) -> None:
    answer = client.get(path)

    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "img-src", "form-action", "connect-src")} == {"'self'"}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_scripts_cannot_read_the_session_and_it_ends_with_the_browser(cast: Cast, client: Client) -> None:
    answer = sign_in(client, cast.ned)

    (cookie,) = [morsel for name, morsel in answer.cookies.items() if "session" in name]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    assert sign_in(client, cast.ned).status_code == 403
