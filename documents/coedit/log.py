"""Reading the log: what a snapshot covers is taken from it, and only the rows after that one by one.

A writer's rows become visible in the order of their numbers, so the last number of each writer says exactly which rows are
there: that is a log's `Stamp`. Rows are read before the snapshot: it may only have grown meanwhile.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField

from documents.coedit.replica import Replica, replica_of
from documents.coedit.wire import ProtocolError
from documents.models import SectionSnapshot, SectionUpdate

logger = logging.getLogger(__name__)

# Writer and their last row, by writer.
Stamp = tuple[tuple[int, int], ...]
# SQLite joins at most 500 queries.
STREAMS_AT_ONCE = 200
# A long log is read in pages of so many rows.
PAGE = 1000

_ID = UUIDField()
# The index on section, writer and number is leapt through: however many rows there are, one look a writer.
_STREAMS = """
    WITH RECURSIVE stream(section_id, writer_id) AS (
        SELECT section.id, (SELECT min(writer_id) FROM documents_sectionupdate WHERE section_id = section.id)
        FROM documents_section section WHERE section.id IN ({})
        UNION ALL
        SELECT stream.section_id, (
            SELECT min(writer_id) FROM documents_sectionupdate
            WHERE section_id = stream.section_id AND writer_id > stream.writer_id
        )
        FROM stream WHERE stream.writer_id IS NOT NULL
    )
    SELECT stream.section_id, stream.writer_id, coalesce(cover.seq, 0), (
        SELECT max(seq) FROM documents_sectionupdate WHERE section_id = stream.section_id AND writer_id = stream.writer_id
    )
    FROM stream LEFT JOIN documents_snapshotcover cover
    ON cover.section_id = stream.section_id AND cover.writer_id = stream.writer_id
    WHERE stream.writer_id IS NOT NULL ORDER BY stream.writer_id
"""
_ROWS = """
    SELECT section_id, id, data FROM documents_sectionupdate
    WHERE section_id = %s AND writer_id = %s AND seq > %s AND seq <= %s
"""
_PAGE = """
    SELECT id, seq, data FROM documents_sectionupdate
    WHERE section_id = %s AND writer_id = %s AND seq > %s AND seq <= %s ORDER BY seq LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Stream:
    """One writer's rows in a section: to `covered` they are in the snapshot, and `last` is the last that is there."""

    section_id: UUID
    writer_id: int
    covered: int
    last: int


@dataclass(slots=True)
class Log:
    """All that makes a section's text: a snapshot, what waits beside it, and the rows that it does not cover."""

    base: bytes = b""
    waiting: bytes = b""
    rows: list[bytes] = field(default_factory=list)


def streams_of(section_ids: Sequence[UUID]) -> dict[UUID, list[Stream]]:
    """Who has written in these sections, and how far: one query."""
    streams: dict[UUID, list[Stream]] = {pk: [] for pk in section_ids}
    if streams:
        with connection.cursor() as cursor:
            cursor.execute(_STREAMS.format(", ".join(["%s"] * len(streams))), [_db(pk) for pk in streams])
            for section_id, *rest in cursor.fetchall():
                stream = Stream(_ID.to_python(section_id), *rest)
                streams[stream.section_id].append(stream)
    return streams


def stamp_of(streams: Sequence[Stream]) -> Stamp:
    """What tells one state of a section's log from every other."""
    return tuple((stream.writer_id, stream.last) for stream in streams)


def read(streams: dict[UUID, list[Stream]]) -> dict[UUID, Log]:
    """The logs of these sections, to where the streams say."""
    logs = {pk: Log() for pk in streams}
    flat = [stream for each in streams.values() for stream in each]
    rows = sorted(_rows([stream for stream in flat if stream.last > stream.covered]))
    for _, section_id, data in rows:
        logs[section_id].rows.append(data)
    covered = {stream.section_id for stream in flat if stream.covered}
    for snapshot in SectionSnapshot.objects.filter(pk__in=covered) if covered else ():
        log = logs[snapshot.pk]
        log.base, log.waiting = bytes(snapshot.data), bytes(snapshot.waiting)
    return logs


def read_one(section_id: UUID) -> Log:
    """The log of one section."""
    return read(streams_of([section_id]))[section_id]


def text_of(section_id: UUID, log: Log, *more: bytes) -> Replica:
    """A section's text, with more updates after it. The log is the truth: a snapshot only saves time."""
    try:
        return replica_of([*filter(None, [log.waiting]), *log.rows, *more], log.base)
    except ProtocolError:
        logger.exception("the snapshot of section %s cannot be read", section_id)
        return replica_of([*read_log(section_id), *more])


def open_text(section_id: UUID, unsaved: Sequence[bytes]) -> tuple[Replica, int]:
    """A section's text, with updates that may not be stored yet, and how many rows had to be read for it."""
    log = read_one(section_id)
    return text_of(section_id, log, *unsaved), len(log.rows)


def read_log(section_id: UUID) -> list[bytes]:
    """All updates of a section, in the order in which they were stored."""
    rows = SectionUpdate.objects.filter(section_id=section_id).order_by("pk").values_list("data", flat=True)
    return [bytes(data) for data in rows.iterator(chunk_size=2000)]


def pages(streams: Sequence[Stream]) -> Iterator[list[bytes]]:
    """The rows of one section that its snapshot does not cover, in order, without having all of them at once."""
    rows = merge(*map(_follow, streams))
    while page := [data for _, data in islice(rows, PAGE)]:
        yield page


def _follow(stream: Stream) -> Iterator[tuple[int, bytes]]:
    """One writer's rows, which are in order."""
    at = stream.covered
    while at < stream.last:
        with connection.cursor() as cursor:
            cursor.execute(_PAGE, [_db(stream.section_id), stream.writer_id, at, stream.last, PAGE])
            found = cursor.fetchall()
        yield from ((row, bytes(data)) for row, _, data in found)
        at = found[-1][1] if len(found) == PAGE else stream.last


def _rows(streams: Sequence[Stream]) -> Iterator[tuple[int, UUID, bytes]]:
    for at in range(0, len(streams), STREAMS_AT_ONCE):
        some = streams[at : at + STREAMS_AT_ONCE]
        bounds = [value for each in some for value in (_db(each.section_id), each.writer_id, each.covered, each.last)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([_ROWS] * len(some)), bounds)
            yield from ((row, _ID.to_python(section_id), bytes(data)) for section_id, row, data in cursor.fetchall())


def _db(section_id: UUID) -> Any:
    return _ID.get_db_prep_value(section_id, connection)
