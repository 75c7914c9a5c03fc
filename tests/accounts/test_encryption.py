"""Secrets of the second step are encrypted, and keys can be replaced."""

import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings

from accounts import encryption

pytestmark = pytest.mark.no_database


def test_what_was_encrypted_can_be_read_and_never_looks_the_same_twice() -> None:
    first, second = encryption.encrypt("a secret"), encryption.encrypt("a secret")

    assert encryption.decrypt(first) == encryption.decrypt(second) == "a secret"
    assert first != second
    assert "secret" not in first


def test_a_new_key_encrypts_and_the_old_one_still_reads(settings: LazySettings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    stored = encryption.encrypt("a secret")
    settings.FIELD_ENCRYPTION_KEYS = [new, old]

    assert encryption.decrypt(stored) == "a secret"
    assert Fernet(new).decrypt(encryption.encrypt("another").encode()) == b"another"


def test_a_deployment_may_begin_without_keys_and_set_them_later(settings: LazySettings) -> None:
    settings.FIELD_ENCRYPTION_KEYS = []
    stored = encryption.encrypt("a secret")
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    assert encryption.decrypt(stored) == "a secret"


def test_a_replaced_secret_key_still_reads_while_it_is_among_the_fallbacks(settings: LazySettings) -> None:
    stored = encryption.encrypt("a secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the portal, long enough for what it is used for"

    assert encryption.decrypt(stored) == "a secret"


def test_without_the_key_nothing_can_be_read(settings: LazySettings) -> None:
    stored = encryption.encrypt("a secret")
    settings.SECRET_KEY = "another key of the portal, long enough for what it is used for"

    with pytest.raises(encryption.InvalidToken):
        encryption.decrypt(stored)
