"""The outgoing side of a socket whose transport is at hand: one write a turn of the loop, without a queue between."""

from typing import Protocol

from documents.coedit import link
from documents.coedit.frames import Bundle, Cut, frame
from documents.coedit.link import CloseCode, Link
from documents.coedit.ticks import running_tick


class Carrier(Protocol):
    """What carries the bytes."""

    def carry(self, frames: bytes) -> None:
        """Write whole frames; nothing happens once the socket is ending."""

    @property
    def uncarried(self) -> int:
        """How many bytes wait for the client."""

    def listen(self, is_calm: bool) -> None:
        """Read on, or stop reading."""

    def finish(self, code: int, reason: str) -> None:
        """Close, after what has been written."""


class DirectLink(Link):
    """Frames what is said, and writes it at the end of the loop's turn. The transport says when its client lags."""

    def __init__(self, carrier: Carrier) -> None:
        super().__init__()
        self._carrier = carrier
        self._tick = running_tick()
        self._out: list[bytes] = []
        self._answers = 0

    @property
    def waiting(self) -> int:
        return self._carrier.uncarried + sum(map(len, self._out))

    def put(self, data: bytes, *, is_answer: bool = False) -> None:
        if is_answer:
            self._answers += len(data)
        self._add(frame(data))

    def relay(self, bundle: Bundle | Cut) -> None:
        self._add(bundle.frames)

    def close(self, code: CloseCode, reason: str) -> None:
        if self._ending is None:
            self.flush()
            # Set only now: flushing may itself have ended it.
            if self._ending is None:
                self._ending = int(code), reason
                self._carrier.finish(int(code), reason)

    def detach(self) -> None:
        """The socket ends without us: nothing more is said."""
        self._ending = self._ending or (int(CloseCode.BROKEN), "gone")
        self._out.clear()

    def lags(self, lags: bool) -> None:
        """The transport has too much to carry, or has carried it."""
        if not lags:
            self._answers = 0
        self._lags(lags)

    def flush(self) -> None:
        """Write what waits for the end of the turn."""
        out, self._out = self._out, []
        if not out or self._ending is not None:
            return
        self.spoke_at = self._loop.time()
        self._carrier.carry(out[0] if len(out) == 1 else b"".join(out))
        if self.is_lagging and self._carrier.uncarried > link.MAX_WAITING_BYTES + self._answers:
            self.close(CloseCode.RESET, "too-slow")

    def _add(self, frames: bytes) -> None:
        if self._ending is None:
            if not self._out:
                self._tick.write(self.flush)
            self._out.append(frames)

    def _listen(self, is_calm: bool) -> None:
        self._carrier.listen(is_calm)
