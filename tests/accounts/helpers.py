"""What the tests of signing in share."""

import json
import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import post
from accounts.models import AuditEvent, User
from tests.support.authenticator import Authenticator as Device
from tests.support.cast import PASSWORD

LOGIN, OVERVIEW = "/accounts/login/", "/accounts/2fa/"
WRONG = "The e-mail address or the password is not right. Check both and try again."


def sign_in(client: Client, person: User | str, password: str = PASSWORD, **extra: str) -> Any:
    """Fill in the sign-in form."""
    email = person if isinstance(person, str) else person.email
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def is_signed_in(client: Client) -> bool:
    """Whether the client can open a page that needs a sign-in (or is only asked for the second step's set-up)."""
    answer = client.get(OVERVIEW)
    return answer.status_code == 200


def give_app(person: User) -> str:
    """Set up an authenticator app for somebody; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return str(secret)


def give_recovery_codes(person: User) -> list[str]:
    """Make recovery codes for somebody."""
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def confirm_password(client: Client, password: str = PASSWORD) -> None:
    """Show again who one is, as before a change to how one signs in."""
    assert client.post("/accounts/reauthenticate/", {"password": password}).status_code == 302


def give_passkey(client: Client, person: User, device: Device) -> Authenticator:
    """Add a passkey through the page, as the signed-in client's person."""
    options = client.get(reverse("mfa_add_webauthn")).context["options"]
    credential = json.dumps(device.create(options))
    answer = client.post(reverse("mfa_add_webauthn"), {"name": "Work laptop", "credential": credential})
    assert answer.status_code == 302, answer.content.decode()
    return Authenticator.objects.get(user=person, type=Authenticator.Type.WEBAUTHN)


def letters() -> list[Any]:
    """The e-mails that were sent, those on their way included."""
    post.wait_until_sent()
    return mail.outbox


def code_in_letter() -> str:
    """The code in the newest e-mail."""
    found = re.search(r"^[B-Z]{4}-[B-Z]{4}$", letters()[-1].body, re.MULTILINE)
    assert found, letters()[-1].body
    return found.group()


def trail(verb: str) -> list[AuditEvent]:
    """The audit events of this kind, the newest first."""
    return list(AuditEvent.objects.filter(verb=verb))


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: the work that an answer takes."""

    count = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return super().encode(password, salt)
