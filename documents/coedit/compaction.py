"""Snapshots of long logs, so that a section opens in the time of its text, not of its history.

A snapshot is made from the log, in a thread beside the event loop, and stored with how far it covers each writer's rows, in
one transaction. No row is deleted: history, attribution and a look at what went wrong come from them.
"""

import logging
from queue import SimpleQueue
from threading import Thread
from uuid import UUID

from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from pycrdt import get_state

from documents.coedit.log import Stream, read, streams_of, text_of
from documents.coedit.replica import clocks_of
from documents.models import SectionSnapshot, SnapshotCover

logger = logging.getLogger(__name__)


# So many rows that no snapshot covers are worth one: when a section is opened or left, and while people write.
ROWS_TO_READ = 500
UPDATES_MEANWHILE = 5_000


class Compactor:
    """Makes snapshots one after the other, of sections that are wished for."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[UUID | None] = SimpleQueue()
        self._thread: Thread | None = None

    def wish(self, section_id: UUID) -> None:
        """Make a snapshot when there is time."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name="coedit-compactor", daemon=True)
            self._thread.start()
        self._queue.put(section_id)

    def close(self) -> None:
        """Make those that are wished for, and wait for it."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while section_id := self._queue.get():
            try:
                compact(section_id)
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


def compact(section_id: UUID) -> bool:
    """Make a section's snapshot cover all rows that are there now; whether that was done.

    It is not where a row cannot be used, where the snapshot would not hold all that the rows make, or where another process
    has made one meanwhile.
    """
    version = SectionSnapshot.objects.filter(pk=section_id).values_list("version", flat=True).first()
    streams = streams_of([section_id])
    log = read(streams)[section_id]
    if not log.rows:
        return False
    replica = text_of(section_id, log)
    data, waiting = replica.parts()
    if replica.left_out or clocks_of(get_state(data)) != clocks_of(replica.state()):
        logger.error("the log of section %s cannot be replaced by a snapshot", section_id)
        return False
    try:
        return _store(section_id, version, data, waiting, streams[section_id])
    except IntegrityError:
        return False


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
