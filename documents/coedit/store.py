"""The log of updates: one ordered writer a process, committing in groups. Nothing is acknowledged before its commit."""

import asyncio
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic, sleep
from uuid import UUID

from django.db import connections

from documents.coedit.compaction import Compactor
from documents.coedit.ledger import Committed, Entry, Lane, Ledger, OnCommitted, Outcome
from documents.coedit.log import read_log
from documents.models import CoeditWriter, SectionUpdate

__all__ = ["Committed", "Entry", "Lane", "OnCommitted", "Outcome", "Store", "append_offline", "read_log"]

MAX_GROUP = 500
MAX_GROUP_BYTES = 8 * 1024 * 1024
# A few updates wait so long, from one commit to the next, for others to be stored with: a commit costs more than its rows.
FEW = 8
PAUSE_SECONDS = 0.003


def _nobody(committed: Committed) -> None:
    """Nobody else has to know."""


class Store:
    """Takes updates from the event loop, stores them in a thread, and tells the outcome on the loop, in order."""

    def __init__(self, loop: asyncio.AbstractEventLoop, on_committed: OnCommitted = _nobody) -> None:
        """`on_committed` is called in the writer's thread, after each commit and before anybody is told its outcome."""
        self._loop = loop
        self._ledger = Ledger(on_committed)
        self._queue: SimpleQueue[Entry | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._committed_at = 0.0
        self.compactor = Compactor()

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
        self.compactor.close()

    def _run(self) -> None:
        try:
            while batch := self._take():
                self._tell(batch, self._ledger.commit(batch))
        finally:
            connections.close_all()

    def _take(self) -> list[Entry]:
        """Wait for an entry, and take those behind it along. Empty at the end."""
        entry, batch, size = self._queue.get(), [], 0
        pause = self._committed_at + PAUSE_SECONDS - monotonic()
        if pause > 0 and self._queue.qsize() < FEW:
            sleep(pause)
        self._committed_at = monotonic()
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


def append_offline(section_id: UUID, updates: Sequence[bytes], *, author_id: UUID, organisation_id: UUID) -> None:
    """Store updates outside live editing, in the caller's transaction, as a writer of their own.

    Other processes find them in the log; the rooms of this one hear of them by `arrivals.tell`. The caller has checked that
    the section may be written.
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
