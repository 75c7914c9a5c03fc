"""Secrets of the second step, encrypted where they are stored."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

__all__ = ["InvalidToken", "decrypt", "encrypt"]


def encrypt(text: str) -> str:
    """Encrypt with the newest key."""
    return _box(*_secrets()).encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Decrypt with whichever key fits. InvalidToken when none does."""
    return _box(*_secrets()).decrypt(encrypted.encode()).decode()


def _secrets() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(settings.FIELD_ENCRYPTION_KEYS), (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...], secrets: tuple[str, ...]) -> MultiFernet:
    # Derived keys stay behind the given ones, so that a deployment may begin without keys and set them later.
    return MultiFernet([*map(Fernet, keys), *map(Fernet, map(_derived, secrets))])


def _derived(secret: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts: secrets of the second step")
    return base64.urlsafe_b64encode(derivation.derive(secret.encode()))
