"""The other processes that serve live editing on the same database: what they write, who is there, what changes of access.

Only with PostgreSQL; with SQLite there is one process.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import monotonic
from typing import Protocol
from uuid import UUID

from django.db import connection

from accounts.signals import AccessChange
from documents.coedit.bus import Bus
from documents.coedit.notices import Asked, Came, Grown, Notice, Rights, Seen, Talked, Went
from documents.coedit.presence import Sighting
from documents.coedit.room import Room
from documents.coedit.store import Committed
from documents.coedit.tail import Row

logger = logging.getLogger(__name__)

READY_SECONDS = 10.0
WATCH_SECONDS = 0.5
# A line that has been silent for longer than this may hide a change of access.
DEAF_SECONDS = 1.0


class Checks(Protocol):
    """What the hub does about access."""

    def recheck_elsewhere(self, change: AccessChange | None) -> None:
        """Another process changed access; without a change, it may be anybody's."""

    def sweep(self, *, anew: bool = False) -> None:
        """Read everybody's rights; `anew`: a reading that is under way does not count."""


class Peers:
    """Made on the event loop that it serves."""

    def __init__(self, rooms: Mapping[UUID, Room], checks: Checks, own_writer: Callable[[], int | None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._rooms = rooms
        self._checks = checks
        self._ready = asyncio.Event()
        self._watch: asyncio.TimerHandle | None = None
        self._bus: Bus | None = None
        if connection.vendor == "postgresql":
            # A copy: the bus looks from its own thread.
            self._bus = Bus(self._loop, self, own_writer, lambda: frozenset(list(rooms)))
            self._keep_watch()

    async def ready(self) -> None:
        """Wait until nothing that others write can be missed any more. Raises TimeoutError."""
        if self._bus:
            await asyncio.wait_for(self._ready.wait(), READY_SECONDS)

    def wrote(self, committed: Committed) -> None:
        """Tell the others of rows. Called in the writer's thread."""
        if self._bus:
            self._bus.wrote(Grown(committed.writer_id, committed.first, committed.last, committed.section_ids))

    def opened(self, section_id: UUID) -> None:
        """Ask who else is in a section that has just been opened here."""
        if self._bus:
            self._bus.say(Asked(frozenset({section_id})))

    def see(self, section_id: UUID, sightings: Iterable[Sighting]) -> None:
        """Tell the others who is here."""
        if self._bus:
            self._bus.see(section_id, sightings)

    async def close(self) -> None:
        """Say good-bye."""
        if self._watch:
            self._watch.cancel()
        if self._bus:
            await asyncio.to_thread(self._bus.stop)

    # What the bus hears, on the event loop.

    def rows(self, rows: Sequence[Row]) -> None:
        """Pass on what others stored to the sections that are open."""
        for section_id, update in rows:
            if room := self._rooms.get(section_id):
                room.grown(update)

    def told(self, process: int, notice: Notice) -> None:
        """Do what a notice asks for."""
        if isinstance(notice, Rights):
            self._checks.recheck_elsewhere(notice.change)
        elif isinstance(notice, Seen) and (room := self._rooms.get(notice.section_id)):
            room.seen(process, notice.sightings)
        elif isinstance(notice, Talked):
            self.talked(notice)
        elif isinstance(notice, Asked):
            self._tell_who_is_here(notice.section_ids)
        elif isinstance(notice, Came | Went):
            self.lost(process)

    def talked(self, news: Talked) -> None:
        """Tell those who have the section open here that its threads have changed."""
        if room := self._rooms.get(news.section_id):
            room.talk(news.only_for)

    def lost(self, process: int) -> None:
        """Nobody is there by that process any more."""
        for room in self._rooms.values():
            room.lost(process)

    def hearing(self) -> None:
        """Make up for what was missed."""
        if self._ready.is_set():
            self._checks.sweep(anew=True)
            for room in tuple(self._rooms.values()):
                room.talk(None)
        self._ready.set()
        self._tell_who_is_here(None)
        if self._bus:
            self._bus.say(Asked(None))

    def deaf(self) -> None:
        """Trust nothing that may have changed unheard."""
        self._checks.sweep(anew=True)

    def _tell_who_is_here(self, section_ids: Iterable[UUID] | None) -> None:
        wanted = list(self._rooms) if section_ids is None else section_ids
        for room in filter(None, map(self._rooms.get, wanted)):
            room.tell_who_is_here()

    def _keep_watch(self) -> None:
        """While nothing can be heard, look oneself: a change of access must not wait for the line."""
        if self._bus and self._ready.is_set() and monotonic() - self._bus.heard_at > DEAF_SECONDS:
            self._checks.sweep()
        self._watch = self._loop.call_later(WATCH_SECONDS, self._keep_watch)
