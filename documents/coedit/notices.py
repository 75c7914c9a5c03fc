"""What processes tell each other by PostgreSQL's NOTIFY: short texts, which may be lost. The log and the rights may not."""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from accounts.signals import AccessChange
from documents.coedit.presence import Sighting

CHANNEL = "portal_coedit"
# PostgreSQL takes less than 8,000 bytes at a time.
MAX_BYTES = 7_900
# A person, without the caret, is still worth telling.
MAX_STATE_BYTES = 4_000

PROCESS = secrets.randbits(31)


@dataclass(frozen=True, slots=True)
class Grown:
    """Rows were added to the log: one writer's, from the first to the last. Without sections: of any."""

    writer_id: int
    first: int
    last: int
    section_ids: frozenset[UUID] | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Who is in a section by the process that says so."""

    section_id: UUID
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody wants to know who is in these sections; without any, in all."""

    section_ids: frozenset[UUID] | None


@dataclass(frozen=True, slots=True)
class Rights:
    """Access may have changed: for those named (sessions only by their digest), or for everybody."""

    change: AccessChange | None


@dataclass(frozen=True, slots=True)
class Talked:
    """Threads about a section have changed: such as everybody sees who may read it, or those of one organisation only."""

    section_id: UUID
    only_for: UUID | None


@dataclass(frozen=True, slots=True)
class Came:
    """A process has begun to listen; what it said before no longer counts."""


@dataclass(frozen=True, slots=True)
class Went:
    """A process has ended."""


Notice = Grown | Seen | Asked | Rights | Talked | Came | Went


def digest(session_key: str) -> str:
    """Names a session in a notice: its key opens an account, and notices may be logged by the database."""
    return sha256(f"coedit:{session_key}".encode()).hexdigest()


def encode(notice: Notice) -> Iterator[str]:
    """The texts that say it, in as many parts as need be."""
    if isinstance(notice, Seen):
        return _encode_seen(notice)
    text = _text(*_FORMS[type(notice)](notice))
    return iter([text if len(text) <= MAX_BYTES else _text(*_FORMS[type(notice)](_widest(notice)))])


def decode(text: str) -> tuple[int, Notice] | None:
    """Who says what; None for what cannot be understood, such as what a newer version says."""
    try:
        process, kind, *fields = json.loads(text)
        return int(process), _READERS[kind](*fields)
    except (ValueError, TypeError, KeyError):
        return None


def _encode_seen(notice: Seen) -> Iterator[str]:
    rows: list[list[Any]] = []
    size = len(_text("seen", notice.section_id.hex, []))
    for sighting in notice.sightings:
        row = [sighting.client, sighting.clock, sighting.user_id.hex, _short(sighting.text)]
        length = len(json.dumps(row)) + 2
        if size + length > MAX_BYTES and rows:
            yield _text("seen", notice.section_id.hex, rows)
            rows, size = [], len(_text("seen", notice.section_id.hex, []))
        rows.append(row)
        size += length
    if rows:
        yield _text("seen", notice.section_id.hex, rows)


def _short(state: str) -> str:
    if len(json.dumps(state)) <= MAX_STATE_BYTES:
        return state
    return json.dumps({"user": json.loads(state)["user"]}, separators=(",", ":"))


def _text(kind: str, *fields: Any) -> str:
    return json.dumps([PROCESS, kind, *fields], separators=(",", ":"))


def _widest(notice: Notice) -> Notice:
    """The same of everything, where naming each would be too long."""
    if isinstance(notice, Grown):
        return Grown(notice.writer_id, notice.first, notice.last, None)
    return Asked(None) if isinstance(notice, Asked) else Rights(None)


def _hexes(ids: Iterable[UUID] | None) -> list[str] | None:
    return None if ids is None else [one.hex for one in ids]


def _ids(hexes: list[str] | None) -> frozenset[UUID] | None:
    return None if hexes is None else frozenset(UUID(one) for one in hexes)


def _rights_fields(notice: Rights) -> list[Any]:
    change = notice.change
    if change is None:
        return ["rights", None]
    names = (_hexes(ids) for ids in (change.user_ids, change.review_ids, change.report_ids))
    return ["rights", [*names, [digest(key) for key in change.session_keys]]]


def _read_rights(fields: list[list[str]] | None) -> Rights:
    if fields is None:
        return Rights(None)
    users, reviews, reports = (frozenset(UUID(one) for one in names) for names in fields[:3])
    return Rights(AccessChange(users, reviews, reports, frozenset(fields[3])))


def _read_seen(section: str, rows: list[tuple[int, int, str, str]]) -> Seen:
    sightings = (Sighting(int(client), int(clock), UUID(user), str(text)) for client, clock, user, text in rows)
    return Seen(UUID(section), tuple(sightings))


_FORMS: dict[type, Any] = {
    Grown: lambda notice: ("log", notice.writer_id, notice.first, notice.last, _hexes(notice.section_ids)),
    Asked: lambda notice: ("who", _hexes(notice.section_ids)),
    Rights: _rights_fields,
    Talked: lambda notice: ("talk", notice.section_id.hex, notice.only_for and notice.only_for.hex),
    Came: lambda _: ("came",),
    Went: lambda _: ("went",),
}
_READERS: dict[str, Any] = {
    "log": lambda writer, first, last, sections: Grown(int(writer), int(first), int(last), _ids(sections)),
    "seen": _read_seen,
    "who": lambda sections: Asked(_ids(sections)),
    "rights": _read_rights,
    "talk": lambda section, only_for: Talked(UUID(section), UUID(only_for) if only_for else None),
    "came": Came,
    "went": Went,
}
