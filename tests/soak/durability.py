"""The long form of the durability tests: run by `make soak`, on SQLite and on PostgreSQL, with real disk synchronisation.

SOAK_KILLS (50) says how often the server is killed. What was acknowledged must be there, once, for whoever comes after.
"""

import os
import select
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Thread
from time import monotonic

import pytest
from django.db import connection

from documents.coedit.store import read_log
from tests.documents.coedit.conftest import TokenOf
from tests.documents.coedit.node import Node, NodeSection
from tests.documents.coedit.raw import text_of
from tests.documents.coedit.server import ProcessServer
from tests.documents.coedit.test_killed_while_writing import acknowledged_by
from tests.documents.coedit.waiting import until
from tests.soak.tally import count
from tests.support.cast import Cast
from tests.support.postgres import its_account

KILLS = int(os.environ.get("SOAK_KILLS", "50"))
GONE_SECONDS = 10
PEOPLE = ("ned", "bella", "amira")


def tabs(node: Node, server: ProcessServer, cast: Cast, token_of: TokenOf, *, every_ms: int) -> list[NodeSection]:
    """Tabs of several people, all writing in one section."""
    opened = []
    for name in PEOPLE:
        client = node.connect(name, url=server.url(cast.report.pk), token=token_of(getattr(cast, name)))
        opened.append(client.open(cast.findings.document_name, returns=True))
    for name, section in zip(PEOPLE, opened, strict=True):
        section.call("type", mark=name, everyMs=every_ms)
    return opened


def text_for_a_newcomer(node: Node, server: ProcessServer, cast: Cast, token_of: TokenOf) -> str:
    reader = node.connect("reader", url=server.url(cast.report.pk), token=token_of(cast.gwen))
    return reader.open(cast.findings.document_name).text


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_at_any_moment(cast: Cast, process_server: ProcessServer, node: Node, token_of: TokenOf, number: int) -> None:
    random = Random(number)  # noqa: S311 (the same moments in every run)
    opened = tabs(node, process_server, cast, token_of, every_ms=random.choice([1, 2, 5, 11]))
    moment = monotonic() + random.uniform(0.05, 2)
    until(lambda: monotonic() > moment)

    process_server.kill()

    acknowledged = [word for section in opened for word in acknowledged_by(section)]
    process_server.start()
    text = text_for_a_newcomer(node, process_server, cast, token_of)
    assert count("Killed (SIGKILL)", acknowledged, text) == []
    assert text == text_of(*read_log(cast.findings.pk))


def test_the_disk_is_full_and_then_it_is_not(
    cast: Cast, process_server: ProcessServer, node: Node, token_of: TokenOf
) -> None:
    """The kernel lets whoever writes the database make no file longer. PostgreSQL then ends as in a crash."""
    opened = tabs(node, process_server, cast, token_of, every_ms=2)
    opened[0].wait("acknowledged", 20, seconds=60)
    writing = writers(process_server)
    for pid in writing:
        limit_files(pid, "4096")
    if connection.vendor == "sqlite":
        opened[0].wait("event", "closed", detail="not-saved", seconds=60)
    else:
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in writing))
    if connection.vendor == "sqlite":
        limit_files(process_server.pid, "unlimited")

    comes_back_whole(cast, process_server, node, token_of, opened, trouble="The disk is full")


def limit_files(pid: int, size: str) -> None:
    """How long the process may make a file from now on."""
    account = its_account() if connection.vendor == "postgresql" else []
    subprocess.run([*account, "prlimit", "--pid", str(pid), f"--fsize={size}:unlimited"], check=True)


def writers(server: ProcessServer) -> list[int]:
    """The processes that write to the database for the portal."""
    if connection.vendor == "sqlite":
        return [server.pid]
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        return [pid for (pid,) in cursor.fetchall()]


def test_the_database_is_gone_for_a_while(
    cast: Cast, transactional_db: None, node: Node, token_of: TokenOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite it is a file, which somebody else holds for so long."""
    with ExitStack() as ends:
        line = None
        if connection.vendor == "postgresql":
            line = ends.enter_context(Line(int(connection.settings_dict["PORT"])))
            monkeypatch.setitem(connection.settings_dict, "PORT", line.port)
        server = ends.enter_context(ProcessServer(tmp_path / "server.log"))
        opened = tabs(node, server, cast, token_of, every_ms=10)
        opened[0].wait("acknowledged", 20, seconds=60)

        with line.cut() if line else held():
            back = monotonic() + GONE_SECONDS
            until(lambda: monotonic() > back)

        comes_back_whole(cast, server, node, token_of, opened, trouble="The database is cut off for 10 s")


def comes_back_whole(
    cast: Cast, server: ProcessServer, node: Node, token_of: TokenOf, opened: list[NodeSection], *, trouble: str
) -> None:
    """Tabs that are told “not saved” keep what they have, come back by themselves, and bring it."""
    typed = [word for section in opened for word in section.call("rest")["typed"]]
    for section in opened:
        section.wait("saved", seconds=90)
    # What the database ended is not to be used again.
    connection.close()
    text = text_for_a_newcomer(node, server, cast, token_of)
    assert count(trouble, typed, text) == []
    assert text == text_of(*read_log(cast.findings.pk))


@contextmanager
def held() -> Iterator[None]:
    """Somebody else writes to the database, and does not end."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        yield
        cursor.execute("ROLLBACK")


class Line:
    """A line to PostgreSQL that can be cut."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._is_cut = False

    @contextmanager
    def cut(self) -> Iterator[None]:
        self._is_cut = True
        for pair in self._pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        yield
        self._is_cut = False

    def __enter__(self) -> "Line":
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listener.accept()
                if self._is_cut:
                    here.close()
                    continue
                pair = here, socket.create_connection(("127.0.0.1", self._to))
                self._pairs.append(pair)
                Thread(target=_carry, args=pair, daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with one, other, suppress(OSError):
        while True:
            for ready in select.select([one, other], [], [])[0]:
                data = ready.recv(65536)
                if not data:
                    return
                (other if ready is one else one).sendall(data)
