"""Writing to the log: groups of updates under one writer's numbers, each update once whatever happens to the connection."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto
from itertools import chain, groupby
from time import monotonic, sleep
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import UUIDField
from django.utils import timezone

from documents import policies
from documents.coedit.replica import lots, merged
from documents.coedit.wire import ProtocolError
from documents.models import CoeditWriter, SectionUpdate

logger = logging.getLogger(__name__)

# How long a lost connection is made anew before the rooms are told; a database that restarts is back by then.
PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.1


class Outcome(StrEnum):
    """What became of an update; the values are the reasons that clients are told."""

    SAVED = "saved"
    FROZEN = "frozen"
    DELETED = "section-deleted"
    NOT_SAVED = "not-saved"


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


@dataclass(slots=True)
class _Row:
    """What `SectionUpdate` holds; `writer_id` and `seq` come when it is written."""

    section_id: UUID
    author_id: UUID
    organisation_id: UUID
    at: datetime
    data: bytes
    writer_id: int = 0
    seq: int = 0


_ID = UUIDField()
# All rows in one statement: between two the writer would have to wait its turn with the event loop's thread.
_INSERT = "INSERT INTO documents_sectionupdate (section_id, author_id, organisation_id, at, data, writer_id, seq) VALUES "
_ROW = "(%s, %s, %s, %s, %s, %s, %s)"
# Only where the same rows may be there already: anything else that has their numbers is an error.
_AGAIN = " ON CONFLICT (writer_id, seq) DO NOTHING"
# Written out, because building them took longer than running them, at every commit.
_LOCK = """
    SELECT id FROM documents_report WHERE id IN (SELECT report_id FROM documents_section WHERE id IN ({}))
    ORDER BY id FOR NO KEY UPDATE
"""
_STATES = """
    SELECT section.id, section.deleted_at IS NOT NULL, report.state, review.state FROM documents_section section
    JOIN documents_report report ON report.id = section.report_id
    JOIN reviews_review review ON review.id = report.review_id WHERE section.id IN ({})
"""


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
        fates: dict[int, Outcome] = {}
        sound = [entry for entry in batch if entry.lane.broken is None]
        if self._write(sound, fates) == _Attempt.REFUSED:
            for group in _by_lane(sound):
                if self._write(group, fates) in (_Attempt.DISCONNECTED, _Attempt.DOWN):
                    break
        return [self._fate(entry, fates) for entry in batch]

    def _fate(self, entry: Entry, fates: dict[int, Outcome]) -> Outcome:
        outcome = entry.lane.broken or fates.get(id(entry), Outcome.NOT_SAVED)
        if outcome != Outcome.SAVED:
            entry.lane.broken = outcome
        return outcome

    def _write(self, group: Sequence[Entry], fates: dict[int, Outcome]) -> _Attempt:
        rows: list[_Row] = []
        attempt, patient_until = _Attempt.DISCONNECTED, monotonic() + PATIENCE_SECONDS
        is_retry = False
        while attempt == _Attempt.DISCONNECTED:
            used: object = None
            try:
                connection.ensure_connection()
                used = connection.connection
                rows = rows or self._numbered(group)
                refused = _insert(rows, is_retry=is_retry) if rows else {}
            except Exception as error:
                if not is_retry:
                    logger.exception("updates could not be stored")
                attempt = _judge(error, used)
                connection.close()
            else:
                fates |= {id(entry): refused.get(entry.lane.section_id, Outcome.SAVED) for entry in group}
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

    def _numbered(self, group: Sequence[Entry]) -> list[_Row]:
        rows = list(_packed(group))
        if not rows:
            return rows
        if self.writer_id is None:
            self.writer_id, self._seq = CoeditWriter.objects.create().pk, 0
        for row in rows:
            self._seq += 1
            row.writer_id, row.seq = self.writer_id, self._seq
        return rows

    def _tell(self, rows: Sequence[_Row], refused: dict[UUID, Outcome]) -> None:
        stored = frozenset(row.section_id for row in rows if row.section_id not in refused)
        if stored and self.writer_id is not None:
            self._on_committed(Committed(self.writer_id, rows[0].seq, rows[-1].seq, stored))


def _packed(group: Sequence[Entry]) -> Iterator[_Row]:
    """One row for all that a person wrote in a section, or a few where that is much; who wrote what is kept."""
    written: dict[tuple[UUID, UUID, UUID], list[bytes]] = {}
    for entry in group:
        if entry.data:
            written.setdefault((entry.lane.section_id, entry.author_id, entry.organisation_id), []).append(entry.data)
    at = timezone.now()
    for (section_id, author_id, organisation_id), updates in written.items():
        for lot in lots(updates):
            for data in _merged_or_alone(lot):
                yield _Row(section_id, author_id, organisation_id, at, data)


def _merged_or_alone(lot: list[bytes]) -> list[bytes]:
    try:
        return [merged(lot)]
    except ProtocolError:
        logger.exception("updates cannot be merged and are stored one by one")
        return lot


@transaction.atomic
def _insert(rows: Sequence[_Row], *, is_retry: bool) -> dict[UUID, Outcome]:
    """Insert those rows that may be; returns the sections that were refused, and why.

    On a retry, after the lock that an attempt whose end is unknown holds too, what that one stored counts as stored.
    """
    refused = refusals({row.section_id for row in rows})
    stored: set[int] = set()
    if is_retry:
        own = SectionUpdate.objects.filter(writer_id=rows[0].writer_id, seq__gte=rows[0].seq, seq__lte=rows[-1].seq)
        stored = set(own.values_list("seq", flat=True))
        for row in rows:
            if row.seq in stored:
                refused.pop(row.section_id, None)
    new = [row for row in rows if row.seq not in stored and row.section_id not in refused]
    if new:
        statement = _INSERT + ", ".join([_ROW] * len(new)) + (_AGAIN if is_retry else "")
        with connection.cursor() as cursor:
            cursor.execute(statement, list(chain.from_iterable(_parameters(new))))
    return refused


def _parameters(rows: Sequence[_Row]) -> Iterator[tuple[Any, ...]]:
    at = connection.ops.adapt_datetimefield_value(rows[0].at)
    for row in rows:
        yield _id(row.section_id), _id(row.author_id), _id(row.organisation_id), at, row.data, row.writer_id, row.seq


def _id(value: UUID) -> Any:
    return _ID.get_db_prep_value(value, connection) if connection.vendor == "sqlite" else value


def _judge(error: Exception, used: object) -> _Attempt:
    """What an error means. Where a connection breaks within a transaction, Django has made another by now."""
    if used is None or connection.connection is not used or not connection.is_usable():
        return _Attempt.DISCONNECTED
    return _Attempt.DOWN if isinstance(error, OperationalError) else _Attempt.REFUSED


def _by_lane(entries: Sequence[Entry]) -> Iterable[list[Entry]]:
    ordered = sorted(entries, key=lambda entry: id(entry.lane))
    return (list(group) for _, group in groupby(ordered, key=lambda entry: id(entry.lane)))


def refusals(section_ids: set[UUID]) -> dict[UUID, Outcome]:
    """The sections that take no text now, and why. Holds their reports' rows, which every change of that holds too."""
    ids = [_ID.get_db_prep_value(section_id, connection) for section_id in section_ids]
    some = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        if connection.features.has_select_for_update:
            cursor.execute(_LOCK.format(some), ids)
        # Read after the lock is held: a second statement sees what was committed while waiting for it.
        cursor.execute(_STATES.format(some), ids)
        found = {_ID.to_python(row[0]): _refusal(*row[1:]) for row in cursor.fetchall()}
    return {pk: reason for pk in section_ids if (reason := found.get(pk, Outcome.DELETED))}


def _refusal(is_deleted: bool, report: str, review: str) -> Outcome | None:
    if is_deleted:
        return Outcome.DELETED
    return None if policies.are_open(report, review) else Outcome.FROZEN
