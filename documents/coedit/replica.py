"""The text of one section in memory, for answering newcomers. The log is the truth; this is made from it."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from pycrdt import Doc, get_update, merge_updates

from documents.coedit.updates import Deletes, covers, deletes_of
from documents.coedit.wire import ProtocolError

# Merging is quadratic in the number of updates.
CHUNK = 100
P = ParamSpec("P")
R = TypeVar("R")


class UnusableError(ProtocolError):
    """An update could not be applied. The replica may hold half of it and must be made anew."""


class Replica:
    """A Yjs document that never forgets an update which waits for an earlier one."""

    def __init__(self) -> None:
        self._doc: Doc[Any] = Doc()
        self._unsifted: list[bytes] = []
        self._waiting: list[bytes] = []

    def apply(self, update: bytes) -> None:
        """Take in a checked update. Raises UnusableError."""
        _guarded(self._doc.apply_update, update)
        self._unsifted.append(update)
        if len(self._unsifted) >= CHUNK:
            self._sift()

    def state(self) -> bytes:
        """The state vector."""
        return self._doc.get_state()

    def missing(self, state: bytes) -> bytes:
        """All that a client with this state vector lacks. Raises ProtocolError for a vector that cannot be read."""
        update = _guarded(self._doc.get_update, state)
        # The document's own answer leaves out what waits for an earlier update; its receivers would never get it.
        self._sift()
        return _guarded(merge_updates, update, *self._waiting) if self._waiting else update

    def news(self, update: bytes) -> bytes:
        """The part of a checked update that is not known here yet; empty if there is none."""
        state = self.state()
        rest = _guarded(get_update, update, state)
        return rest if _has_content(rest) or not covers(self._deleted(state), deletes_of(rest)) else b""

    def _sift(self) -> None:
        """Keep those updates of which the document could not take in everything yet."""
        if self._unsifted:
            self._waiting.append(_guarded(merge_updates, *self._unsifted))
            self._unsifted.clear()
        if self._waiting:
            state = self.state()
            known = self._deleted(state)
            waiting = [update for update in self._waiting if _is_waiting(update, state, known)]
            self._waiting = [merge_updates(*waiting)] if len(waiting) > CHUNK else waiting

    def _deleted(self, state: bytes) -> Deletes:
        return deletes_of(self._doc.get_update(state))


def _is_waiting(update: bytes, state: bytes, known: Deletes) -> bool:
    """Whether an applied update holds content, or deletes content, that the document does not have."""
    rest = _guarded(get_update, update, state)
    return _has_content(rest) or not covers(known, deletes_of(rest))


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
