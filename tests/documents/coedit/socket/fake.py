"""A socket of ours without a network: what goes in is given by hand, what comes out is noted."""

import asyncio
from typing import Any
from uuid import uuid4

import uvicorn
from django.test import override_settings
from uvicorn.server import ServerState

from documents.coedit.fast_socket import DirectSocket
from documents.coedit.link import CloseCode

REQUEST = (
    f"GET /coedit/{uuid4()} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
)


class Transport(asyncio.Transport):
    """Notes what is written; takes it all, unless it is told to hold it back."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.reads = True
        self._is_closing = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self._is_closing, "something was written after the end"
        self.written += data

    def is_closing(self) -> bool:
        return self._is_closing

    def close(self) -> None:
        self._is_closing = True

    abort = close

    def pause_reading(self) -> None:
        assert self.reads
        self.reads = False

    def resume_reading(self) -> None:
        self.reads = True

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def get_write_buffer_size(self) -> int:
        return 0


class Listener:
    """Hears messages. One that begins with "end" makes it end the socket, as a wrong message does."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.ended: tuple[int, str] | None = None
        self.socket: DirectSocket | None = None

    def receive(self, frame: bytes) -> None:
        self.heard.append(frame)
        if frame[:3] == b"end":
            self.end(CloseCode.MALFORMED, "malformed")

    def end(self, code: CloseCode, reason: str) -> None:
        assert self.socket
        assert self.socket._link
        self.ended = self.ended or (int(code), reason)
        self.socket._link.close(code, reason)

    def leave(self) -> None:
        pass


async def connected(
    kind: type[DirectSocket], *, deflate: bool = False, limit: int
) -> tuple[DirectSocket, Transport, Listener]:
    """A socket after its handshake."""
    listener, ready = Listener(), asyncio.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        found: DirectSocket = scope["extensions"]["coedit"]
        found.open_link()
        listener.socket = found
        with override_settings(COEDIT_MAX_FRAME_BYTES=limit):
            found.start(listener)
        ready.set()
        while (await receive())["type"] != "websocket.disconnect":
            pass

    config = uvicorn.Config(
        application, ws=kind, ws_max_size=2 * limit, ws_per_message_deflate=deflate, ws_ping_interval=None, log_config=None
    )
    config.load()
    transport, made = Transport(), kind(config, ServerState(), {})
    made.connection_made(transport)
    offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n" if deflate else ""
    made.data_received(f"{REQUEST}{offer}\r\n".encode())
    await ready.wait()
    transport.written = b""
    return made, transport, listener
