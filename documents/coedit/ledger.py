"""Writing to the log: groups of updates under one writer's numbers, each update once whatever happens to the connection."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from time import monotonic, sleep
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.utils import timezone

from documents.coedit.replica import lots, merged
from documents.coedit.rows import Outcome, Row, insert
from documents.coedit.wire import ProtocolError
from documents.models import CoeditWriter

__all__ = ["Committed", "Entry", "Lane", "Ledger", "OnCommitted", "Outcome"]

logger = logging.getLogger(__name__)

# How long a lost connection is made anew before the rooms are told; a database that restarts is back by then.
PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.1


@dataclass(slots=True)
class Lane:
    """The order of one room's updates. After one was not stored none that follows it may be: it may build on that one."""

    section_id: UUID
    broken: Outcome | None = None


@dataclass(slots=True)
class Entry:
    """An update to store, or (without data) a wish to know when those before it are stored."""

    lane: Lane
    data: bytes
    author_id: UUID
    organisation_id: UUID
    settle: Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Committed:
    """Rows that are in the log now: one writer's, from the first to the last."""

    writer_id: int
    first: int
    last: int
    section_ids: frozenset[UUID]


OnCommitted = Callable[[Committed], None]
# What became of rooms' updates, by `id` of their lanes.
_Fates = dict[int, Outcome]


class _Attempt(Enum):
    """How an attempt to store a group ended."""

    STORED = auto()
    REFUSED = auto()
    DISCONNECTED = auto()
    DOWN = auto()


class Ledger:
    """Writes groups of entries under one writer's numbers. Where it had to give up it goes on as a new writer.

    Rows become visible in the order of their numbers. While it is unknown whether a group was committed, nothing else is
    written, and the same rows are written again under the same numbers.
    """

    def __init__(self, on_committed: OnCommitted) -> None:
        self._on_committed = on_committed
        self.writer_id: int | None = None
        self._seq = 0

    def commit(self, batch: Sequence[Entry]) -> list[Outcome]:
        """Store a group. What fails together is tried again room by room, so that one room's trouble stays its own.

        Unless it is the database's trouble: nobody gains from waiting for its time limit again and again.
        """
        fates: _Fates = {}
        sound = [entry for entry in batch if entry.lane.broken is None]
        if self._write(sound, fates) == _Attempt.REFUSED:
            for group in _by_lane(sound):
                if self._write(group, fates) in (_Attempt.DISCONNECTED, _Attempt.DOWN):
                    break
        for lane in _lanes(sound):
            if (outcome := fates.get(id(lane), Outcome.NOT_SAVED)) != Outcome.SAVED:
                lane.broken = outcome
        return [entry.lane.broken or Outcome.SAVED for entry in batch]

    def _write(self, group: Sequence[Entry], fates: _Fates) -> _Attempt:
        database = connections[DEFAULT_DB_ALIAS]
        rows: list[Row] = []
        attempt, patient_until = _Attempt.DISCONNECTED, monotonic() + PATIENCE_SECONDS
        is_retry = False
        while attempt == _Attempt.DISCONNECTED:
            used: object = None
            try:
                database.ensure_connection()
                used = database.connection
                rows = rows or self._numbered(group)
                refused = insert(rows, is_retry=is_retry) if rows else {}
            except Exception as error:
                if not is_retry:
                    logger.exception("updates could not be stored")
                attempt = _judge(error, used)
                connection.close()
            else:
                fates |= {id(lane): refused.get(lane.section_id, Outcome.SAVED) for lane in _lanes(group)}
                self._tell(rows, refused)
                return _Attempt.STORED
            if monotonic() >= patient_until:
                break
            is_retry = bool(rows)
            sleep(PAUSE_SECONDS)
        if attempt != _Attempt.REFUSED:
            # Whether a commit reached the database is unknown: these numbers may yet appear.
            self.writer_id = None
        return attempt

    def _numbered(self, group: Sequence[Entry]) -> list[Row]:
        rows = list(_packed(group))
        if not rows:
            return rows
        if self.writer_id is None:
            self.writer_id, self._seq = CoeditWriter.objects.create().pk, 0
        for row in rows:
            self._seq += 1
            row.writer_id, row.seq = self.writer_id, self._seq
        return rows

    def _tell(self, rows: Sequence[Row], refused: dict[UUID, Outcome]) -> None:
        stored = frozenset(row.section_id for row in rows if row.section_id not in refused)
        if stored and self.writer_id is not None:
            self._on_committed(Committed(self.writer_id, rows[0].seq, rows[-1].seq, stored))


def _packed(group: Sequence[Entry]) -> Iterator[Row]:
    """One row for all that a person wrote in a section, or a few where that is much; who wrote what is kept."""
    # By numbers, which are compared much faster than the ids themselves.
    written: dict[tuple[int, int, int], tuple[Entry, list[bytes]]] = {}
    for entry in group:
        if entry.data:
            key = entry.lane.section_id.int, entry.author_id.int, entry.organisation_id.int
            if found := written.get(key):
                found[1].append(entry.data)
            else:
                written[key] = entry, [entry.data]
    at = timezone.now()
    for first, updates in written.values():
        for lot in lots(updates):
            for data in _merged_or_alone(lot):
                yield Row(first.lane.section_id, first.author_id, first.organisation_id, at, data)


def _merged_or_alone(lot: list[bytes]) -> list[bytes]:
    try:
        return [merged(lot)]
    except ProtocolError:
        logger.exception("updates cannot be merged and are stored one by one")
        return lot


def _judge(error: Exception, used: object) -> _Attempt:
    """What an error means. Where a connection breaks within a transaction, Django has made another by now."""
    if used is None or connection.connection is not used or not connection.is_usable():
        return _Attempt.DISCONNECTED
    return _Attempt.DOWN if isinstance(error, OperationalError) else _Attempt.REFUSED


def _lanes(entries: Iterable[Entry]) -> Iterable[Lane]:
    return {id(entry.lane): entry.lane for entry in entries}.values()


def _by_lane(entries: Sequence[Entry]) -> Iterable[list[Entry]]:
    ordered = sorted(entries, key=lambda entry: id(entry.lane))
    return (list(group) for _, group in groupby(ordered, key=lambda entry: id(entry.lane)))
