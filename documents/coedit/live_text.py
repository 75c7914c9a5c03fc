"""The text of a section that somebody has open: read from the log, kept up with what is said, and read again where that
broke it.
"""

import asyncio
import logging
from collections.abc import Collection
from uuid import UUID

from documents.coedit.compaction import Growth
from documents.coedit.log import open_text
from documents.coedit.replica import LARGE, Replica, UnusableError
from documents.coedit.threads import in_thread
from documents.coedit.wire import ProtocolError

logger = logging.getLogger(__name__)

# After so long updates that nobody has asked for are taken into the text, so that the next who asks need not wait.
IDLE_SECONDS = 0.2


class LiveText:
    """Open once it has been read. Where what it was given cannot be used it is closed, and to be opened again."""

    def __init__(self, section_id: UUID, unsaved: Collection[bytes], growth: Growth) -> None:
        """`unsaved` are, at any time, the updates of this process that may not be in the log yet."""
        self._section_id = section_id
        self._unsaved = unsaved
        self._growth = growth
        self._replica: Replica | None = None
        self._reading: asyncio.Task[None] | None = None
        self._rest: asyncio.TimerHandle | None = None
        # From other processes, while the text is not open: it may have come too late for the reading.
        self._missed: list[bytes] = []

    @property
    def is_open(self) -> bool:
        """Whether it is in memory, so that it can be asked and added to."""
        return self._replica is not None

    async def open(self) -> None:
        """Wait until it is open. Raises what reading the log raised; the next call tries again."""
        while self._replica is None:
            if self._reading is None or self._reading.done():
                self._reading = asyncio.create_task(self._read())
            await asyncio.shield(self._reading)

    def forget(self) -> None:
        """Something could not be used: made anew from the log, without that, when it is needed next."""
        self._replica = None

    def add(self, update: bytes) -> None:
        """Add a checked update. Raises UnusableError, after which it is to be forgotten."""
        self._opened().add(update)
        self._rest_soon()

    def grow(self, update: bytes) -> bytes:
        """Add what another process has stored; returns what of it is new here."""
        if self._replica is None:
            self._missed.append(update)
            return update
        news = self._news_if_comparable(update) if len(update) > LARGE else update
        if news and self.is_open:
            self._add_stored(news)
        return news

    def news(self, update: bytes) -> bytes:
        """The part of a checked update that is not known here yet; empty if there is none. Raises ProtocolError."""
        return self._opened().news(update)

    def missing(self, state: bytes) -> bytes:
        """All that a client with this state vector lacks. Raises ProtocolError."""
        return self._opened().missing(state)

    def state(self) -> bytes:
        """The state vector. Raises UnusableError."""
        return self._opened().state()

    def settle(self) -> bool:
        """Take in what was added; whether the text is open after that."""
        try:
            if self._replica:
                self._replica.settle()
        except UnusableError as error:
            self._lose(error)
        return self.is_open

    def _opened(self) -> Replica:
        if self._replica is None:
            raise RuntimeError("the text is not open")
        return self._replica

    def _news_if_comparable(self, update: bytes) -> bytes:
        """A snapshot of the whole text is mostly known; what cannot be compared is passed on as it is."""
        try:
            return self.news(update)
        except UnusableError as error:
            self._lose(error)
        except ProtocolError:
            logger.exception("an update of section %s cannot be compared", self._section_id)
        return update

    def _add_stored(self, update: bytes) -> None:
        try:
            self.add(update)
        except UnusableError as error:
            self._lose(error)

    def _lose(self, error: UnusableError) -> None:
        logger.error("the text of section %s has to be read again", self._section_id, exc_info=error)
        self.forget()

    def _rest_soon(self) -> None:
        if self._rest is None:
            self._rest = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._be_idle)

    def _be_idle(self) -> None:
        self._rest = None
        self.settle()

    async def _read(self) -> None:
        # Noted first: by the time the log has been read, any of these may be in it and no longer wait.
        unsaved = [update for update in self._unsaved if update]
        # What was stored before now is in the log that is read.
        self._missed.clear()
        self._replica, rows = await in_thread(open_text, self._section_id, unsaved)
        self._growth.has_read(rows)
        missed, self._missed = self._missed, []
        for update in missed:
            self.grow(update)
