"""The text of one section in memory, for answering newcomers. The log is the truth; this is made from it."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ParamSpec, TypeVar

from pycrdt import Doc, get_update, merge_updates

from documents.coedit.updates import Deletes, Ranges, covers, deletes_of
from documents.coedit.wire import ProtocolError, Reader

logger = logging.getLogger(__name__)

# Merging is quadratic in the number of updates.
CHUNK = 100
# Longer ones are not merged with others: that would only copy them.
LARGE = 64 * 1024
P = ParamSpec("P")
R = TypeVar("R")


class UnusableError(ProtocolError):
    """An update could not be applied. The replica may hold half of it and must be made anew."""


class Replica:
    """A Yjs document that never forgets an update which waits for an earlier one.

    Updates are taken in when they are needed or many, in lots: that is cheaper than one by one.
    """

    def __init__(self, base: bytes = b"") -> None:
        """Begin with a text in which nothing waits. Raises UnusableError."""
        self._doc: Doc[Any] = Doc()
        if base:
            _guarded(self._doc.apply_update, base)
        self._pending: list[bytes] = []
        self._waiting: list[bytes] = []
        # Whether something in the log could not be used.
        self.left_out = False

    @property
    def doc(self) -> "Doc[Any]":
        """The document, for reading."""
        self.settle()
        return self._doc

    @property
    def pending(self) -> int:
        """How many updates have been given but not yet taken in."""
        return len(self._pending)

    def parts(self) -> tuple[bytes, bytes]:
        """The text in which nothing waits, and what waits for an earlier update (empty if nothing does)."""
        self.settle()
        return self._doc.get_update(), _guarded(merge_updates, *self._waiting) if self._waiting else b""

    def add(self, update: bytes) -> None:
        """Give a checked update, to be taken in later. Raises UnusableError."""
        self._pending.append(update)
        if len(self._pending) >= CHUNK:
            self.settle()

    def settle(self) -> None:
        """Take in all that was given. Raises UnusableError."""
        pending, self._pending = self._pending, []
        for lot in lots(pending):
            self.take_in(merged(lot))

    def state(self) -> bytes:
        """The state vector."""
        self.settle()
        return self._doc.get_state()

    def missing(self, state: bytes) -> bytes:
        """All that a client with this state vector lacks. Raises ProtocolError for a vector that cannot be read."""
        self.settle()
        update = _guarded(self._doc.get_update, state)
        # The document's own answer leaves out what waits for an earlier update; its receivers would never get it.
        return _guarded(merge_updates, update, *self._waiting) if self._waiting else update

    def news(self, update: bytes) -> bytes:
        """The part of a checked update that is not known here yet; empty if there is none."""
        state = self.state()
        rest = _guarded(get_update, update, state)
        return rest if _has_content(rest) or not covers(self._deleted(state), deletes_of(rest)) else b""

    def take_in(self, update: bytes) -> None:
        """Take in a checked update at once. Raises UnusableError."""
        _guarded(self._doc.apply_update, update)
        if self._waiting:
            self._take_in_what_waited()
        if _is_waiting(update, self._doc.get_state()):
            self._waiting.append(update)
        if len(self._waiting) > CHUNK:
            self._waiting = [merge_updates(*self._waiting)]

    def _take_in_what_waited(self) -> None:
        """Give it to the document again, which does not always see by itself that it need not wait any longer."""
        before, state = b"", self._doc.get_state()
        while self._waiting and state != before:
            for update in self._waiting:
                _guarded(self._doc.apply_update, update)
            before, state = state, self._doc.get_state()
            self._waiting = [update for update in self._waiting if _is_waiting(update, state)]

    def _deleted(self, state: bytes) -> Deletes:
        return deletes_of(self._doc.get_update(state))


def replica_of(updates: Sequence[bytes], base: bytes = b"") -> Replica:
    """The text that a log makes, after a snapshot of its beginning. One bad update does not make the rest unreadable."""
    try:
        return _built(base, [merged(lot) for lot in lots(updates)])
    except ProtocolError:
        return _built_of_the_usable(base, list(updates))


def lots(updates: Iterable[bytes]) -> Iterable[list[bytes]]:
    """Updates in order, as many together as can be merged cheaply."""
    lot: list[bytes] = []
    for update in updates:
        if lot and (len(lot) >= CHUNK or len(update) > LARGE):
            yield lot
            lot = []
        lot.append(update)
        if len(update) > LARGE:
            yield lot
            lot = []
    if lot:
        yield lot


def merged(updates: list[bytes]) -> bytes:
    """One update with the effect of these, none of which is lost, also if one waits for another that is not here."""
    return _guarded(merge_updates, *updates) if len(updates) > 1 else updates[0]


def _built(base: bytes, updates: Sequence[bytes]) -> Replica:
    replica = Replica(base)
    for update in updates:
        replica.take_in(update)
    return replica


def _built_of_the_usable(base: bytes, updates: list[bytes]) -> Replica:
    """Leave out what cannot be applied. What it left in the document is not to be trusted, so begin anew each time."""
    replica, at = Replica(base), 0
    while at < len(updates):
        try:
            replica.take_in(updates[at])
            at += 1
        except ProtocolError:
            logger.exception("an update of %d bytes cannot be used and is left out", len(updates[at]))
            del updates[at]
            replica, at = Replica(base), 0
            replica.left_out = True
    return replica


def _is_waiting(update: bytes, state: bytes) -> bool:
    """Whether an applied update holds content, or deletes content, that a document with this state does not have."""
    rest = _guarded(get_update, update, state)
    if _has_content(rest):
        return True
    deletes = deletes_of(rest)
    if not deletes:
        return False
    clocks = clocks_of(state)
    return any(_end(ranges) > clocks.get(client, 0) for client, ranges in deletes.items())


def _end(ranges: Ranges) -> int:
    return max((clock + length for clock, length in ranges), default=0)


def clocks_of(state: bytes) -> dict[int, int]:
    """How much of each client's writing a state vector knows; nobody of whom it knows nothing, though it may name them."""
    reader = Reader(state)
    clocks = [(reader.uint(), reader.uint()) for _ in range(reader.uint())]
    return {client: clock for client, clock in clocks if clock}


def _has_content(update: bytes) -> bool:
    return update[0] != 0


def _guarded(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    try:
        return function(*args, **kwargs)
    except ValueError as error:
        raise ProtocolError("the bytes cannot be read") from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library below is no Exception
        raise UnusableError("the update cannot be used") from error
