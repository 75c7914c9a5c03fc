"""The numbers and strings that the protocol, presence and updates are made of (lib0 encoding)."""

MAX_UINT = 2**53 - 1


class ProtocolError(ValueError):
    """Bytes that no client in good order sends."""


class Reader:
    """Reads one message from its start. Every method raises ProtocolError where the bytes do not fit."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data = data
        self.at = at

    def byte(self) -> int:
        if self.at >= len(self.data):
            raise ProtocolError("the message ends too early")
        self.at += 1
        return self.data[self.at - 1]

    def uint(self) -> int:
        value = shift = 0
        while True:
            part = self.byte()
            value |= (part & 127) << shift
            if value > MAX_UINT:
                raise ProtocolError("a number is too large")
            if part < 128:
                return value
            shift += 7
            if shift > 63:
                raise ProtocolError("a number is too long")

    def skip(self, size: int) -> None:
        if size > len(self.data) - self.at:
            raise ProtocolError("the message ends too early")
        self.at += size

    def buffer(self) -> bytes:
        size = self.uint()
        start = self.at
        self.skip(size)
        return self.data[start : self.at]

    def string(self) -> str:
        try:
            return self.buffer().decode()
        except UnicodeDecodeError as error:
            raise ProtocolError("text is not UTF-8") from error

    def words(self) -> None:
        """Skip a string; a reader that is after the words overrides this."""
        self.skip(self.uint())

    def end(self) -> None:
        """Raise unless everything has been read."""
        if self.at != len(self.data):
            raise ProtocolError("bytes are left over")


def uint(value: int) -> bytes:
    """A number in groups of seven bits, the lowest first."""
    parts = bytearray()
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def buffer(data: bytes) -> bytes:
    return uint(len(data)) + data


def string(text: str) -> bytes:
    return buffer(text.encode())
