"""A client made by hand: it says what it likes, and reads what it gets."""

from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any, NoReturn
from uuid import UUID

import pytest
from pycrdt import Doc, Text
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from documents.coedit import protocol
from documents.coedit.wire import Reader, string, uint

TIMEOUT = 10.0


class RawClient:
    """One socket. `heard` are the messages so far, as (document, what, detail)."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.heard: list[tuple[str, str, Any]] = []

    def send(self, frame: bytes | str) -> None:
        self._socket.send(frame)

    def say_if_open(self, frame: bytes) -> None:
        """Send, where the server has not ended the socket already."""
        with suppress(ConnectionClosed):
            self._socket.send(frame)

    def close(self) -> None:
        self._socket.close()

    def break_off(self) -> None:
        """Be gone without a word."""
        self._socket.socket.shutdown(SHUT_RDWR)

    def say(self, section: UUID, body: bytes) -> None:
        self.send(string(f"section:{section}") + body)

    def sign_on(self, section: UUID, token: str) -> None:
        self.say(section, b"\x02\x00" + string(token) + string("4.8.0"))

    def join(self, section: UUID, token: str) -> bytes:
        """Sign on and exchange texts, with nothing to tell; returns the section's text as an update."""
        self.sign_on(section, token)
        self.say(section, protocol.sync_step1(b"\x00"))
        update: bytes = self.expect("sync-step2")
        self.say(section, protocol.sync_step2(b"\x00\x00"))
        assert self.expect("status") == 1
        return update

    def settle(self, section: UUID) -> list[tuple[str, Any]]:
        """Hear all that the server has said so far of a section; return it, without what was heard before."""
        before = len(self.heard)
        self.say(section, protocol.sync_step1(b"\x00"))
        self.expect("sync-step1")
        name = f"section:{section}"
        return [(what, detail) for document, what, detail in self.heard[before:] if document == name][:-2]

    def expect(self, what: str) -> Any:
        """Read until a message of this kind comes; return its detail."""
        while True:
            found, detail = self.hear()
            if found == what:
                return detail

    def hear(self, patience: float | None = None) -> tuple[str, Any]:
        """Read one message; TimeoutError where none comes."""
        document, what, detail = read(self._socket.recv(timeout=TIMEOUT if patience is None else patience))
        self.heard.append((document, what, detail))
        return what, detail

    def expect_end(self) -> tuple[int, str]:
        """Read until the server ends the socket; return its code and reason."""
        with pytest.raises(ConnectionClosed) as ended:
            self._hear_all()
        received = ended.value.rcvd
        assert received is not None, "the connection broke without a close frame"
        return received.code, received.reason

    def _hear_all(self) -> NoReturn:
        while True:
            self.heard.append(read(self._socket.recv(timeout=TIMEOUT)))


def read(frame: bytes | str) -> tuple[str, str, Any]:
    """What a message of the server says."""
    assert isinstance(frame, bytes)
    if frame == protocol.PING:
        return "", "ping", None
    reader = Reader(frame)
    document, kind = reader.string(), reader.uint()
    read_body: dict[int, Callable[[Reader], tuple[str, Any]]] = {
        0: _sync,
        1: lambda body: ("awareness", body.buffer()),
        2: _auth,
        5: lambda body: ("stateless", body.string()),
        7: lambda body: ("closed", body.string()),
        8: lambda body: ("status", body.uint()),
    }
    what, detail = read_body[kind](reader)
    reader.end()
    return document, what, detail


def _sync(body: Reader) -> tuple[str, bytes]:
    return ("sync-step1", "sync-step2", "update")[body.uint()], body.buffer()


def _auth(body: Reader) -> tuple[str, str]:
    return {1: "denied", 2: "authenticated"}[body.uint()], body.string()


def awareness(*states: tuple[int, int, str]) -> bytes:
    """An awareness message of (client, clock, JSON)."""
    body = uint(len(states)) + b"".join(uint(client) + uint(clock) + string(text) for client, clock, text in states)
    return protocol.awareness(body)


def text_of(*updates: bytes) -> str:
    """The words that these updates make, in whatever order they come."""
    doc: Doc[Any] = Doc()
    before: bytes | None = None
    # Those that came early have to be given again: the library does not always see that they need not wait any longer.
    while before != (state := doc.get_state()):
        before = state
        for update in updates:
            doc.apply_update(update)
    return str(doc.get("text", type=Text))


def typing(*words: str, into: str = "text") -> list[bytes]:
    """The updates of one client that types these words one after the other into a text of this name."""
    doc: Doc[Any] = Doc()
    text = doc.get(into, type=Text)
    updates = []
    for word in words:
        before = doc.get_state()
        text += word
        updates.append(doc.get_update(before))
    return updates
