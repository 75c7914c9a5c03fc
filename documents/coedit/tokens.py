"""The token with which a page lets its socket in: bound to a person, their session and one report.

Encrypted, not only signed: it holds the session's key, which no script may learn (the cookie is HttpOnly for that).
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class BadTokenError(ValueError):
    """A token that was not made here, is too old or is not a token at all."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Who opens a socket, from which session, on which report."""

    user_id: UUID
    session_key: str
    report_id: UUID


def make_token(*, user_id: UUID, session_key: str, report_id: UUID) -> str:
    """A token that is valid for COEDIT_TOKEN_SECONDS. It only names: rights are read at every use."""
    claims = json.dumps([user_id.hex, session_key, report_id.hex])
    return _cipher().encrypt(claims.encode()).decode()


def read_token(token: bytes) -> Claims:
    """What a token says. Raises BadTokenError."""
    try:
        claims = _cipher().decrypt(token, ttl=settings.COEDIT_TOKEN_SECONDS)
    except InvalidToken as error:
        raise BadTokenError("not a valid token") from error
    user, session_key, report = json.loads(claims)
    return Claims(UUID(user), session_key, UUID(report))


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    return urlsafe_b64encode(sha256(f"documents.coedit:{secret}".encode()).digest())
