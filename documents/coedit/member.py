"""One section that is open on one socket."""

from collections.abc import Callable, Mapping
from uuid import UUID

from documents.coedit import protocol
from documents.coedit.frames import Bundle
from documents.coedit.link import Link
from documents.rights import SocketRights
from partnerships.grants import Level


class Member:
    """A person's place in a section: how to reach them, who they are and what they may do."""

    def __init__(
        self, key: str, link: Link, rights: SocketRights, section_id: UUID, left: "Callable[[Member], None]"
    ) -> None:
        self.key = key
        self.link = link
        self.section_id = section_id
        self.rights = rights
        self.prefix = protocol.prefix(key)
        # What is said most often, framed once.
        self._saved = Bundle([self.prefix + protocol.sync_status(saved=True)])
        # What the client has, if its socket lags so that it is told no more for now: a state vector.
        self.behind: bytes | None = None
        self._left = left
        # Messages that the client counts as unsaved because they were refused, and how many the next exchange settles.
        self._refused = 0
        self._owed = 0

    @property
    def rights(self) -> SocketRights:
        return self._rights

    @rights.setter
    def rights(self, rights: SocketRights) -> None:
        self._rights = rights
        self.writes = rights.levels.get(self.section_id) == Level.EDIT

    @property
    def user_id(self) -> UUID:
        return self.rights.user_id

    @property
    def card(self) -> Mapping[str, str]:
        rights = self.rights
        return {
            "name": rights.full_name,
            "initials": rights.initials,
            "organisation": rights.organisation_name,
            "shortName": rights.organisation_short_name,
            "colour": rights.colour,
        }

    def send(self, body: bytes, *, is_answer: bool = False) -> None:
        self.link.put(self.prefix + body, is_answer=is_answer)

    def greet(self) -> None:
        """Tell the client that it is in, and what it may do."""
        self.send(protocol.authenticated(writes=self.writes))

    def refuse(self) -> None:
        """Tell the client that an update was not taken."""
        self._refused += 1
        self.send(protocol.sync_status(saved=False))

    def saved(self, messages: int) -> None:
        """Tell the client that this many of its messages are stored."""
        for _ in range(messages):
            self.link.relay(self._saved)

    def began_exchange(self) -> None:
        """A client that asks for the text starts to count its unsaved messages anew."""
        self._refused = self._owed = 0

    def may_write_again(self, state: bytes) -> None:
        """Ask for what was refused before; storing that settles every refusal."""
        if self._refused:
            self._refused, self._owed = 0, self._refused
            self.send(protocol.sync_step1(state))

    def settles(self) -> int:
        """How many of the client's messages the text that it just sent settles."""
        owed, self._owed = self._owed, 0
        return owed or 1

    def close(self, reason: str) -> None:
        """Tell the client that this section is closed to it, and forget it."""
        self.send(protocol.closed(reason))
        self._left(self)
