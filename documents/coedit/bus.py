"""The line to other processes: one thread with one PostgreSQL connection, which listens, reads what they wrote, and speaks.

Notices are lost when nobody listens, so a look at the log twice a second finds what no notice told. A process holds an
advisory lock for as long as its connection lives: that is how the others know that it is there, and that it is no more.
"""

import asyncio
import logging
import socket
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from threading import Event, Thread
from time import monotonic
from typing import Any, Protocol
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connections

from documents.coedit.notices import CHANNEL, PROCESS, Came, Grown, Notice, Went, decode, encode
from documents.coedit.outbox import Outbox
from documents.coedit.presence import Sighting
from documents.coedit.tail import Connection, Row, Tail

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
RETRY_SECONDS = 0.2
# A connection that breaks is no death: its process is back in a moment.
GRACE_SECONDS = 2.0
_LOCK = 0x636F6564
# Where the database is asked who is connected, this line is told from others.
LINE = "portal-coedit-line"
_PARAMETERS: dict[str, Any] = {
    "application_name": LINE,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
    "connect_timeout": 5,
}
_ALIVE = """
    SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2 AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class Hears(Protocol):
    """Whoever listens. Every method is called on the event loop."""

    def rows(self, rows: Sequence[Row]) -> None:
        """Others added to the log."""

    def told(self, process: int, notice: Notice) -> None:
        """Another process said this."""

    def lost(self, process: int) -> None:
        """Another process is no more."""

    def hearing(self) -> None:
        """The line stands, for the first time or again: what was said meanwhile was missed."""

    def deaf(self) -> None:
        """The line broke."""


class Bus:
    """Started once; ended by `stop`."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        hears: Hears,
        own_writer: Callable[[], int | None],
        opened: Callable[[], Collection[UUID]],
    ) -> None:
        self._loop = loop
        self._hears = hears
        self._tail = Tail(own_writer, opened)
        self._outbox = Outbox()
        self._peers: dict[int, float] = {}
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._bell.setblocking(False)
        self._has_begun = False
        self._has_lock = False
        self._is_deaf = False
        self._stopping = False
        self._looked_at = 0.0
        self._thread = Thread(target=self._run, name="coedit-bus", daemon=True)
        self._thread.start()

    @property
    def heard_at(self) -> float:
        """When the database last answered, by `time.monotonic`."""
        return self._looked_at

    def wrote(self, grown: Grown) -> None:
        """Tell the others of rows that have been committed. Any thread may call it."""
        self._tail.wrote(grown.writer_id, grown.last)
        if self._peers:
            self._outbox.wrote(grown)
            self._ring()

    def see(self, section_id: UUID, sightings: Iterable[Sighting]) -> None:
        """Tell the others of these states, in a moment."""
        if self._peers and self._outbox.see(section_id, sightings):
            self._ring()

    def say(self, notice: Notice) -> None:
        """Tell the others."""
        if self._peers:
            self._outbox.put(notice)
            self._ring()

    def stop(self) -> None:
        """Say good-bye, and wait for the end."""
        self._stopping = True
        self._ring()
        self._thread.join()
        self._ear.close()
        self._bell.close()

    def _run(self) -> None:
        while not self._is_over:
            try:
                with _connect() as connection:
                    self._serve(connection)
            except psycopg.OperationalError as error:
                self._broke(type(error).__name__)
            except Exception:
                logger.exception("the line to other processes failed")
                self._broke("failed")

    def _broke(self, why: str) -> None:
        """Say so once, and try again soon: whatever it is, a process that stays deaf is worse."""
        if not self._is_deaf:
            logger.warning("the line to other processes broke: %s", why)
            self._is_deaf = True
            self._post(self._hears.deaf)
        self._wait(None, RETRY_SECONDS)

    @property
    def _is_over(self) -> bool:
        return self._stopping or self._loop.is_closed()

    def _serve(self, connection: Connection) -> None:
        self._begin(connection)
        while not self._is_over:
            notices = [notice.payload for notice in connection.notifies(timeout=0)]
            self._take(connection, notices)
            has_spoken = self._speak(connection, self._outbox.take(monotonic()))
            rest = self._looked_at + LOOK_SECONDS - monotonic()
            if rest <= 0:
                self._look(connection)
            elif not notices and not has_spoken:
                self._wait(connection, min(rest, self._outbox.due_in(monotonic())))
        self._speak(connection, [Went()])

    def _begin(self, connection: Connection) -> None:
        """Listen first: whatever is committed from now on is told, and whatever was before is read."""
        connection.execute(f"LISTEN {CHANNEL}")
        self._has_lock = False
        if not self._has_begun:
            self._tail.begin(connection)
            self._has_begun = True
        self._look(connection)
        self._speak(connection, [Came()])
        self._is_deaf = False
        self._post(self._hears.hearing)

    def _take(self, connection: Connection, payloads: Iterable[str]) -> None:
        grown = []
        for process, notice in filter(None, map(decode, payloads)):
            if isinstance(notice, Grown):
                grown.append(notice)
            elif process != PROCESS:
                self._meet(process, notice)
                self._post(self._hears.told, process, notice)
        self._hand_over(self._tail.follow(connection, grown))

    def _meet(self, process: int, notice: Notice) -> None:
        if isinstance(notice, Came):
            self._peers[process] = monotonic()
        elif isinstance(notice, Went):
            self._peers.pop(process, None)

    def _look(self, connection: Connection) -> None:
        """Find new rows and other processes, whether or not anybody told."""
        if not self._has_lock:
            # Not yet where the connection before this one is not quite dead.
            self._has_lock = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, PROCESS]).fetchall()[0][0]
        now = monotonic()
        self._peers |= {process: now for (process,) in connection.execute(_ALIVE, [_LOCK]) if process != PROCESS}
        for process in [process for process, seen in self._peers.items() if now - seen > GRACE_SECONDS]:
            del self._peers[process]
            self._post(self._hears.lost, process)
        self._hand_over(self._tail.look(connection))
        self._looked_at = monotonic()

    def _speak(self, connection: Connection, notices: Iterable[Notice]) -> bool:
        """Each in a statement of its own, which is a transaction of its own: no commit of data waits for it."""
        texts = [text for notice in notices for text in encode(notice)]
        for text in texts:
            connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, text])
        return bool(texts)

    def _hand_over(self, lots: Iterable[list[Row]]) -> None:
        """Give rows to the event loop, no faster than it takes them."""
        for lot in lots:
            taken = Event()
            self._post(self._hears.rows, lot)
            self._post(taken.set)
            while not taken.wait(LOOK_SECONDS) and not self._is_over:
                pass

    def _post(self, call: Callable[..., None], *args: Any) -> None:
        with suppress(RuntimeError):  # the loop has been closed
            self._loop.call_soon_threadsafe(call, *args)

    def _ring(self) -> None:
        with suppress(OSError):  # it has rung already, or all is over
            self._bell.send(b"!")

    def _wait(self, connection: Connection | None, seconds: float) -> None:
        """Until something comes in, somebody rings, or time is up."""
        with DefaultSelector() as selector:
            selector.register(self._ear, EVENT_READ)
            if connection is not None:
                selector.register(connection.fileno(), EVENT_READ)
            selector.select(seconds)
        with suppress(BlockingIOError):
            self._ear.recv(4096)


def _connect() -> Connection:
    """A connection that may listen: straight to the database, not by a pooler that hands connections around."""
    if url := settings.COEDIT_DATABASE_URL:
        return psycopg.connect(url, autocommit=True, **_PARAMETERS)
    given = connections["default"].get_connection_params()
    named = {name: value for name, value in given.items() if name not in ("cursor_factory", "context", "autocommit")}
    return psycopg.connect(**(_PARAMETERS | named), autocommit=True)
