"""WebSocket frames as bytes, and messages that go to several sockets."""

from collections.abc import Sequence

_SHORT = [bytes((0x82, size)) for size in range(126)]


def frame(message: bytes) -> bytes:
    """A whole binary frame as servers send it: without a mask, so that it is the same for every receiver."""
    size = len(message)
    if size < 126:
        return _SHORT[size] + message
    if size < 65_536:
        return b"\x82\x7e" + size.to_bytes(2, "big") + message
    return b"\x82\x7f" + size.to_bytes(8, "big") + message


class Bundle:
    """Messages that go out together, in order, framed once whoever gets them."""

    __slots__ = ("_joined", "_pieces", "messages")

    def __init__(self, messages: Sequence[bytes], pieces: list[bytes] | None = None) -> None:
        self.messages = messages
        self._pieces = [frame(message) for message in messages] if pieces is None else pieces
        self._joined: bytes | None = None

    @property
    def frames(self) -> bytes:
        """All messages as one piece of bytes for the wire."""
        if self._joined is None:
            self._joined = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        return self._joined

    def without(self, places: Sequence[int]) -> "Bundle":
        """The same but for the messages at these places, which are in order."""
        messages: list[bytes] = []
        pieces: list[bytes] = []
        begin = 0
        for place in (*places, len(self.messages)):
            messages += self.messages[begin:place]
            pieces += self._pieces[begin:place]
            begin = place + 1
        return Bundle(messages, pieces)
