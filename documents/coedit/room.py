"""One section, while somebody has it open: everybody hears of an update at once, its author hears when it is stored."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from documents.coedit import protocol
from documents.coedit.compaction import Growth
from documents.coedit.fanout import Fanout
from documents.coedit.link import CloseCode
from documents.coedit.live_text import LiveText
from documents.coedit.member import Member
from documents.coedit.presence import Presence, Sighting
from documents.coedit.protocol import Kind, Message
from documents.coedit.replica import UnusableError
from documents.coedit.store import Entry, Lane, Outcome, Store
from documents.coedit.talk import words
from documents.coedit.updates import check

logger = logging.getLogger(__name__)

MAX_MEMBERS = 500
BEAT_SECONDS = 0.05

See = Callable[[UUID, Iterable[Sighting]], None]


def _nobody_elsewhere(section_id: UUID, sightings: Iterable[Sighting]) -> None:
    """There are no other processes."""


class Room:
    """The members of a section, its text, and what waits to be stored."""

    def __init__(
        self, section_id: UUID, store: Store, emptied: "Callable[[Room], None]", see: See = _nobody_elsewhere
    ) -> None:
        """`see` tells other processes who is here."""
        self.section_id = section_id
        self._store = store
        self._emptied = emptied
        self._see = see
        self._lane = Lane(section_id)
        self._members: dict[Member, None] = {}
        self._fanout = Fanout(self._members, self._state)
        self._guests = 0
        self._presence = Presence()
        self._beat: asyncio.TimerHandle | None = None
        self._unsaved: deque[bytes] = deque()
        self._growth = Growth(store.compactor, section_id)
        self._text = LiveText(section_id, self._unsaved, self._growth)

    @property
    def is_idle(self) -> bool:
        return not self._members and not self._guests and not self._unsaved

    @property
    def is_broken(self) -> bool:
        return self._lane.broken is not None

    @property
    def is_full(self) -> bool:
        return len(self._members) >= MAX_MEMBERS

    @property
    def is_open(self) -> bool:
        """Whether the text is in memory, so that messages can be taken."""
        return self._text.is_open

    def await_guest(self) -> None:
        """Somebody may join soon: the room stays until `dismiss_guest`, whether they did or not."""
        self._guests += 1

    def dismiss_guest(self) -> None:
        self._guests -= 1
        self._check_emptied()

    async def open(self) -> None:
        """Wait until the text is in memory. Raises what reading the log raised; the next call tries again."""
        await self._text.open()

    def join(self, member: Member) -> None:
        self._members[member] = None
        member.greet()
        if states := self._presence.everybody():
            member.send(protocol.awareness(states))

    def leave(self, member: Member) -> None:
        del self._members[member]
        self._presence.leave(member)
        self._schedule_beat()
        self._check_emptied()

    def receive(self, member: Member, message: Message) -> None:
        """Take a message from a member. The room must be open. Raises ProtocolError."""
        try:
            self._receive(member, message)
        except UnusableError:
            self._text.forget()
            raise

    def _receive(self, member: Member, message: Message) -> None:
        if message.kind == Kind.UPDATE:
            self._update(member, message.body)
        elif message.kind == Kind.SYNC_STEP1:
            self._tell_text(member, message.body)
        elif message.kind == Kind.SYNC_STEP2:
            self._catch_up(member, message.body)
        elif message.kind == Kind.AWARENESS:
            self._presence.offer(member, message.body)
            self._schedule_beat()
        elif message.kind == Kind.QUERY_AWARENESS and (states := self._presence.everybody()):
            member.send(protocol.awareness(states))

    def grown(self, update: bytes) -> None:
        """Take an update that another process has stored."""
        if news := self._text.grow(update):
            self._relay(protocol.update(news))

    def seen(self, process: int, sightings: Iterable[Sighting]) -> None:
        """Another process tells who is here by it."""
        self._presence.hear(process, sightings)
        self._schedule_beat()

    def lost(self, process: int) -> None:
        """Another process is no more, or begins anew."""
        self._presence.lose(process)
        self._schedule_beat()

    def tell_who_is_here(self) -> None:
        """Tell other processes of everybody who is here by this one."""
        self._see(self.section_id, self._presence.own())

    def rights_changed(self, member: Member, *, wrote: bool) -> None:
        """Tell a member, whose rights have just been replaced, if they may write now and could not, or the reverse."""
        if member.writes == wrote:
            return
        member.greet()
        if member.writes and self._text.settle():
            member.may_write_again(self._text.state())

    def resync(self, member: Member) -> None:
        """Tell a member whose socket lagged what it was not told meanwhile."""
        since, member.behind = member.behind, None
        if since is None:
            return
        if not self._text.settle():
            member.link.close(CloseCode.RESET, "too-slow")
            return
        member.send(protocol.sync_step2(self._text.missing(since)), is_answer=True)
        if states := self._presence.everything():
            member.send(protocol.awareness(states))

    def talk(self, only_for: UUID | None) -> None:
        """Tell members that threads about the section have changed: all of them, or those of one organisation only."""
        news = protocol.stateless(words(self.section_id))
        for member in tuple(self._members):
            if only_for in (None, member.rights.organisation_id):
                member.send(news)

    def close(self, reason: str) -> None:
        """End the room: what its members hold may differ from what is stored, so each has to begin again."""
        self._fanout.confirm()
        for member in tuple(self._members):
            member.close(reason)

    def _update(self, member: Member, update: bytes) -> None:
        if not member.writes:
            member.refuse()
            return
        check(update)
        self._take(member, update, settles=1)

    def _tell_text(self, member: Member, state: bytes) -> None:
        missing, known = self._text.missing(state), self._text.state()
        member.began_exchange()
        # What was relayed before comes before the answer.
        self._fanout.flush()
        member.send(protocol.sync_step2(missing), is_answer=True)
        member.send(protocol.sync_step1(known))

    def _catch_up(self, member: Member, update: bytes) -> None:
        """The client's side of the exchange: all that it has and we, by our state vector, lack."""
        check(update)
        settles = member.settles()
        news = self._text.news(update)
        if not news:
            self._confirm(member, settles)
        elif member.writes:
            self._take(member, news, settles=settles)
        else:
            member.refuse()

    def _confirm(self, member: Member, settles: int) -> None:
        """Nothing new, but what it repeats may still wait to be stored."""
        if self._unsaved:
            self._append(member, b"", settles)
        else:
            member.saved(settles)

    def _take(self, member: Member, update: bytes, *, settles: int) -> None:
        self._text.add(update)
        self._relay(protocol.update(update), but=member)
        self._append(member, update, settles)

    def _append(self, member: Member, update: bytes, settles: int) -> None:
        self._unsaved.append(update)
        self._growth.has_written()
        member.link.hold(len(update))
        settle = partial(self._settled, member, len(update), settles)
        rights = member.rights
        self._store.append(Entry(self._lane, update, rights.user_id, rights.organisation_id, settle))

    def _settled(self, member: Member, size: int, settles: int, outcome: Outcome) -> None:
        self._unsaved.popleft()
        member.link.release(size)
        if outcome != Outcome.SAVED:
            self._fail(member, outcome)
        elif member in self._members:
            self._fanout.saved(member, settles)
        self._check_emptied()

    def _fail(self, member: Member, outcome: Outcome) -> None:
        if member in self._members:
            member.refuse()
        if self._members:
            logger.warning("section %s closed: %s", self.section_id, outcome.value)
        self.close(outcome.value)

    def _relay(self, body: bytes, *, but: Member | None = None) -> None:
        self._fanout.add(body, but=but)

    def _state(self) -> bytes:
        return self._text.state() if self._text.settle() else b"\0"

    def _schedule_beat(self) -> None:
        if self._beat is None and self._presence.is_changed:
            self._beat = asyncio.get_running_loop().call_later(BEAT_SECONDS, self._tell_presence)

    def _tell_presence(self) -> None:
        self._beat = None
        if states := self._presence.take():
            # The author too: hearing of itself is what keeps a client that is alone from reconnecting.
            self._relay(protocol.awareness(states))
        if sightings := self._presence.sightings():
            self._see(self.section_id, sightings)

    def _check_emptied(self) -> None:
        if self.is_idle:
            self._growth.is_left()
            self._emptied(self)
