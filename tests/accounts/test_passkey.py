"""Passkeys: added, used alone and as second step, renamed, removed. The device is software, the protocol the real one."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.actions import users
from tests.accounts.helpers import code_of, confirm_password, give_app, give_passkey, is_signed_in, letters, sign_in, trail
from tests.support.authenticator import Authenticator as Device
from tests.support.cast import Cast

ADD, ALONE, STEP = "/accounts/2fa/passkeys/add/", "/accounts/2fa/passkeys/login/", "/accounts/2fa/authenticate/"
REFUSED = "That passkey does not fit. Try again, or sign in with your password."


@pytest.fixture
def device() -> Device:
    """Ned's device."""
    return Device()


@pytest.fixture
def passkey(cast: Cast, client: Client, device: Device) -> Authenticator:
    """Ned's passkey; `client` is signed in as him."""
    sign_in(client, cast.ned)
    return give_passkey(client, cast.ned, device)


def use_alone(client: Client, device: Device, **extra: Any) -> Any:
    """Sign in with a passkey alone, as the page's script does."""
    asked = client.get(ALONE, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    options = asked["request_options"]["publicKey"]
    return client.post(ALONE, {"credential": json.dumps(device.get(options) | extra)})


def test_a_passkey_is_a_second_step(cast: Cast, client: Client, passkey: Authenticator) -> None:
    assert client.get("/my-work/").status_code == 200
    assert "Work laptop" in client.get("/accounts/2fa/").content.decode()
    assert "webauthn" in {event.data["kind"] for event in trail("second_step.added")}
    assert "passkey was added" in letters()[-1].body


def test_with_a_passkey_alone_one_is_signed_in(cast: Cast, passkey: Authenticator, device: Device) -> None:
    client = Client()

    answer = use_alone(client, device)

    assert answer["Location"] == "/my-work/"
    assert client.get("/my-work/").status_code == 200
    assert trail("user.signed_in")[0].data == {"methods": ["mfa"]}


def test_after_the_password_the_passkey_is_the_second_step(cast: Cast, passkey: Authenticator, device: Device) -> None:
    client = Client()
    sign_in(client, cast.ned)
    options = client.get(STEP).context["js_data"]["request_options"]["publicKey"]

    client.post(STEP, {"credential": json.dumps(device.get(options))})

    assert client.get("/my-work/").status_code == 200


def test_where_one_has_no_app_the_page_asks_for_a_recovery_code(cast: Cast, passkey: Authenticator) -> None:
    client = Client()
    sign_in(client, cast.ned)

    page = client.get(STEP).content.decode()

    assert "Recovery code" in page
    assert "authenticator app" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        Device(origin="https://elsewhere.example"),
        Device(verifies=False),
        Device(),
    ],
    ids=["made for another site", "nobody checked the finger", "another device"],
)
def test_a_passkey_that_does_not_fit_is_refused(
    cast: Cast, passkey: Authenticator, device: Device, wrong: Device, settings: Any
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    if wrong.origin == device.origin and wrong.verifies:
        wrong.credential_id = device.credential_id
    else:
        wrong.key, wrong.credential_id = device.key, device.credential_id
    wrong.user_handle = device.user_handle
    client = Client()

    answer = use_alone(client, wrong)

    assert answer["Location"] == "/accounts/login/"
    assert REFUSED in client.get("/accounts/login/").content.decode()
    assert not is_signed_in(client)
    assert trail("user.sign_in_failed")[0].data == {"method": "passkey"}


def test_an_answer_cannot_be_used_twice(cast: Cast, passkey: Authenticator, device: Device) -> None:
    client = Client()
    asked = client.get(ALONE, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    credential = json.dumps(device.get(asked["request_options"]["publicKey"]))
    client.post(ALONE, {"credential": credential})
    client.post("/accounts/logout/")
    client.get(ALONE, headers={"X-Requested-With": "XMLHttpRequest"})

    client.post(ALONE, {"credential": credential})

    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", ["", "{", "[]", "7", '"text"', "{}", '{"response": 7}', '{"response": {}}', "null"])
def test_what_is_no_passkey_is_refused(cast: Cast, client: Client, credential: str) -> None:
    client.get(ALONE, headers={"X-Requested-With": "XMLHttpRequest"})

    answer = client.post(ALONE, {"credential": credential})

    assert answer["Location"] == "/accounts/login/"
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", ["", "{", "[]", "7", "{}", '{"response": 7}', "null"])
def test_what_is_no_passkey_is_not_added(cast: Cast, client: Client, credential: str) -> None:
    sign_in(client, cast.ned)
    client.get(ADD)

    answer = client.post(ADD, {"name": "Kept", "credential": credential})

    assert answer.status_code == 200
    assert 'value="Kept"' in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_device_that_does_not_check_its_owner_is_not_added(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ned)
    options = client.get(ADD).context["options"]

    answer = client.post(ADD, {"name": "Key", "credential": json.dumps(Device(verifies=False).create(options))})

    assert "The passkey could not be checked." in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_deactivated_person_is_refused_in_the_same_words(cast: Cast, passkey: Authenticator, device: Device) -> None:
    users.deactivate(cast.ned, by=cast.amira)
    client = Client()

    use_alone(client, device)

    assert REFUSED in client.get("/accounts/login/").content.decode()
    assert not is_signed_in(client)


def test_a_passkey_can_be_renamed(client: Client, passkey: Authenticator) -> None:
    confirm_password(client)

    client.post(f"/accounts/2fa/passkeys/{passkey.pk}/rename/", {"name": "Home phone"})

    assert "Home phone" in client.get("/accounts/2fa/").content.decode()


def test_the_only_one_stays(client: Client, passkey: Authenticator) -> None:
    confirm_password(client)

    answer = client.post(f"/accounts/2fa/passkeys/{passkey.pk}/remove/")

    assert "This is your only second step." in answer.content.decode()
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_beside_another_second_step_it_can_be_removed(cast: Cast, client: Client, passkey: Authenticator) -> None:
    give_app(cast.ned)
    confirm_password(client)

    client.post(f"/accounts/2fa/passkeys/{passkey.pk}/remove/")

    assert not Authenticator.objects.filter(pk=passkey.pk).exists()
    assert client.get("/my-work/").status_code == 200


def test_nobody_touches_somebody_elses(cast: Cast, passkey: Authenticator) -> None:
    client, secret = Client(), give_app(cast.nora)
    sign_in(client, cast.nora)
    client.post(STEP, {"code": code_of(secret)})
    confirm_password(client)

    answers = [client.post(f"/accounts/2fa/passkeys/{passkey.pk}/{act}/", {"name": "Mine"}) for act in ("rename", "remove")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_passkey_confirms_who_one_is(client: Client, passkey: Authenticator, device: Device) -> None:
    page = client.get("/accounts/2fa/passkeys/reauthenticate/?next=/accounts/2fa/app/add/")
    options = page.context["js_data"]["request_options"]["publicKey"]

    answer = client.post(
        "/accounts/2fa/passkeys/reauthenticate/",
        {"credential": json.dumps(device.get(options)), "next": "/accounts/2fa/app/add/"},
    )

    assert answer["Location"] == "/accounts/2fa/app/add/"
