"""There is no sign-up: the only door is an invitation."""

import pytest
from django.test import Client

from accounts.models import User
from tests.support.cast import PASSWORD, Cast


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/3rdparty/signup/", "/accounts/email/", "/admin/"])
def test_no_address_makes_an_account(cast: Cast, client: Client, path: str) -> None:
    before = User.objects.count()

    answer = client.post(path, {"email": "new@cast.example", "password1": PASSWORD, "password2": PASSWORD})

    assert answer.status_code in {302, 404}
    assert answer.get("Location", "/accounts/login/").startswith("/accounts/login/")
    assert User.objects.count() == before


def test_the_sign_in_page_says_who_can_invite(client: Client, db: None) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert "An administrator of your organisation can invite you." in page
    assert "signup" not in page
