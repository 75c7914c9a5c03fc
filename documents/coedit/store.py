"""The log of updates: one ordered writer a process, committing in groups. Nothing is acknowledged before its commit."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Thread
from uuid import UUID

from django.db import OperationalError, connection, connections, transaction

from documents import policies
from documents.models import CoeditWriter, Report, Section, SectionUpdate

logger = logging.getLogger(__name__)

MAX_GROUP = 500
MAX_GROUP_BYTES = 8 * 1024 * 1024


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


@dataclass(frozen=True, slots=True)
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


def _nobody(committed: Committed) -> None:
    """Nobody else has to know."""


class Store:
    """Takes updates from the event loop, stores them in a thread, and tells the outcome on the loop, in order."""

    def __init__(self, loop: asyncio.AbstractEventLoop, on_committed: OnCommitted = _nobody) -> None:
        """`on_committed` is called in the writer's thread, after each commit and before anybody is told its outcome."""
        self._loop = loop
        self._ledger = _Ledger(on_committed)
        self._queue: SimpleQueue[Entry | None] = SimpleQueue()
        self._thread: Thread | None = None

    @property
    def writer_id(self) -> int | None:
        """The writer whose rows are this store's now; those of earlier ones may have been stored unnoticed."""
        return self._ledger.writer_id

    def append(self, entry: Entry) -> None:
        """Queue an update; `entry.settle` is called once its fate is certain."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="coedit-writer", daemon=True)
            self._thread.start()
        self._queue.put(entry)

    def close(self) -> None:
        """Store what is queued, and wait for it."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        try:
            while batch := self._take():
                self._tell(batch, self._ledger.commit(batch))
        finally:
            connections.close_all()

    def _take(self) -> list[Entry]:
        """Wait for an entry, and take those behind it along. Empty at the end."""
        entry, batch, size = self._queue.get(), [], 0
        while entry is not None:
            batch.append(entry)
            size += len(entry.data)
            if len(batch) >= MAX_GROUP or size >= MAX_GROUP_BYTES:
                break
            try:
                entry = self._queue.get_nowait()
            except Empty:
                break
        if entry is None and batch:
            self._queue.put(None)
        return batch

    def _tell(self, batch: Sequence[Entry], outcomes: Sequence[Outcome]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_settle, batch, outcomes)


def _settle(batch: Sequence[Entry], outcomes: Sequence[Outcome]) -> None:
    for entry, outcome in zip(batch, outcomes, strict=True):
        entry.settle(outcome)


class _Attempt(Enum):
    """How an attempt to store a group ended."""

    STORED = auto()
    REFUSED = auto()
    DISCONNECTED = auto()
    DOWN = auto()


class _Ledger:
    """Writes groups of entries under one writer's numbers. After a failure it goes on as a new writer."""

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
        if self._write(sound, fates) in (_Attempt.REFUSED, _Attempt.DISCONNECTED):
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
        before = self._seq if self.writer_id else 0
        try:
            with transaction.atomic():
                found = self._insert(group)
        except Exception as error:
            logger.exception("updates could not be stored")
            attempt = _judge(error)
            # Whether a commit reached the database may be unknown: never use its numbers again.
            self.writer_id = None
            connection.close()
            return attempt
        fates |= found
        if self.writer_id and self._seq > before:
            stored = {entry.lane.section_id for entry in group if entry.data and found[id(entry)] == Outcome.SAVED}
            self._on_committed(Committed(self.writer_id, before + 1, self._seq, frozenset(stored)))
        return _Attempt.STORED

    def _insert(self, group: Sequence[Entry]) -> dict[int, Outcome]:
        updates = [entry for entry in group if entry.data]
        refused = refusals({entry.lane.section_id for entry in updates})
        rows = [entry for entry in updates if entry.lane.section_id not in refused]
        if rows:
            SectionUpdate.objects.bulk_create([self._row(entry) for entry in rows])
        return {id(entry): refused.get(entry.lane.section_id, Outcome.SAVED) for entry in group}

    def _row(self, entry: Entry) -> SectionUpdate:
        if self.writer_id is None:
            self.writer_id, self._seq = CoeditWriter.objects.create().pk, 0
        self._seq += 1
        return SectionUpdate(
            section_id=entry.lane.section_id,
            writer_id=self.writer_id,
            seq=self._seq,
            data=entry.data,
            author_id=entry.author_id,
            organisation_id=entry.organisation_id,
        )


def _judge(error: Exception) -> _Attempt:
    if not connection.is_usable():
        return _Attempt.DISCONNECTED
    return _Attempt.DOWN if isinstance(error, OperationalError) else _Attempt.REFUSED


def _by_lane(entries: Sequence[Entry]) -> Iterable[list[Entry]]:
    ordered = sorted(entries, key=lambda entry: id(entry.lane))
    return (list(group) for _, group in groupby(ordered, key=lambda entry: id(entry.lane)))


def refusals(section_ids: set[UUID]) -> dict[UUID, Outcome]:
    """The sections that take no text now, and why. Holds their reports' rows, which every change of that holds too."""
    if not section_ids:
        return {}
    sections = Section.objects.filter(pk__in=section_ids)
    reports = Report.objects.filter(pk__in=sections.values("report_id")).order_by("pk")
    list(reports.select_for_update(no_key=True).values_list("pk"))
    # Read after the lock is held: a second statement sees what was committed while waiting for it.
    found = {section.pk: section for section in sections.select_related("report__review")}
    return {pk: reason for pk in section_ids if (reason := _refusal(found.get(pk)))}


def _refusal(section: Section | None) -> Outcome | None:
    if section is None or section.deleted_at is not None:
        return Outcome.DELETED
    return None if policies.is_open(section.report) else Outcome.FROZEN


def append_offline(section_id: UUID, updates: Sequence[bytes], *, author_id: UUID, organisation_id: UUID) -> None:
    """Store updates outside live editing, in the caller's transaction, as a writer of their own.

    Rooms that are open do not hear of them. The caller has checked that the section may be written.
    """
    writer = CoeditWriter.objects.create()
    SectionUpdate.objects.bulk_create(
        SectionUpdate(
            section_id=section_id,
            writer=writer,
            seq=seq,
            data=data,
            author_id=author_id,
            organisation_id=organisation_id,
        )
        for seq, data in enumerate(updates, start=1)
    )


def read_log(section_id: UUID) -> list[bytes]:
    """All updates of a section, in the order in which they were stored."""
    rows = SectionUpdate.objects.filter(section_id=section_id).order_by("pk").values_list("data", flat=True)
    return [bytes(data) for data in rows.iterator(chunk_size=2000)]
