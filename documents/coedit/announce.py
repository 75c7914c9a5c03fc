"""Telling every process of live editing what has been committed by whatever process: access or threads have changed."""

from typing import Any

from django.db import Error, connection

from accounts.signals import AccessChange, access_changed
from documents.coedit.notices import CHANNEL, Notice, Rights, encode


def register() -> None:
    """From now on every change of access is told to the other processes."""
    access_changed.connect(announce, dispatch_uid="documents.coedit.announce")


def announce(change: AccessChange, **_: Any) -> None:
    """Receives the signal, after the change has been committed."""
    say(Rights(change))


def say(notice: Notice) -> None:
    """Tell it, after the commit. With SQLite there are no other processes."""
    if connection.vendor == "postgresql":
        for text in encode(notice):
            _tell(text)


def _tell(text: str) -> None:
    """Say it, if need be on a new connection: the change stands, and open sockets must hear of it."""
    try:
        _notify(text)
    except Error:
        if connection.in_atomic_block:
            raise
        connection.close()
        _notify(text)


def _notify(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, text])
