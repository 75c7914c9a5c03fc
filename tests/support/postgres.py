"""A PostgreSQL server of the tests' own: on loopback, in a folder that goes away, ended by its own process id."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

START_SECONDS = 30


class PostgresMissingError(RuntimeError):
    """PostgreSQL's programs are not on this machine."""


def binaries() -> Path:
    """The folder of PostgreSQL's server programs, the newest version installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("postgres"):
        return Path(on_path).resolve().parent
    raise PostgresMissingError("PostgreSQL's server was not found: install the package “postgresql” (version 15 or newer).")


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """Start a server and give its address, as DATABASE_URL wants it. Durability is off by default: it lives for one run."""
    programs, folder = binaries(), Path(tempfile.mkdtemp(prefix="portal-pg-"))
    as_user = _unprivileged(folder)
    data, port = folder / "data", _free_port()
    _run([*as_user, programs / "initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
    switch = "on" if durable else "off"
    options = [
        "-h",
        "127.0.0.1",
        "-p",
        port,
        "-k",
        folder,
        "-c",
        f"fsync={switch}",
        "-c",
        f"full_page_writes={switch}",
        "-c",
        "max_connections=200",
    ]
    command = [str(part) for part in [*as_user, programs / "postgres", "-D", data, *options]]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
    try:
        _wait(port, server)
        yield f"postgres://portal@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: use the account that its package makes."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _run(command: list[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        # It takes connections before it can serve them.
        with suppress(psycopg.OperationalError), psycopg.connect(f"postgres://portal@127.0.0.1:{port}/postgres"):
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not answer on port {port} within {START_SECONDS} s.")
