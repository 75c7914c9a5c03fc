"""Several processes of the portal on one PostgreSQL database, with the cast in it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import httpx
import psycopg
from websockets.sync.client import connect

from documents.coedit.bus import LINE
from documents.coedit.notices import CHANNEL
from tests.documents.coedit.node import Node, NodeSection
from tests.documents.coedit.raw import RawClient
from tests.documents.coedit.waiting import until
from tests.support.portal import free_port

ROOT = Path(__file__).resolve().parents[4]
_names = count(1)


@dataclass(frozen=True)
class Person:
    """One session of somebody of the cast."""

    name: str
    full_name: str
    session_key: str
    token: str

    @classmethod
    def of(cls, name: str, facts: dict[str, str]) -> "Person":
        return cls(name, facts["full_name"], facts["key"], facts["token"])

    def browser(self, address: str) -> httpx.Client:
        """A browser that is signed in by this session."""
        secret = "a" * 32
        cookies = {"portal_session": self.session_key, "csrftoken": secret}
        return httpx.Client(
            base_url=address, cookies=cookies, headers={"X-CSRFToken": secret, "Origin": address}, timeout=60
        )


@dataclass(frozen=True)
class Scene:
    """The cast, as it is in the database."""

    report: UUID
    findings: UUID
    introduction: UUID
    people: dict[str, list[dict[str, str]]]

    def person(self, name: str, session: int = 0) -> Person:
        return Person.of(name, self.people[name][session])


@dataclass
class Server:
    """One process of the portal."""

    folder: Path
    environment: dict[str, str]
    kind: str
    # What starts it: `manage.py`, or a program of this folder that takes the same commands.
    program: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def url(self, report: UUID) -> str:
        return f"ws://127.0.0.1:{self.port}/coedit/{report}"

    def start(self) -> "Server":
        program = ["-m", f"{__package__}.{self.program}"] if self.program else ["manage.py"]
        command = [sys.executable, *program, "serve", "--only", self.kind, "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | self.environment, stdout=log, stderr=log)
        return self

    def wait(self) -> None:
        """Until it takes connections."""
        until(self._answers)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def connections(self) -> int:
        """How many connections to it are open, as the kernel tells."""
        here, established = f"0100007F:{self.port:04X}", "01"
        rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
        return sum(row[1] == here and row[3] == established for row in rows)

    @property
    def log(self) -> Path:
        return self.folder / f"{self.kind}-{self.port}.log"

    def _end(self, how: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(timeout=60)
            self.process = None

    def _answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
        try:
            httpx.get(f"{self.address}/health/", timeout=5)
        except httpx.TransportError:
            return False
        return True


class Fleet:
    """Processes of the portal and their database."""

    def __init__(self, database: str, scene: Scene, folder: Path) -> None:
        self.database = database
        self.scene = scene
        self.folder = folder
        self.environment = environment(database, folder)
        self.servers: list[Server] = []

    def start(self, *kinds: str, program: str = "") -> list[Server]:
        """Start processes that each do one thing: `web` or `coedit`."""
        started = [Server(self.folder, self.environment, kind, program).start() for kind in kinds]
        self.servers += started
        for server in started:
            server.wait()
        return started

    def stop(self) -> None:
        for server in self.servers:
            server.kill()

    def opens(
        self, node: Node, person: Person, url: str, section: UUID, *, wait: bool = True, returns: bool = False
    ) -> NodeSection:
        """A person opens a section with the real provider; one that returns opens it again after “not saved”."""
        client = node.connect(f"{person.name} {next(_names)}", url=url, token=person.token)
        opened = client.open(f"section:{section}", wait=False, returns=returns)
        if wait:
            opened.wait("saved", seconds=60)
        return opened

    @contextmanager
    def raw(self, person: Person, url: str, section: UUID) -> Iterator[RawClient]:
        """A person opens a section with a socket made by hand."""
        with connect(url, max_size=None, compression=None) as socket:
            client = RawClient(socket)
            client.join(section, person.token)
            yield client

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def listening(self) -> Iterator[Callable[[], list[str]]]:
        """What processes tell each other while this is open; wait for the next by calling."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            yield lambda: [notice.payload for notice in connection.notifies(timeout=30, stop_after=1)]

    def cut(self, *, lines: bool) -> int:
        """End connections to the database from its side: those that listen, or all the others. How many there were."""
        which = "=" if lines else "<>"
        return len(
            self.sql(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "  # noqa: S608
                f"AND pid <> pg_backend_pid() AND application_name {which} %s",
                LINE,
            )
        )

    def rows(self) -> int:
        """How many rows the log has."""
        return int(self.sql("SELECT count(*) FROM documents_sectionupdate")[0][0])

    def lines(self) -> int:
        """How many processes listen to this database. The server has others beside it, and shows the locks of all."""
        here = "(SELECT oid FROM pg_database WHERE datname = current_database())"
        count = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = {here}"  # noqa: S608
        return int(self.sql(count)[0][0])


def environment(database: str, folder: Path) -> dict[str, str]:
    return {"PORTAL_MODE": "test", "DATABASE_URL": database, "PORTAL_VAR": str(folder / "var"), "PYTHONPATH": str(ROOT)}


def build_scene(database: str, folder: Path) -> Scene:
    """Make a database ready."""
    facts = json.loads(run_program("scene", database, folder))
    return Scene(UUID(facts["report"]), UUID(facts["findings"]), UUID(facts["introduction"]), facts["people"])


def run_program(name: str, database: str, folder: Path, *arguments: str) -> str:
    """Run a program of this folder on a database; return the last line of what it prints."""
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run(
        [sys.executable, "-m", f"{__package__}.{name}", *arguments],
        cwd=ROOT,
        env=os.environ | environment(database, folder) | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def new_database(server: str, *, like: str = "") -> str:
    """A database of its own on a server; a copy of another's, where that is named."""
    name = f"fleet_{uuid4().hex}"
    template = f" TEMPLATE {urlsplit(like).path.lstrip('/')}" if like else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{template}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def drop_database(server: str, database: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {urlsplit(database).path.lstrip('/')} WITH (FORCE)")
