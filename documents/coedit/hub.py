"""All rooms and sockets of one process, and what keeps them honest: fresh rights, time limits, one writer."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from accounts.sessions import record_activity
from accounts.signals import AccessChange, access_changed
from documents.coedit import protocol, threads
from documents.coedit.arrivals import arrived
from documents.coedit.authority import Judge, Verdict
from documents.coedit.link import LAG_SECONDS, CloseCode, Link
from documents.coedit.notices import Talked, digest
from documents.coedit.peers import Peers
from documents.coedit.room import Room
from documents.coedit.session import Session
from documents.coedit.store import Committed, Outcome, Store
from documents.coedit.talk import talked
from documents.coedit.threads import in_thread
from documents.coedit.tokens import Claims

logger = logging.getLogger(__name__)

TICK_SECONDS = 5.0
# A client gives up a socket that is silent for 30 s; one that says nothing for a minute, pings unanswered, is gone.
PING_AFTER_SECONDS = 15.0
SILENCE_SECONDS = 60.0
SIGN_ON_SECONDS = 10.0
SWEEP_SECONDS = 30.0
MAX_SOCKETS_OF_ONE = 200
# After a change of access nobody goes on for longer than this on rights that could not be read anew.
RECHECK_SECONDS = 0.9
CHECK_SECONDS = 10.0


class Hub:
    """Made on the event loop that it serves."""

    def __init__(self, judge: Judge) -> None:
        self.loop = asyncio.get_running_loop()
        self._judge = judge
        self._rooms: dict[UUID, Room] = {}
        self._store = Store(self.loop, self._committed)
        self._peers = Peers(self._rooms, self, lambda: self._store.writer_id)
        self._sessions: set[Session] = set()
        self._checks: dict[Claims, asyncio.Task[None]] = {}
        self._ticker: asyncio.Task[None] | None = None
        self._swept_at = self.loop.time()
        access_changed.connect(self._access_changed)
        arrived.connect(self._arrived)
        talked.connect(self._talked)

    def open(self, report_id: UUID, link: Link) -> Session:
        """A session for a socket that has just been accepted."""
        session = Session(self, report_id, link)
        self._sessions.add(session)
        if self._ticker is None or self._ticker.done():
            self._ticker = asyncio.create_task(self._tick())
        return session

    def forget(self, session: Session) -> None:
        """The socket is gone."""
        session.leave()
        self._sessions.discard(session)

    def room(self, section_id: UUID) -> Room:
        """The section's room, made if need be. A broken one is left to those who are about to be told."""
        room = self._rooms.get(section_id)
        if room is None or room.is_broken:
            # From here on rows of other processes reach it: its log is read later.
            room = self._rooms[section_id] = Room(section_id, self._store, self._emptied, self._peers.see)
            self._peers.opened(section_id)
        return room

    def may_open_another(self, user_id: UUID) -> bool:
        """Whether the person may have one socket more than they have."""
        own = [session for session in self._sessions if session.claims and session.claims.user_id == user_id]
        return len(own) < MAX_SOCKETS_OF_ONE

    async def ask(self, claims: Claims) -> None:
        """Have the rights behind these claims read, once for all who ask at the same time.

        Whoever opens a section first asks here, so this is also where they wait until nothing that other processes
        write or change can be missed.
        """
        await self._peers.ready()
        while True:
            task = self._checks.get(claims) or self._check(claims, CHECK_SECONDS)
            await asyncio.shield(task)
            if self._checks.get(claims) in (None, task):
                return

    async def close(self) -> None:
        """Stop: hear of no more changes, and store what is queued."""
        access_changed.disconnect(self._access_changed)
        arrived.disconnect(self._arrived)
        talked.disconnect(self._talked)
        if self._ticker:
            self._ticker.cancel()
        await asyncio.gather(*self._checks.values(), return_exceptions=True)
        await asyncio.to_thread(self._store.close)
        await self._peers.close()
        await threads.close()

    def recheck_elsewhere(self, change: AccessChange | None) -> None:
        """Follow a change of access that another process made; it names sessions by their digests only."""
        if change is None:
            everybody = frozenset(session.claims.user_id for session in self._sessions if session.claims)
            change = AccessChange(user_ids=everybody)
        elif change.session_keys:
            own = {session.claims.session_key for session in self._sessions if session.claims}
            touched = frozenset(key for key in own if digest(key) in change.session_keys)
            change = replace(change, session_keys=touched)
        self._recheck(change)

    def sweep(self, *, anew: bool = False) -> None:
        """Find what nobody tells: sessions that ran out, changes that went unheard. `anew`: no check under way counts."""
        for claims in {session.claims for session in self._sessions if session.has_rights}:
            if claims and (anew or claims not in self._checks):
                self._check(claims, CHECK_SECONDS)

    def _committed(self, committed: Committed) -> None:
        """Called in the writer's thread."""
        self._peers.wrote(committed)

    def _emptied(self, room: Room) -> None:
        if self._rooms.get(room.section_id) is room:
            del self._rooms[room.section_id]

    def _access_changed(self, change: AccessChange, **_: Any) -> None:
        """Receives the signal, in whatever thread the change was made."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._recheck, change)

    def _arrived(self, section_id: UUID, updates: Sequence[bytes], **_: Any) -> None:
        """Receives the signal, in whatever thread the text was written."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._grow, section_id, updates)

    def _talked(self, news: Talked, **_: Any) -> None:
        """Receives the signal, in whatever thread somebody commented."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._peers.talked, news)

    def _grow(self, section_id: UUID, updates: Sequence[bytes]) -> None:
        if room := self._rooms.get(section_id):
            for update in updates:
                room.grown(update)

    def _recheck(self, change: AccessChange) -> None:
        for claims in {session.claims for session in self._sessions if session.is_touched_by(change)}:
            if claims:
                self._check(claims, RECHECK_SECONDS)

    def _check(self, claims: Claims, seconds: float) -> asyncio.Task[None]:
        """Read rights anew. A check that began earlier no longer counts: it may not have seen the change."""
        task = self._checks[claims] = asyncio.create_task(self._run_check(claims, seconds))
        # A failure has been logged and acted on; nobody may be waiting for it.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return task

    async def _run_check(self, claims: Claims, seconds: float) -> None:
        try:
            verdict = await asyncio.wait_for(in_thread(self._judge, claims), seconds)
        except Exception as error:
            logger.exception("rights could not be read")
            self._conclude(claims, None)
            raise RightsUnknownError from error
        self._conclude(claims, verdict)

    def _conclude(self, claims: Claims, verdict: Verdict | None) -> None:
        if self._checks.get(claims) is not asyncio.current_task():
            return
        del self._checks[claims]
        for session in [session for session in self._sessions if session.claims == claims]:
            if verdict is not None:
                session.judged(verdict)
            elif session.has_rights:
                # Nobody goes on without a check, but nothing was taken from them: they come back and ask again.
                session.end(CloseCode.BROKEN, Outcome.NOT_SAVED.value)

    async def _tick(self) -> None:
        while self._sessions:
            await asyncio.sleep(TICK_SECONDS)
            now = self.loop.time()
            for session in tuple(self._sessions):
                _keep_time(session, now)
            if now - self._swept_at >= SWEEP_SECONDS:
                self._swept_at = now
                await self._note_activity()
                self.sweep()

    async def _note_activity(self) -> None:
        """Who writes is not idle, though they ask for no page."""
        writers = [session for session in self._sessions if session.has_written and session.claims]
        for session in writers:
            session.has_written = False
        try:
            await in_thread(_record, {session.claims.session_key for session in writers if session.claims})
        except Exception:
            logger.exception("activity could not be noted")


def _record(session_keys: set[str]) -> None:
    for key in session_keys:
        record_activity(key)


class RightsUnknownError(Exception):
    """The database could not say what a person may do."""


def _keep_time(session: Session, now: float) -> None:
    lagging_since = session.link.lagging_since
    if now - session.heard_at > SILENCE_SECONDS or (session.claims is None and now - session.began_at > SIGN_ON_SECONDS):
        session.end(CloseCode.TIMEOUT, "timeout")
    elif lagging_since is not None and now - lagging_since > LAG_SECONDS:
        session.end(CloseCode.RESET, "too-slow")
    elif now - session.link.spoke_at > PING_AFTER_SECONDS:
        session.link.put(protocol.PING)
