"""A client without a library: it makes its frames by hand, wrong ones too, and reads what comes byte by byte."""

import socket
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlsplit

TIMEOUT = 20.0
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
MASK = b"\x37\xfa\x21\x3d"


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame from the server."""

    opcode: int
    payload: bytes

    @property
    def code(self) -> int | None:
        """The code of a close frame."""
        return int.from_bytes(self.payload[:2], "big") if self.payload else None


def frame(
    payload: bytes = b"",
    opcode: int = BINARY,
    *,
    final: bool = True,
    rsv: int = 0,
    mask: bytes | None = MASK,
    length: bytes | None = None,
) -> bytes:
    """A client's frame; `rsv` are its three reserved bits, and `length` replaces the bytes that tell the length."""
    first = bytes([(0x80 if final else 0) | rsv << 4 | opcode])
    told = length or _length(len(payload))
    told = bytes([told[0] | (0x80 if mask is not None else 0)]) + told[1:]
    body = payload if mask is None else mask + masked(payload, mask)
    return first + told + body


def masked(payload: bytes, mask: bytes) -> bytes:
    repeated = (mask * (len(payload) // 4 + 1))[: len(payload)]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")).to_bytes(len(payload), "big")


def _length(size: int) -> bytes:
    if size < 126:
        return bytes([size])
    return b"\x7e" + size.to_bytes(2, "big") if size < 65_536 else b"\x7f" + size.to_bytes(8, "big")


class TcpClient:
    """One connection, its handshake done."""

    def __init__(self, url: str, *, receive_buffer: int | None = None, headers: str = "") -> None:
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        self._socket = socket.socket()
        if receive_buffer:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._socket.settimeout(TIMEOUT)
        self._socket.connect((parts.hostname, parts.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = b""
        self.send(
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n".encode()
        )
        self.answer = self._until(b"\r\n\r\n").decode()

    def send(self, *pieces: bytes) -> None:
        """Send each piece by itself."""
        for piece in pieces:
            self._socket.sendall(piece)

    def send_if_open(self, *pieces: bytes) -> None:
        """The same, to a server that may have ended the connection."""
        with suppress(OSError):
            self.send(*pieces)

    def next(self) -> Frame | None:
        """The server's next frame; None at the end of the connection."""
        header = self._exactly(2)
        if len(header) < 2:
            return None
        assert not header[1] & 0x80, "a server does not mask"
        assert header[0] & 0xF0 == 0x80, "a server sends whole frames without reserved bits"
        size = header[1]
        if size > 125:
            size = int.from_bytes(self._exactly(2 if size == 126 else 8), "big")
        return Frame(header[0] & 0x0F, self._exactly(size))

    def rest(self) -> list[Frame]:
        """All frames until the server ends the connection."""
        frames = []
        while (found := self.next()) is not None:
            frames.append(found)
        return frames

    def be_impatient(self) -> None:
        """Give up sending soon, where the server does not read."""
        self._socket.settimeout(1.0)

    def end_writing(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Break the connection, as a machine does that lost its memory of it."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self._socket.close()

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> "TcpClient":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._read and self._more():
            pass
        found, _, self._read = self._read.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._read) < size and self._more():
            pass
        found, self._read = self._read[:size], self._read[size:]
        return found

    def _more(self) -> bool:
        try:
            data = self._socket.recv(65_536)
        except ConnectionError:
            return False
        self._read += data
        return bool(data)
