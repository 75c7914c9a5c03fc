"""Who was the first to store each letter of a section: by the numbers that Yjs gives to letters, as the log brings them.

Yjs numbers all that a client writes one by one. Something appears once all is there that it stands beside; until then it
waits, however early it came. So a letter belongs to whoever stored the first row that could bring it into the text. What a
client says of itself plays no part.
"""

from bisect import bisect_right
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from documents.coedit.replica import clocks_of
from documents.coedit.updates import skip_content
from documents.coedit.wire import Reader

_GC, _DELETED, _JSON, _STRING, _ANY, _SKIP = 0, 1, 2, 4, 8, 10
_HAS_ORIGIN, _HAS_RIGHT_ORIGIN, _HAS_PARENT_SUB = 0x80, 0x40, 0x20
# A letter's number: whose client it is, and which of that client's.
Id = tuple[int, int]


class Piece(NamedTuple):
    """Some letters with numbers in a row. They need others to stand beside; `words` is where they are in the bytes."""

    client: int
    clock: int
    length: int
    needs: tuple[Id, ...] = ()
    words: tuple[int, int] | None = None


class Claims:
    """Rows are told in order, each by a number of its own; then every letter has the number of its row."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        # By client: from which clock on letters are whose.
        self._starts: dict[int, list[int]] = {}
        self._rows: dict[int, list[int]] = {}
        # By client: pieces that wait for a letter of theirs, the earliest letter first.
        self._waiting: dict[int, list[tuple[int, int, int, Piece]]] = {}
        self._order = count()

    def take(self, row: int, update: bytes) -> None:
        """The next row. Raises ProtocolError, and takes nothing, where it cannot be read."""
        for piece in tuple(pieces_of(update)):
            self._offer(row, piece)

    def covers(self, state: bytes) -> bool:
        """Whether all letters of a document with this state vector have been told of."""
        return all(self._known.get(client, 0) >= clock for client, clock in clocks_of(state).items())

    def rows_of(self, piece: Piece) -> Iterator[tuple[int, int]]:
        """The rows of a piece of the text, and how many of its letters each has."""
        starts, rows = self._starts[piece.client], self._rows[piece.client]
        at, end = piece.clock, piece.clock + piece.length
        number = bisect_right(starts, at) - 1
        while at < end:
            until = min(end, starts[number + 1]) if number + 1 < len(starts) else end
            yield rows[number], until - at
            at, number = until, number + 1

    def _offer(self, row: int, piece: Piece) -> None:
        """Take a piece, and all that waited for it; or let it wait."""
        offered = [(row, piece)]
        while offered:
            row, piece = offered.pop()
            if missing := self._missing(piece):
                client, clock = missing
                heappush(self._waiting.setdefault(client, []), (clock, row, next(self._order), piece))
                continue
            self._claim(row, piece)
            waiting = self._waiting.get(piece.client, [])
            while waiting and waiting[0][0] < self._known[piece.client]:
                _, its_row, _, its_piece = heappop(waiting)
                offered.append((its_row, its_piece))

    def _missing(self, piece: Piece) -> Id | None:
        if piece.clock > self._known.get(piece.client, 0):
            return piece.client, piece.clock - 1
        return next((need for need in piece.needs if need[1] >= self._known.get(need[0], 0)), None)

    def _claim(self, row: int, piece: Piece) -> None:
        known = self._known.setdefault(piece.client, 0)
        if piece.clock + piece.length <= known:
            return
        rows = self._rows.setdefault(piece.client, [])
        if not rows or rows[-1] != row:
            rows.append(row)
            self._starts.setdefault(piece.client, []).append(known)
        self._known[piece.client] = piece.clock + piece.length


def pieces_of(update: bytes) -> Iterator[Piece]:
    """What an update brings. Raises ProtocolError."""
    reader = Reader(update)
    for _ in range(reader.uint()):
        structs, client, clock = reader.uint(), reader.uint(), reader.uint()
        for _ in range(structs):
            info = reader.byte()
            if info == _SKIP:
                clock += reader.uint()
                continue
            piece = _piece(reader, info, client, clock)
            clock += piece.length
            yield piece


def _piece(reader: Reader, info: int, client: int, clock: int) -> Piece:
    if info == _GC:
        return Piece(client, clock, reader.uint())
    needs = tuple((reader.uint(), reader.uint()) for flag in (_HAS_ORIGIN, _HAS_RIGHT_ORIGIN) if info & flag)
    if not needs:
        # In a root, by its name; what is in something else has been refused.
        reader.uint()
        reader.skip(reader.uint())
        if info & _HAS_PARENT_SUB:
            reader.skip(reader.uint())
    start = reader.at
    return Piece(client, clock, _length(reader, info & 0x1F), needs, (start, reader.at) if info & 0x1F == _STRING else None)


def _length(reader: Reader, kind: int) -> int:
    if kind == _DELETED:
        return reader.uint()
    if kind == _STRING:
        return units(reader.string())
    length = Reader(reader.data, reader.at).uint() if kind in (_JSON, _ANY) else 1
    skip_content(reader, kind)
    return length


def units(words: str) -> int:
    """How many letters Yjs counts: those beyond the first 65,536 characters of Unicode count twice."""
    return len(words) if words.isascii() else len(words.encode("utf-16-le")) // 2
