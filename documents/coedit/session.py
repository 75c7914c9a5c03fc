"""One socket: a person on a report, with some of its sections open."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Protocol
from uuid import UUID

from django.conf import settings

from accounts.signals import AccessChange
from documents.coedit import protocol
from documents.coedit.authority import Verdict
from documents.coedit.identity import DENIED, Identity, RefusedError
from documents.coedit.joining import Joining, Joinings
from documents.coedit.link import CloseCode, Link
from documents.coedit.member import Member
from documents.coedit.protocol import Kind, Message
from documents.coedit.room import Room
from documents.coedit.store import Outcome
from documents.coedit.tokens import Claims
from documents.coedit.wire import ProtocolError

logger = logging.getLogger(__name__)

MAX_SECTIONS = 500


class Rooms(Protocol):
    """What a session needs of the hub."""

    def room(self, section_id: UUID) -> Room: ...

    def may_open_another(self, user_id: UUID) -> bool:
        """Whether the person may have one socket more than they have."""

    async def ask(self, claims: Claims) -> None:
        """Have the person's rights read; every session with these claims is told. Raises what the reading raised."""


class _FullError(Exception):
    """A section that as many have open as can: the client tries again later."""


class Session:
    """Opens sections, passes messages to their rooms, and follows every change of the person's rights."""

    def __init__(self, hub: Rooms, report_id: UUID, link: Link) -> None:
        self._hub = hub
        self._open: dict[str, tuple[Member, Room]] = {}
        self._joining = Joinings()
        self.report_id = report_id
        self.link = link
        self._person = Identity(report_id)
        # Set when the person writes; whoever notes it down clears it.
        self.has_written = False
        self._renewing: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self.began_at = self.heard_at = self._loop.time()
        self._max_frame: int = settings.COEDIT_MAX_FRAME_BYTES
        link.caught_up = self._caught_up

    @property
    def claims(self) -> Claims | None:
        return self._person.claims

    @property
    def has_rights(self) -> bool:
        return self._person.has_rights

    def is_touched_by(self, change: AccessChange) -> bool:
        """Whether a change of access may concern this socket."""
        return self._person.is_touched_by(change)

    def receive(self, frame: bytes) -> None:
        """Take one frame from the client. Whatever is wrong with it ends this socket, and no other."""
        self.heard_at = self._loop.time()
        if self.link.is_closing:
            return
        try:
            self._receive(frame)
        except Exception as error:  # noqa: BLE001 (the same)
            self._fail(error)

    def judged(self, verdict: Verdict) -> None:
        """Follow the person's present rights: close, downgrade or upgrade what is open."""
        had_rights = self.has_rights
        self._person.judged(verdict)
        if verdict.rights is None:
            if had_rights:
                is_out = verdict.reason == "signed-out"
                self.end(CloseCode.UNAUTHORISED if is_out else CloseCode.FORBIDDEN, verdict.reason)
            return
        for member, room in tuple(self._open.values()):
            if verdict.may_read(member.section_id):
                wrote, member.rights = member.writes, verdict.rights
                room.rights_changed(member, wrote=wrote)
            else:
                member.close(verdict.refusal(member.section_id, had_it_open=True))

    def end(self, code: CloseCode, reason: str) -> None:
        """Close the socket, and leave its rooms at once."""
        self.link.close(code, reason)
        self.leave()

    def leave(self) -> None:
        """Leave all rooms: the socket is gone."""
        self._joining.cancel_all()
        for member, _ in tuple(self._open.values()):
            self._left(member)

    def _receive(self, frame: bytes) -> None:
        if len(frame) > self._max_frame:
            self.end(CloseCode.TOO_BIG, "too-big")
            return
        message = protocol.parse(frame)
        if message.kind == Kind.UPDATE:
            self._say(message)
        elif message.kind == Kind.PING:
            self.link.put(protocol.PONG)
        elif message.kind == Kind.AUTH:
            self._sign_on(message)
        elif message.kind == Kind.CLOSE:
            self._sign_off(message.key)
        else:
            self._say(message)

    def _say(self, message: Message) -> None:
        """Something for a section."""
        if message.key in self._joining:
            self._joining.add(message)
        elif message.key in self._open:
            self._pass_on(message)
        # Anything else belongs to a section that is not open: the exchange after its sign-on will repeat it.

    async def _guarded(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 (whatever it is, it is logged and ends this socket only)
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, ProtocolError):
            logger.warning("socket of report %s closed: %s", self.report_id, error)
            self.end(CloseCode.MALFORMED, "malformed")
        else:
            logger.error("socket of report %s closed", self.report_id, exc_info=error)
            self.end(CloseCode.BROKEN, Outcome.NOT_SAVED.value)

    def _caught_up(self) -> None:
        """The client has taken all that it was told: tell it what it was not."""
        try:
            for member, room in tuple(self._open.values()):
                room.resync(member)
        except Exception as error:  # noqa: BLE001 (the same)
            self._fail(error)

    def _sign_on(self, message: Message) -> None:
        if message.key in self._joining:
            return
        if message.key in self._open:
            self._renew(message)
            return
        if len(self._open) + len(self._joining) >= MAX_SECTIONS:
            raise ProtocolError("too many sections on one socket")
        joining = self._joining.begin(message.key)
        joining.task = asyncio.create_task(self._guarded(partial(self._join, message, joining)))

    def _sign_off(self, key: str) -> None:
        self._joining.cancel(key)
        if key in self._open:
            self._open[key][0].close("provider_initiated")

    def _pass_on(self, message: Message) -> None:
        member, room = self._open[message.key]
        if room.is_open:
            room.receive(member, message)
            self.has_written |= message.kind == Kind.UPDATE
            return
        joining = self._joining.begin(message.key)
        joining.add(message)
        joining.task = asyncio.create_task(self._guarded(partial(self._catch_up, message.key, joining)))

    async def _ready(self, room: Room) -> None:
        try:
            await room.open()
        except Exception:
            logger.exception("section %s cannot be read", room.section_id)
            room.close(Outcome.NOT_SAVED.value)

    async def _catch_up(self, key: str, joining: Joining) -> None:
        """The room's text has to be read anew; what the client says meanwhile waits."""
        try:
            await self._pass_on_all(key, joining)
        finally:
            self._joining.end(key, joining)

    async def _pass_on_all(self, key: str, joining: Joining) -> None:
        while joining.messages and key in self._open:
            _, room = self._open[key]
            if room.is_open:
                self._pass_on(joining.messages.popleft())
                await self.link.calm()
            else:
                await self._ready(room)

    async def _join(self, message: Message, joining: Joining) -> None:
        """Open a section, then pass on what the client said meanwhile, in order."""
        try:
            await self._admit(message)
            await self._pass_on_all(message.key, joining)
        except RefusedError as refusal:
            self._answer(message.key, protocol.denied(str(refusal)))
        except _FullError:
            self._answer(message.key, protocol.closed("too-many-people"))
        except ProtocolError:
            raise
        except Exception:
            # Not the person's fault: the client tries again.
            logger.exception("a section of report %s could not be opened", self.report_id)
            self._answer(message.key, protocol.closed(Outcome.NOT_SAVED.value))
        finally:
            self._joining.end(message.key, joining)

    def _renew(self, message: Message) -> None:
        """A new token for a section that is open: it has to be as good as the first."""
        if message.key not in self._renewing:
            self._renewing.add(message.key)
            task = asyncio.create_task(self._guarded(partial(self._check_again, message, self._open[message.key])))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _check_again(self, message: Message, place: tuple[Member, Room]) -> None:
        key = message.key
        try:
            await self._hub.ask(self._identify(message.body))
            self._person.rights_on(place[0].section_id)
            if self._open.get(key) == place:
                place[0].greet()
        except RefusedError as refusal:
            self._turn_out(key, place, protocol.denied(str(refusal)))
        except Exception:
            logger.exception("a section of report %s could not be kept open", self.report_id)
            self._turn_out(key, place, protocol.closed(Outcome.NOT_SAVED.value))
        finally:
            self._renewing.discard(key)

    def _turn_out(self, key: str, place: tuple[Member, Room], body: bytes) -> None:
        self._answer(key, body)
        if self._open.get(key) == place:
            self._left(place[0])

    async def _admit(self, message: Message) -> None:
        section_id = protocol.section_of(message.key)
        if section_id is None:
            raise RefusedError(DENIED)
        claims = self._identify(message.body)
        # Asked also by those who have rights, but none on this section: it may be newer than what is known of them.
        if not self._person.may_read(section_id):
            await self._hub.ask(claims)
        self._person.rights_on(section_id)
        await self._enter(message.key, section_id)

    async def _enter(self, key: str, section_id: UUID) -> None:
        room = self._hub.room(section_id)
        room.await_guest()
        try:
            await room.open()
            if room.is_full:
                raise _FullError
            # Rights may have changed while the text was read.
            member = Member(key, self.link, self._person.rights_on(section_id), section_id, self._left)
            self._open[key] = member, room
            room.join(member)
        finally:
            room.dismiss_guest()

    def _identify(self, token: bytes) -> Claims:
        claims = self._person.read(token)
        if self.claims != claims and not self._hub.may_open_another(claims.user_id):
            self.end(CloseCode.RESET, "too-many-windows")
            raise RefusedError(DENIED)
        self._person.become(claims)
        return claims

    def _answer(self, key: str, body: bytes) -> None:
        self.link.put(protocol.prefix(key) + body)

    def _left(self, member: Member) -> None:
        _, room = self._open.pop(member.key)
        room.leave(member)
