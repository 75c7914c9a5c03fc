"""One socket: a person on a report, with some of its sections open."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol
from uuid import UUID

from django.conf import settings

from accounts.signals import AccessChange
from documents.coedit import protocol
from documents.coedit.authority import Verdict
from documents.coedit.link import OVERHEAD, CloseCode, Link
from documents.coedit.member import Member
from documents.coedit.protocol import Kind, Message
from documents.coedit.room import Room
from documents.coedit.store import Outcome
from documents.coedit.tokens import BadTokenError, Claims, read_token
from documents.coedit.wire import ProtocolError
from documents.rights import SocketRights

logger = logging.getLogger(__name__)

MAX_SECTIONS = 500
# What a socket may say, in all, to sections that are still being opened.
MAX_QUEUED_BYTES = 8 * 1024 * 1024
DENIED = "permission-denied"


class Rooms(Protocol):
    """What a session needs of the hub."""

    def room(self, section_id: UUID) -> Room: ...

    def may_open_another(self, user_id: UUID) -> bool:
        """Whether the person may have one socket more than they have."""

    async def ask(self, claims: Claims) -> None:
        """Have the person's rights read; every session with these claims is told. Raises what the reading raised."""


class _FullError(Exception):
    """A section that as many have open as can: the client tries again later."""


class _RefusedError(Exception):
    """A section that is not opened to this person; the text is the reason that the client is told."""


@dataclass(slots=True)
class _Joining:
    """A section that is being opened: what the client says meanwhile waits."""

    messages: deque[Message] = field(default_factory=deque)
    size: int = 0
    task: asyncio.Task[None] | None = None

    def add(self, message: Message) -> None:
        self.messages.append(message)
        self.size += len(message.body) + OVERHEAD


class Session:
    """Opens sections, passes messages to their rooms, and follows every change of the person's rights."""

    def __init__(self, hub: Rooms, report_id: UUID, link: Link) -> None:
        self._hub = hub
        self._open: dict[str, tuple[Member, Room]] = {}
        self._joining: dict[str, _Joining] = {}
        self._verdict: Verdict | None = None
        self.report_id = report_id
        self.link = link
        self.claims: Claims | None = None
        # Set when the person writes; whoever notes it down clears it.
        self.has_written = False
        self._renewing: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self.began_at = self.heard_at = self._loop.time()
        self._max_frame: int = settings.COEDIT_MAX_FRAME_BYTES
        link.caught_up = self._caught_up

    @property
    def has_rights(self) -> bool:
        return self._verdict is not None and self._verdict.rights is not None

    @property
    def _has_lost_rights(self) -> bool:
        return self._verdict is not None and self._verdict.rights is None

    def is_touched_by(self, change: AccessChange) -> bool:
        """Whether a change of access may concern this socket."""
        if self.claims is None:
            return False
        review_id = self._verdict.review_id if self._verdict else None
        return (
            self.claims.user_id in change.user_ids
            or self.report_id in change.report_ids
            or self.claims.session_key in change.session_keys
            or (bool(change.review_ids) if review_id is None else review_id in change.review_ids)
        )

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
        had_rights, self._verdict = self.has_rights, verdict
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
        for joining in self._joining.values():
            if joining.task:
                joining.task.cancel()
        self._joining.clear()
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
            self._queue(message)
        elif message.key in self._open:
            self._pass_on(message)
        # Anything else belongs to a section that is not open: the exchange after its sign-on will repeat it.

    def _queue(self, message: Message) -> None:
        self._joining[message.key].add(message)
        if sum(joining.size for joining in self._joining.values()) > MAX_QUEUED_BYTES:
            raise ProtocolError("too much is said before the section is open")

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
        joining = self._joining[message.key] = _Joining()
        joining.task = asyncio.create_task(self._guarded(partial(self._join, message, joining)))

    def _sign_off(self, key: str) -> None:
        if (joining := self._joining.pop(key, None)) and joining.task:
            joining.task.cancel()
        if key in self._open:
            self._open[key][0].close("provider_initiated")

    def _pass_on(self, message: Message) -> None:
        member, room = self._open[message.key]
        if room.is_open:
            room.receive(member, message)
            self.has_written |= message.kind == Kind.UPDATE
            return
        joining = self._joining[message.key] = _Joining()
        joining.add(message)
        joining.task = asyncio.create_task(self._guarded(partial(self._catch_up, message.key, joining)))

    async def _ready(self, room: Room) -> None:
        try:
            await room.open()
        except Exception:
            logger.exception("section %s cannot be read", room.section_id)
            room.close(Outcome.NOT_SAVED.value)

    async def _catch_up(self, key: str, joining: _Joining) -> None:
        """The room's text has to be read anew; what the client says meanwhile waits."""
        try:
            await self._pass_on_all(key, joining)
        finally:
            self._joined(key, joining)

    async def _pass_on_all(self, key: str, joining: _Joining) -> None:
        while joining.messages and key in self._open:
            _, room = self._open[key]
            if room.is_open:
                self._pass_on(joining.messages.popleft())
                await self.link.calm()
            else:
                await self._ready(room)

    def _joined(self, key: str, joining: _Joining) -> None:
        if self._joining.get(key) is joining:
            del self._joining[key]

    async def _join(self, message: Message, joining: _Joining) -> None:
        """Open a section, then pass on what the client said meanwhile, in order."""
        try:
            await self._admit(message)
            await self._pass_on_all(message.key, joining)
        except _RefusedError as refusal:
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
            self._joined(message.key, joining)

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
            self._rights_on(place[0].section_id)
            if self._open.get(key) == place:
                place[0].greet()
        except _RefusedError as refusal:
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
            raise _RefusedError(DENIED)
        claims = self._identify(message.body)
        # Asked also by those who have rights, but none on this section: it may be newer than what is known of them.
        if self._verdict is None or not self._verdict.may_read(section_id):
            await self._hub.ask(claims)
        self._rights_on(section_id)
        await self._enter(message.key, section_id)

    async def _enter(self, key: str, section_id: UUID) -> None:
        room = self._hub.room(section_id)
        room.await_guest()
        try:
            await room.open()
            if room.is_full:
                raise _FullError
            # Rights may have changed while the text was read.
            member = Member(key, self.link, self._rights_on(section_id), section_id, self._left)
            self._open[key] = member, room
            room.join(member)
        finally:
            room.dismiss_guest()

    def _identify(self, token: bytes) -> Claims:
        try:
            claims = read_token(token)
        except BadTokenError as error:
            raise _RefusedError(DENIED) from error
        if claims.report_id != self.report_id or not (self.claims in (None, claims) or self._has_lost_rights):
            raise _RefusedError(DENIED)
        if self.claims != claims:
            if not self._hub.may_open_another(claims.user_id):
                self.end(CloseCode.RESET, "too-many-windows")
                raise _RefusedError(DENIED)
            # Who was signed out may have signed in again: what was judged before was about another session.
            self._verdict = None
        self.claims = claims
        return claims

    def _rights_on(self, section_id: UUID) -> SocketRights:
        verdict = self._verdict
        if verdict is None or verdict.rights is None or not verdict.may_read(section_id):
            raise _RefusedError(verdict.refusal(section_id) if verdict else DENIED)
        return verdict.rights

    def _answer(self, key: str, body: bytes) -> None:
        self.link.put(protocol.prefix(key) + body)

    def _left(self, member: Member) -> None:
        _, room = self._open.pop(member.key)
        room.leave(member)
