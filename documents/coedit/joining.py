"""Sections that a socket is about to open: what the client says to them meanwhile waits."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from documents.coedit.link import OVERHEAD
from documents.coedit.protocol import Message
from documents.coedit.wire import ProtocolError

# What a socket may say, in all, to sections that are still being opened.
MAX_QUEUED_BYTES = 8 * 1024 * 1024


@dataclass(slots=True)
class Joining:
    """One of them; `task` opens it."""

    messages: deque[Message] = field(default_factory=deque)
    size: int = 0
    task: asyncio.Task[None] | None = None

    def add(self, message: Message) -> None:
        self.messages.append(message)
        self.size += len(message.body) + OVERHEAD


class Joinings:
    """All of one socket, by the document's name."""

    def __init__(self) -> None:
        self._all: dict[str, Joining] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._all

    def __len__(self) -> int:
        return len(self._all)

    def begin(self, key: str) -> Joining:
        joining = self._all[key] = Joining()
        return joining

    def add(self, message: Message) -> None:
        """Let a message wait. Raises ProtocolError where that is too much."""
        self._all[message.key].add(message)
        if sum(joining.size for joining in self._all.values()) > MAX_QUEUED_BYTES:
            raise ProtocolError("too much is said before the section is open")

    def end(self, key: str, joining: Joining) -> None:
        """It is open, or never will be; it may have been begun anew meanwhile."""
        if self._all.get(key) is joining:
            del self._all[key]

    def cancel(self, key: str) -> None:
        """Do not go on opening this one, if it is among them."""
        if (joining := self._all.pop(key, None)) and joining.task:
            joining.task.cancel()

    def cancel_all(self) -> None:
        for key in tuple(self._all):
            self.cancel(key)
