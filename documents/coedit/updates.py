"""Judging an update (Yjs, version 1) before anything is done with it.

The decoder below us walks nested values by recursion and would end the whole process on a hostile one, so the shape
is walked here first. A section's text is root texts and maps only (no type inside a type), which also keeps deletion
from recursing.
"""

from bisect import bisect

from pycrdt import get_state

from documents.coedit.glance import behind_clocks, is_plain
from documents.coedit.wire import MAX_UINT, ProtocolError, Reader

MAX_DEPTH = 64
# Python's side of the text keeps clocks in 32 bits, a browser's does not: beyond, the two would read different texts.
MAX_CLOCK = 2**31
_GC, _DELETED, _JSON, _BINARY, _STRING, _EMBED, _FORMAT, _ANY, _SKIP = 0, 1, 2, 3, 4, 5, 6, 8, 10
_HAS_ORIGIN, _HAS_RIGHT_ORIGIN, _HAS_PARENT_SUB = 0x80, 0x40, 0x20
_ANY_BYTES, _ANY_LIST, _ANY_MAP, _ANY_STRING, _ANY_INTEGER = 116, 117, 118, 119, 125
# bigint, two sizes of float; true, false, null, undefined.
_FIXED_SIZES = {122: 8, 123: 8, 124: 4, 120: 0, 121: 0, 126: 0, 127: 0}
Ranges = list[tuple[int, int]]  # clock, length
Deletes = dict[int, Ranges]  # by client


def check(update: bytes) -> None:
    """Raise ProtocolError unless this is a well-formed update that holds only what a section's text is made of."""
    if not is_plain(update):
        _walk(update)
    try:
        get_state(update)
    except ValueError as error:
        raise ProtocolError("the update cannot be read") from error


def deletes_of(update: bytes) -> Deletes:
    """What an update without any new content deletes. Raises ProtocolError for others."""
    reader = Reader(update)
    if reader.uint() != 0:
        raise ProtocolError("the update holds new content")
    return _read_deletes(reader)


def covers(known: Deletes, wanted: Deletes) -> bool:
    """Whether everything that `wanted` deletes is deleted in `known`."""
    return all(_contained(_joined(known.get(client, [])), ranges) for client, ranges in wanted.items())


def _joined(ranges: Ranges) -> Ranges:
    joined: Ranges = []
    for start, length in sorted(ranges):
        if joined and start <= sum(joined[-1]):
            first = joined[-1][0]
            joined[-1] = (first, max(sum(joined[-1]), start + length) - first)
        else:
            joined.append((start, length))
    return joined


def _contained(known: Ranges, wanted: Ranges) -> bool:
    for start, length in wanted:
        at = bisect(known, (start, MAX_UINT)) - 1
        if length and (at < 0 or sum(known[at]) < start + length):
            return False
    return True


def words_in(update: bytes) -> list[tuple[int, int]]:
    """Where the words of an update are in its bytes: from the number that says how long they are, to their end."""
    reader = _Words(update)
    _read(reader)
    return reader.places


class _Words(Reader):
    """Notes where words are."""

    __slots__ = ("places",)

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.places: list[tuple[int, int]] = []

    def words(self) -> None:
        start = self.at
        super().words()
        self.places.append((start, self.at))


def _walk(update: bytes) -> None:
    _read(Reader(update))


def _read(reader: Reader) -> None:
    for _ in range(reader.uint()):
        _client(reader)
    for _ in range(reader.uint()):
        _deleted_of_one(reader)
    reader.end()


def _deleted_of_one(reader: Reader) -> None:
    reader.uint()  # client
    numbers = 2 * reader.uint()
    if end := behind_clocks(reader.data, reader.at, numbers):
        reader.at = end
        return
    for _ in range(numbers):
        _clock(reader)


def _client(reader: Reader) -> None:
    structs = reader.uint()
    reader.uint()  # client
    _clock(reader)
    for _ in range(structs):
        _struct(reader)


def _struct(reader: Reader) -> None:
    info = reader.byte()
    if info in (_GC, _SKIP):
        _clock(reader)
        return
    if info & _HAS_ORIGIN:
        _id(reader)
    if info & _HAS_RIGHT_ORIGIN:
        _id(reader)
    if not info & (_HAS_ORIGIN | _HAS_RIGHT_ORIGIN):
        _parent(reader, has_sub=bool(info & _HAS_PARENT_SUB))
    skip_content(reader, info & 0x1F)


def _id(reader: Reader) -> None:
    reader.uint()
    _clock(reader)


def _clock(reader: Reader) -> int:
    """A clock, or a length that is added to one."""
    clock = reader.uint()
    if clock >= MAX_CLOCK:
        raise ProtocolError("a clock is too large")
    return clock


def _parent(reader: Reader, *, has_sub: bool) -> None:
    if reader.uint() != 1:
        raise ProtocolError("the update puts something into something else than a section's texts and maps")
    reader.skip(reader.uint())
    if has_sub:
        reader.skip(reader.uint())


def skip_content(reader: Reader, kind: int) -> None:
    """Read what a struct of this kind holds. Raises ProtocolError for kinds that are no part of a text."""
    if kind == _DELETED:
        _clock(reader)
    elif kind == _STRING:
        reader.words()
    elif kind in (_BINARY, _EMBED):
        reader.skip(reader.uint())
    elif kind == _FORMAT:
        reader.skip(reader.uint())
        reader.skip(reader.uint())
    elif kind == _JSON:
        for _ in range(reader.uint()):
            reader.skip(reader.uint())
    elif kind == _ANY:
        for _ in range(reader.uint()):
            _any(reader, 0)
    else:
        raise ProtocolError("the update holds something that is no part of a section's text")


def _any(reader: Reader, depth: int) -> None:
    """One value: a tag and what it needs."""
    tag = reader.byte()
    if tag in _FIXED_SIZES:
        reader.skip(_FIXED_SIZES[tag])
    elif tag in (_ANY_STRING, _ANY_BYTES):
        reader.skip(reader.uint())
    elif tag == _ANY_INTEGER:
        _signed(reader)
    elif tag in (_ANY_LIST, _ANY_MAP) and depth < MAX_DEPTH:
        for _ in range(reader.uint()):
            reader.skip(reader.uint() if tag == _ANY_MAP else 0)
            _any(reader, depth + 1)
    else:
        raise ProtocolError("a value of an unknown kind, or nested too deeply")


def _signed(reader: Reader) -> None:
    for _ in range(10):
        if reader.byte() < 128:
            return
    raise ProtocolError("a number is too long")


def _read_deletes(reader: Reader) -> Deletes:
    deletes: Deletes = {}
    for _ in range(reader.uint()):
        ranges = deletes.setdefault(reader.uint(), [])
        for _ in range(reader.uint()):
            ranges.append((_clock(reader), _clock(reader)))
    return deletes
