"""Taking the common frame out of a client's bytes without a full parser.

The common frame is whole, final, binary, masked and without reserved bits. All else (fragments, control frames, text,
compression, errors, what is cut off at the end of a read) is handed to the library's parser, byte for byte and in order.
"""

from collections.abc import Callable

try:
    from websockets.speedups import apply_mask
except ImportError:  # a platform without compiled wheels
    from websockets.utils import apply_mask

_COMMON, _MASKED = 0x82, 0x80
_FINAL, _OPCODE = 0x80, 0x0F
_KNOWN = frozenset((0, 1, 2, 8, 9, 10))


class Walker:
    """Walks over frames. Once switched off (`is_on`), all that follows is the library's."""

    __slots__ = ("_hand_over", "_in_fragments", "_limit", "_need", "_tail", "_take", "is_on")

    def __init__(self, take: Callable[[bytes], None], hand_over: Callable[[bytes], None], limit: int) -> None:
        self._take = take
        self._hand_over = hand_over
        self._limit = limit
        self._need = 0  # what the library still lacks of the frame that it is reading
        self._tail = b""  # the beginning of a header
        self._in_fragments = False
        self.is_on = True

    def feed(self, data: bytes) -> None:
        """Take the client's next bytes."""
        if self._tail:
            data, self._tail = self._tail + data, b""
        at = 0
        if self._need:
            at = min(self._need, len(data))
            self._need -= at
            self._hand_over(data[:at])
        while at < len(data):
            if not self.is_on:
                self._hand_over(data[at:])
                return
            at = self._step(data, at)

    def _step(self, data: bytes, at: int) -> int:
        """Deal with the frame that begins here; return where the next one does."""
        end = len(data)
        if end - at < 2:
            self._tail = data[at:]
            return end
        first, second = data[at], data[at + 1]
        size, start = second & 0x7F, at + 6
        if size > 125:
            start += 2 if size == 126 else 8
            if end < start - 4:
                return self._cut(data, at, first, second)
            size = int.from_bytes(data[at + 2 : start - 4], "big")
        stop = start + size
        if first == _COMMON and second & _MASKED and stop <= end and not self._in_fragments and size <= self._limit:
            self._take(apply_mask(data[start:stop], data[start - 4 : start]))
            return stop
        return self._pass_on(data, at, stop)

    def _pass_on(self, data: bytes, at: int, stop: int) -> int:
        """Give a frame to the library, or what is there of it."""
        if not _is_possible(data[at], data[at + 1]):
            self.is_on = False
            return at
        if data[at] & _OPCODE < 3:
            self._in_fragments = not data[at] & _FINAL
        self._need = max(0, stop - len(data))
        self._hand_over(data[at:stop])
        return min(stop, len(data))

    def _cut(self, data: bytes, at: int, first: int, second: int) -> int:
        """A header that is not whole. One that is wrong already is refused at once."""
        if not _is_possible(first, second):
            self.is_on = False
            return at
        self._tail = data[at:]
        return len(data)


def _is_possible(first: int, second: int) -> bool:
    """Whether a header beginning so leads to a frame of known length."""
    return bool(second & _MASKED) and first & _OPCODE in _KNOWN
