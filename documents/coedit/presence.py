"""Who is in a section and where their carets are: awareness states, owned by the server.

A client may only move the states that it brought itself, and never says who it is: name, organisation and colour come
from the person's rights. Changes are gathered and read once a beat, so that a storm costs no more than a breeze.
"""

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from documents.coedit.wire import ProtocolError, Reader, string, uint

MAX_STATE_BYTES = 8 * 1024
MAX_STATES_OF_ONE = 8
MAX_MESSAGE_STATES = 1000
MAX_REMEMBERED = 1000
_GONE = "null"


class Owner(Hashable, Protocol):
    """Whoever brings states: one person's place in a section."""

    @property
    def user_id(self) -> UUID: ...

    @property
    def card(self) -> Mapping[str, str]:
        """What others see of the person; replaces whatever the client says under `user`."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Whoever brings states to another process, which has signed them."""

    process: int
    user_id: UUID


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one process tells the others of a state of its own."""

    client: int
    clock: int
    user_id: UUID
    text: str


@dataclass(slots=True)
class _State:
    owner: Owner | Elsewhere
    heard: int  # the client's own clock
    clock: int  # ours, which never goes back for those who watch
    text: str


class Presence:
    """The states of one section."""

    def __init__(self) -> None:
        self._states: dict[int, _State] = {}
        self._offered: dict[int, tuple[Owner, int, str]] = {}
        self._clocks: dict[int, int] = {}
        self._gone: set[int] = set()
        self._seen_elsewhere: set[int] = set()
        self._sightings: dict[int, Sighting] = {}

    def offer(self, owner: Owner, message: bytes) -> None:
        """Take note of what a client says; `take` makes it true. Raises ProtocolError."""
        for client, clock, text in _read(message):
            if self._may(owner, client, clock, text):
                self._offered[client] = owner, clock, text

    def leave(self, owner: Owner) -> None:
        """Remove the states that this owner brought."""
        self._offered = {client: offer for client, offer in self._offered.items() if offer[0] is not owner}
        for client in [client for client, state in self._states.items() if state.owner is owner]:
            self._remove(client)

    def hear(self, process: int, sightings: Iterable[Sighting]) -> None:
        """Take note of what another process says of its own; `take` tells it."""
        for sighting in sightings:
            state = self._states.get(sighting.client)
            if sighting.text == _GONE:
                if state and _is_in(process, state.owner):
                    self._remove(sighting.client)
            elif state is None or isinstance(state.owner, Elsewhere) or state.owner.user_id == sighting.user_id:
                self._put(sighting.client, Elsewhere(process, sighting.user_id), sighting.clock, sighting.text)
                self._seen_elsewhere.add(sighting.client)

    def lose(self, process: int) -> None:
        """Remove what was heard from another process."""
        for client in [client for client, state in self._states.items() if _is_in(process, state.owner)]:
            self._remove(client)

    @property
    def is_changed(self) -> bool:
        return bool(self._offered or self._gone or self._seen_elsewhere)

    def take(self) -> bytes:
        """Make true what was offered, and return the message that tells everybody; empty if nothing came of it."""
        offered, self._offered = self._offered, {}
        elsewhere, self._seen_elsewhere = self._seen_elsewhere, set()
        own = [client for client, offer in offered.items() if self._set(client, *offer)]
        self._sightings.update((sighting.client, sighting) for sighting in self._own(own))
        changed = dict.fromkeys([*(client for client in elsewhere if client in self._states), *own])
        gone, self._gone = self._gone - self._states.keys(), set()
        entries = [*((client, self._clocks[client], _GONE) for client in gone), *self._entries(changed)]
        self._forget()
        return _write(entries) if entries else b""

    def sightings(self) -> list[Sighting]:
        """What other processes have not been told yet."""
        sightings, self._sightings = self._sightings, {}
        return list(sightings.values())

    def own(self) -> list[Sighting]:
        """The states of all who are here by this process."""
        return self._own(self._states)

    def everybody(self) -> bytes:
        """The message for a newcomer; empty if nobody is here."""
        return _write(self._entries(self._states)) if self._states else b""

    def everything(self) -> bytes:
        """The message for somebody who may have missed any of the others: who has left, and who is here."""
        left = [client for client in self._clocks if client not in self._states]
        entries = [*((client, self._clocks[client], _GONE) for client in left), *self._entries(self._states)]
        return _write(entries) if entries else b""

    def _may(self, owner: Owner, client: int, clock: int, text: str) -> bool:
        state = self._states.get(client)
        offer = self._offered.get(client)
        holder = offer[0] if offer else state.owner if state else None
        if holder is owner:
            return clock >= (offer[1] if offer else state.heard + 1 if state else 0)
        if holder is not None:
            # A tab that comes back on a new socket before the old one is known to be lost. But clients also announce
            # that others seem to be gone, and one tab of a person knows nothing of another's.
            return holder.user_id == owner.user_id and text != _GONE
        return self._count(owner) < MAX_STATES_OF_ONE

    def _count(self, owner: Owner) -> int:
        clients = {client for client, state in self._states.items() if state.owner is owner}
        return len(clients | {client for client, offer in self._offered.items() if offer[0] is owner})

    def _set(self, client: int, owner: Owner, heard: int, raw: str) -> bool:
        text = _signed_by(owner, raw)
        if text is None:
            return False
        if text == _GONE:
            if client in self._states and self._states[client].owner is owner:
                self._remove(client)
            return False
        self._put(client, owner, heard, text)
        return True

    def _put(self, client: int, owner: Owner | Elsewhere, heard: int, text: str) -> None:
        # From 1: a client passes over the first state of another one when its clock is 0.
        clock = max(heard, self._clocks.get(client, 0) + 1)
        self._clocks[client] = clock
        self._states[client] = _State(owner, heard, clock, text)

    def _remove(self, client: int) -> None:
        owner = self._states.pop(client).owner
        self._gone.add(client)
        if not isinstance(owner, Elsewhere):
            self._sightings[client] = Sighting(client, self._clocks[client], owner.user_id, _GONE)

    def _own(self, clients: Iterable[int]) -> list[Sighting]:
        found = ((client, self._states[client]) for client in clients)
        return [
            Sighting(client, state.clock, state.owner.user_id, state.text)
            for client, state in found
            if not isinstance(state.owner, Elsewhere)
        ]

    def _entries(self, clients: Iterable[int]) -> list[tuple[int, int, str]]:
        return [(client, (state := self._states[client]).clock, state.text) for client in clients]

    def _forget(self) -> None:
        """Clocks of people who left are kept for their return, but not for ever."""
        left = [client for client in self._clocks if client not in self._states]
        for client in left[: max(0, len(left) - MAX_REMEMBERED)]:
            del self._clocks[client]


def _is_in(process: int, owner: Owner | Elsewhere) -> bool:
    return isinstance(owner, Elsewhere) and owner.process == process


def _signed_by(owner: Owner, raw: str) -> str | None:
    """The state with the person's card in it; None for one that cannot be used."""
    try:
        state: Any = json.loads(raw, parse_constant=_refuse)
        if state is None:
            return _GONE
        if not isinstance(state, dict):
            return None
        return json.dumps(state | {"user": dict(owner.card)}, allow_nan=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        return None


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _read(message: bytes) -> list[tuple[int, int, str]]:
    reader = Reader(message)
    count = reader.uint()
    if count > MAX_MESSAGE_STATES:
        raise ProtocolError("too many states at once")
    entries = [(reader.uint(), reader.uint(), reader.string()) for _ in range(count)]
    reader.end()
    if any(len(text) > MAX_STATE_BYTES for _, _, text in entries):
        raise ProtocolError("a state is too big")
    return entries


def _write(entries: list[tuple[int, int, str]]) -> bytes:
    return uint(len(entries)) + b"".join(uint(client) + uint(clock) + string(text) for client, clock, text in entries)
