"""Real trouble with the database, for both kinds: a table that is away, a lock that somebody holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

LOG = "documents_sectionupdate"


@contextmanager
def renamed(table: str) -> Iterator[None]:
    """Nothing can be read from this table or written to it."""
    _execute(f"ALTER TABLE {table} RENAME TO {table}_away")
    try:
        yield
    finally:
        _execute(f"ALTER TABLE {table}_away RENAME TO {table}")


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else holds the lock that every writer of the log needs; reading goes on."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _execute(f"LOCK TABLE {LOG} IN EXCLUSIVE MODE")
        yield


def impatient_options(milliseconds: int) -> dict[str, Any]:
    """The options of new connections that wait for a lock no longer than this."""
    options: dict[str, Any] = connection.settings_dict["OPTIONS"]
    if connection.vendor == "postgresql":
        return options | {"options": f"-c lock_timeout={milliseconds}"}
    return options | {"init_command": f"{options['init_command']} PRAGMA busy_timeout={milliseconds};"}


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
