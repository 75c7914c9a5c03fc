"""A browser's tab, as far as the text goes: it keeps its document whatever becomes of its socket."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any

from pycrdt import Doc, Text
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from accounts.models import User
from documents.coedit import protocol
from documents.coedit.replica import clocks_of
from documents.models import Section
from tests.documents.coedit.raw import RawClient


class Tab:
    """Counts what is saved as the provider does: the exchange of texts is one message, each change another."""

    def __init__(self, person: User, section: Section) -> None:
        self.person = person
        self.url = ""
        self.may_write = False
        # Where the report is frozen the server may refuse what it is sent.
        self.may_be_refused = False
        # How much of what was written here was said to be saved, as a clock of this tab's own.
        self.acknowledged = 0
        self._section = section.pk
        self._doc: Doc[Any] = Doc()
        self._text = self._doc.get("text", type=Text)
        self._held = ExitStack()
        self._socket: RawClient | None = None
        self._unsaved = self._refused = 0
        self._asks = False

    @property
    def is_open(self) -> bool:
        return self._socket is not None

    @property
    def text(self) -> str:
        return str(self._text)

    @property
    def client(self) -> int:
        """Who the log says wrote what was written here."""
        return self._doc.client_id

    def open(self, url: str, token: str) -> None:
        """Sign on, and exchange what both sides lack."""
        connection = self._held.enter_context(connect(url, max_size=None, compression=None))
        self.url, self.may_write, self._socket = url, False, RawClient(connection)
        self._socket.sign_on(self._section, token)
        self._exchange()

    def change(self, change: Callable[[Text], None]) -> None:
        """Edit, and send it if there is somebody to send it to."""
        before = self._doc.get_state()
        change(self._text)
        if self._socket:
            self._unsaved += 1
            self._say(protocol.update(self._doc.get_update(before)))

    def rest(self) -> None:
        """Wait until all is saved, or refused, and hear all that others wrote."""
        self.hear_until(lambda: self._is_answered)
        self._exchange()

    def hear_until(self, holds: Callable[[], bool]) -> None:
        """Hear what the server says until something holds, or the server ends it."""
        while self._socket and not holds():
            self._hear()

    def hear_what_is_there(self) -> None:
        """Hear what has come so far."""
        with suppress(TimeoutError):
            while self._socket:
                self._hear(patience=0)

    def only_reads(self) -> None:
        """Wait until it is told that it may not write."""
        self.hear_until(lambda: not self.may_write)

    def writes_again(self) -> None:
        """Wait until it may write, and all that was refused before is saved."""
        self.hear_until(lambda: self.may_write and self._unsaved == 0)
        self.may_be_refused = False

    def turned_out(self) -> None:
        """Wait until the server ends the socket."""
        self.hear_until(lambda: False)

    def leave(self) -> None:
        """The socket breaks."""
        if self._socket:
            with suppress(OSError):
                self._socket.break_off()
            self._held.close()
            self._socket = None

    @property
    def _is_answered(self) -> bool:
        return not self._asks and self._unsaved == self._refused

    def _exchange(self) -> None:
        self._unsaved, self._refused, self._asks = 1, 0, True
        self._say(protocol.sync_step1(self._doc.get_state()))
        self.hear_until(lambda: self._is_answered)

    def _say(self, body: bytes) -> None:
        if self._socket:
            self._socket.say_if_open(protocol.prefix(f"section:{self._section}") + body)

    def _hear(self, patience: float | None = None) -> None:
        assert self._socket
        try:
            what, detail = self._socket.hear(patience)
        except ConnectionClosed:
            self.leave()
            return
        if what in ("update", "sync-step2"):
            self._doc.apply_update(detail)
        elif what == "sync-step1":
            self._bring(detail)
        elif what == "authenticated":
            self.may_write = detail == "read-write"
        elif what == "status":
            self._count(is_saved=detail == 1)
        elif what == "closed":
            self.leave()

    def _bring(self, state: bytes) -> None:
        """The server asks for all that it lacks: what was refused before is settled by this."""
        self._asks, self._refused = False, 0
        self._say(protocol.sync_step2(self._doc.get_update(state)))

    def _count(self, *, is_saved: bool) -> None:
        assert is_saved or self.may_be_refused, "somebody who may write was refused"
        if not is_saved:
            self._refused += 1
            return
        self._unsaved -= 1
        if self._unsaved == 0:
            self.acknowledged = clocks_of(self._doc.get_state()).get(self.client, 0)
