"""A PostgreSQL server of the tests' own: on loopback, in a folder that goes away, ended by its own process id."""

import os
import shutil
import signal
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


class Postgres:
    """One server. What it has stored outlives its stops; without durability only those that were ordinary."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self._folder = folder
        self._port = _free_port()
        self._switch = "on" if durable else "off"
        self._process: subprocess.Popen[bytes] | None = None
        programs, as_user, data = binaries(), its_account(), folder / "data"
        if as_user:
            shutil.chown(folder, "postgres", "postgres")
        _run([*as_user, programs / "initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
        self._command = [*as_user, programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", self._port, "-k", folder]

    @property
    def address(self) -> str:
        """As DATABASE_URL wants it."""
        return f"postgres://portal@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        settings = [f"fsync={self._switch}", f"full_page_writes={self._switch}", "max_connections=200"]
        command = [str(part) for part in (*self._command, *(part for setting in settings for part in ("-c", setting)))]
        with (self._folder / "log").open("a") as log:
            self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
        self._wait(self._process)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it at once: connections break, what was not committed is rolled back. With SIGQUIT as by a power cut."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(timeout=60)
            self._process = None

    def _wait(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            # It takes connections before it can serve them.
            with suppress(psycopg.OperationalError), psycopg.connect(self.address):
                return
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not answer on port {self._port} within {START_SECONDS} s.")


@contextmanager
def stoppable_postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """A server that runs, and may be stopped and started."""
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    try:
        server = Postgres(folder, durable=durable)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[str]:
    """Start a server and give its address, as DATABASE_URL wants it. Durability is off by default: it lives for one run."""
    with stoppable_postgres(durable=durable) as server:
        yield server.address


def its_account() -> list[str]:
    """What runs a program as PostgreSQL runs. It refuses to be root: then the account that its package makes."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _run(command: list[object]) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
