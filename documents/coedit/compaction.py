"""Snapshots of long logs, so that a section opens in the time of its text, not of its history.

A snapshot is made from the log, page by page in a thread beside the event loop, and stored with how far it covers each
writer's rows, in one transaction. No row is deleted: history, attribution and a look at what went wrong come from them.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from uuid import UUID

from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from pycrdt import get_state

from documents.coedit.log import Stream, pages, streams_of
from documents.coedit.replica import Replica, clocks_of, lots, merged
from documents.coedit.wire import ProtocolError
from documents.models import SectionSnapshot, SnapshotCover

logger = logging.getLogger(__name__)


# So many rows that no snapshot covers are worth one: when a section is opened or left, and while people write.
ROWS_TO_READ = 500
UPDATES_MEANWHILE = 5_000

Rest = Callable[[float], object]


def _no_rest(worked: float) -> None:
    """Go on at once."""


class Compactor:
    """Makes snapshots one after the other, of sections that are wished for."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[UUID | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._ending = Event()

    def wish(self, section_id: UUID) -> None:
        """Make a snapshot when there is time."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="coedit-compactor", daemon=True)
            self._thread.start()
        self._queue.put(section_id)

    def close(self) -> None:
        """Make those that are wished for, and wait for it."""
        if self._thread is not None:
            self._ending.set()
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while section_id := self._queue.get():
            try:
                # Half of the time at the most, so that those who write do not wait; no rest at the end.
                compact(section_id, self._ending.wait)
            except Exception:
                logger.exception("no snapshot of section %s could be made", section_id)
            finally:
                connections.close_all()


class Growth:
    """How much of a section's log no snapshot covers, as far as its room knows."""

    def __init__(self, compactor: Compactor, section_id: UUID) -> None:
        self._compactor = compactor
        self._section_id = section_id
        self._uncovered = 0

    def has_read(self, rows: int) -> None:
        """The section was opened."""
        self._uncovered = rows
        self._wish_from(ROWS_TO_READ)

    def has_written(self) -> None:
        """An update is to be stored."""
        self._uncovered += 1
        self._wish_from(UPDATES_MEANWHILE)

    def is_left(self) -> None:
        """Nobody has the section open any more."""
        self._wish_from(ROWS_TO_READ)

    def _wish_from(self, enough: int) -> None:
        if self._uncovered >= enough:
            self._uncovered = 0
            self._compactor.wish(self._section_id)


def compact(section_id: UUID, rest: Rest = _no_rest) -> bool:
    """Make a section's snapshot cover all rows that are there now; whether that was done.

    It is not where a row cannot be used, where the snapshot would not hold all that the rows make, or where another process
    has made one meanwhile. After each piece of the work `rest` is called with how long that took.
    """
    snapshot = SectionSnapshot.objects.filter(pk=section_id).first()
    streams = streams_of([section_id])[section_id]
    if all(stream.covered >= stream.last for stream in streams):
        return False
    try:
        replica = _replay(snapshot, streams, rest)
    except ProtocolError:
        logger.exception("the log of section %s holds what cannot be used", section_id)
        return False
    data, waiting = replica.parts()
    if clocks_of(get_state(data)) != clocks_of(replica.state()):
        logger.error("the log of section %s cannot be replaced by a snapshot", section_id)
        return False
    try:
        return _store(section_id, snapshot.version if snapshot else None, data, waiting, streams)
    except IntegrityError:
        return False


def _replay(snapshot: SectionSnapshot | None, streams: Sequence[Stream], rest: Rest) -> Replica:
    """What the rows make, after a snapshot of their beginning if that can be read."""
    try:
        replica = _begin(snapshot)
    except ProtocolError:
        logger.exception("a snapshot cannot be read")
        replica, streams = Replica(), [replace(stream, covered=0) for stream in streams]
    began = monotonic()
    for page in pages(streams):
        for lot in lots(page):
            replica.take_in(merged(lot))
        rest(monotonic() - began)
        began = monotonic()
    return replica


def _begin(snapshot: SectionSnapshot | None) -> Replica:
    replica = Replica(bytes(snapshot.data) if snapshot else b"")
    if snapshot and snapshot.waiting:
        replica.take_in(bytes(snapshot.waiting))
    return replica


@transaction.atomic
def _store(section_id: UUID, version: int | None, data: bytes, waiting: bytes, streams: list[Stream]) -> bool:
    if version is None:
        SectionSnapshot.objects.create(section_id=section_id, data=data, waiting=waiting)
    else:
        ours = SectionSnapshot.objects.filter(pk=section_id, version=version)
        if not ours.update(version=version + 1, data=data, waiting=waiting, made_at=timezone.now()):
            return False
    SnapshotCover.objects.bulk_create(
        [SnapshotCover(section_id=section_id, writer_id=stream.writer_id, seq=stream.last) for stream in streams],
        update_conflicts=True,
        unique_fields=["section", "writer"],
        update_fields=["seq"],
    )
    return True
