"""WebSocket frames as bytes, and messages that go to several sockets."""

from collections.abc import Sequence
from itertools import accumulate

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

    __slots__ = ("_ends", "frames", "messages")

    def __init__(self, messages: Sequence[bytes]) -> None:
        self.messages = messages
        pieces = [frame(message) for message in messages]
        # All messages as one piece of bytes for the wire, and where in it each one ends.
        self.frames = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        self._ends = list(accumulate(map(len, pieces)))

    def without(self, places: Sequence[int]) -> "Cut":
        """The same but for the messages at these places, which are in order."""
        return Cut(self, places)

    def frames_without(self, places: Sequence[int]) -> bytes:
        """The frames of all messages but those."""
        pieces: list[bytes] = []
        begin = 0
        for place in places:
            pieces.append(self.frames[begin : self._ends[place - 1] if place else 0])
            begin = self._ends[place]
        pieces.append(self.frames[begin:])
        return b"".join(pieces)


class Cut:
    """A bundle without some of its messages: the rest is cut out of what has been joined already."""

    __slots__ = ("_bundle", "_places")

    def __init__(self, bundle: Bundle, places: Sequence[int]) -> None:
        self._bundle = bundle
        self._places = places

    @property
    def frames(self) -> bytes:
        return self._bundle.frames_without(self._places)

    @property
    def messages(self) -> list[bytes]:
        left_out = frozenset(self._places)
        return [message for place, message in enumerate(self._bundle.messages) if place not in left_out]
