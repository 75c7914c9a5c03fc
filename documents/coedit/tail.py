"""Reading what other writers add to the log, each row once.

A writer's rows commit in the order of their numbers, so one number a writer, the cursor, says what has been read. The order
of steps is what makes it complete: listen first, then read the cursors, and only then may sections be opened; a section is
among the open ones before its log is read; and the upper bound of a reading is fixed before one looks which are open.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import psycopg

from documents.coedit.notices import Grown

# How many rows may be begun after one that becomes visible only later, and the look still finds it.
SLACK_ROWS = 5_000
ROWS_AT_ONCE = 200

Connection = psycopg.Connection[Any]
Row = tuple[UUID, bytes]
Open = Callable[[], Collection[UUID]]
_CURSORS = """
    SELECT id, (SELECT max(seq) FROM documents_sectionupdate WHERE writer_id = writer.id) FROM documents_coeditwriter writer
"""
_NEWEST = "SELECT coalesce(max(id), 0) FROM documents_sectionupdate"
_RECENT = "SELECT writer_id, max(seq), max(id) FROM documents_sectionupdate WHERE id > %s GROUP BY writer_id"
_ROWS = """
    SELECT section_id, data FROM documents_sectionupdate
    WHERE writer_id = %s AND seq > %s AND seq <= %s AND section_id = ANY(%s) ORDER BY seq
"""


class Tail:
    """The cursors. `own` tells which writer is this process's own, whose rows need no reading."""

    def __init__(self, own: Callable[[], int | None], opened: Open) -> None:
        self._own = own
        self._opened = opened
        self._cursors: dict[int, int] = {}
        self._newest = 0

    def begin(self, connection: Connection) -> None:
        """Start from what is in the log now. Listening must have begun, and no section be open."""
        self._newest = int(connection.execute(_NEWEST).fetchall()[0][0])
        self._cursors = {writer: last or 0 for writer, last in connection.execute(_CURSORS)}

    def wrote(self, writer_id: int, last: int) -> None:
        """This process wrote rows itself."""
        self._cursors[writer_id] = max(last, self._cursors.get(writer_id, 0))

    def follow(self, connection: Connection, told: Iterable[Grown]) -> Iterator[list[Row]]:
        """Read what others say they wrote, as far as it is of sections that are open."""
        bounds: dict[int, int] = {}
        for grown in told:
            if not self._may_pass_over(grown):
                bounds[grown.writer_id] = max(grown.last, bounds.get(grown.writer_id, 0))
        return self._read(connection, bounds)

    def look(self, connection: Connection) -> Iterator[list[Row]]:
        """Find what nobody told."""
        found = connection.execute(_RECENT, [max(0, self._newest - SLACK_ROWS)]).fetchall()
        self._newest = max([self._newest, *(newest for _, _, newest in found)])
        return self._read(connection, {writer: last for writer, last, _ in found})

    def _may_pass_over(self, grown: Grown) -> bool:
        cursor = self._cursors.get(grown.writer_id, 0)
        if grown.section_ids is None or cursor < grown.first - 1 or not grown.section_ids.isdisjoint(self._opened()):
            return False
        self._cursors[grown.writer_id] = max(cursor, grown.last)
        return True

    def _read(self, connection: Connection, bounds: Mapping[int, int]) -> Iterator[list[Row]]:
        for writer, bound in bounds.items():
            cursor = self._cursors.get(writer, 0)
            if writer == self._own() or bound <= cursor:
                continue
            opened = list(self._opened())
            if opened:
                yield from _in_lots(connection, [writer, cursor, bound, opened])
            # Only now: a connection that breaks meanwhile means that all of it is read again, which harms nobody.
            self._cursors[writer] = bound


def _in_lots(connection: Connection, where: list[Any]) -> Iterator[list[Row]]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, where)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield [(section_id, bytes(data)) for section_id, data in rows]
