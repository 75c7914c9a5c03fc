"""What every benchmark needs: a database of its own that goes away, medians, and a line on the machine."""

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

Milliseconds = float


@contextmanager
def scratch_portal(*, postgres: bool = False, durable: bool = False) -> Iterator[None]:
    """Django set up on an empty, migrated database; call it before anything of Django is imported.

    `durable` makes PostgreSQL wait for the disk, as in production; SQLite always does.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-"))
        os.environ |= {"PORTAL_MODE": "test", "PORTAL_VAR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        os.environ["SECOND_STEP_REQUIRED"] = "0"
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        if postgres:
            from tests.support.postgres import running_postgres

            os.environ["DATABASE_URL"] = stack.enter_context(running_postgres(durable=durable))
        _prepare()
        yield
        from django.db import connections

        connections.close_all()


def _prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")


def median_of(act: Callable[[], object], *, times: int = 15) -> Milliseconds:
    """The median of several runs after two to warm up."""
    for _ in range(2):
        act()
    return statistics.median(_time(act) for _ in range(times))


def _time(act: Callable[[], object]) -> Milliseconds:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def machine() -> str:
    """On what and when the figures were taken."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    return f"{described()}, {connection.vendor} {version}"


def described() -> str:
    """The same without a database."""
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    when = f"{datetime.now(UTC):%d %B %Y %H:%M} UTC"
    return f"{when} · {model}, {os.cpu_count()} cores{busy} · Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
