"""A section's words in one line, cells of tables where the table stands, and lasting positions in them.

Positions are Yjs relative positions, to the letter as Yjs encodes them. The library below us counts some places in bytes and
some in UTF-16, which agree in a text of plain letters only; so positions are made and looked up in a shadow of the document
whose words are all plain letters, as long as the real ones are in UTF-16.
"""

from bisect import bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from pycrdt import Assoc, Doc, StickyIndex, Text

from documents.coedit.updates import words_in
from documents.coedit.wire import ProtocolError, Reader, string, uint
from documents.text import flat
from documents.text.schema import Json
from documents.text.table_reading import TableReader

AFTER, BEFORE = Assoc.AFTER, Assoc.BEFORE
# The two as numbers of Yjs: 0, and -1 with its sign bit.
_SIDES = {0x00: AFTER, 0x01: AFTER, 0x41: BEFORE}
_ITEM, _ROOT = 0, 1
# In tables with more cells only the section's own text is looked through.
MOST_CELLS = 2000


class _Stretch(NamedTuple):
    """Words that stand together: where they begin in the line, and in which text and at which of its units."""

    start: int
    root: str
    unit: int
    words: str


class Places:
    """The words of one section, and positions in them."""

    def __init__(self, doc: "Doc[Any]") -> None:
        self._doc = doc
        self._roots = frozenset(doc.keys())
        self._tables = TableReader(doc)
        self._stretches: list[_Stretch] = []
        self._parts: list[str] = []
        self._length = 0
        self._take(flat.SECTION)

    @cached_property
    def text(self) -> str:
        """All words, each block on a line of its own; a footnote is one character."""
        return "".join(self._parts)

    def encode(self, at: int, side: Assoc) -> bytes:
        """The lasting position at a place: with what follows, or with what is before. Raises ValueError where nothing is."""
        stretch = self._stretch(at if side is AFTER else at - 1)
        if stretch is None:
            raise ValueError("There are no words at this place.")
        unit = stretch.unit + _units(stretch.words[: at - stretch.start])
        text: Text = self._shadow.get(stretch.root, type=Text)
        return text.sticky_index(unit, side).encode()

    def decode(self, position: bytes) -> int | None:
        """Where a lasting position is now. None where its place is not shown any more, and for what is no position."""
        try:
            found = self._look_up(position)
        except ProtocolError:
            return None
        return self._at(*found) if found else None

    def stored_at(self, at: int) -> tuple[str, int]:
        """In which text a character is stored, and at which of its units. Raises ValueError where nothing is."""
        stretch = self._stretch(at)
        if stretch is None:
            raise ValueError("There are no words at this place.")
        return stretch.root, stretch.unit + _units(stretch.words[: at - stretch.start])

    def _take(self, root: str) -> None:
        unit = 0
        for inserted, _ in self._doc.get(root, type=Text).diff() if root in self._roots else []:
            if isinstance(inserted, str):
                self._stretches.append(_Stretch(self._length, root, unit, inserted))
                self._add(inserted)
                unit += _units(inserted)
                continue
            unit += 1
            if root == flat.SECTION and (table := self._tables.read(inserted)):
                self._end_line()
                self._take_table(table)
        self._end_line()

    def _take_table(self, table: Json) -> None:
        name = table.get("attrs", {}).get("id")
        for row in table["content"]:
            for cell in row.get("content", []):
                row_name, column_name = row.get("attrs", {}).get("rid"), cell["attrs"].get("cid")
                if name and row_name and column_name:
                    self._take(flat.cell_root(name, row_name, column_name))

    def _end_line(self) -> None:
        if self._parts and not self._parts[-1].endswith(flat.END):
            self._add(flat.END)

    def _add(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)

    def _stretch(self, at: int) -> _Stretch | None:
        """What holds the character at this place; None for a line's end that is not stored."""
        index = bisect_right(self._stretches, at, key=lambda stretch: stretch.start) - 1
        found = self._stretches[index] if index >= 0 else None
        return found if found and at < found.start + len(found.words) else None

    def _at(self, root: str, unit: int) -> int | None:
        """The place of a unit of a text, or of the end of what is before it."""
        best = None
        for stretch in self._stretches:
            if stretch.root == root and (best is None or stretch.unit <= unit):
                best = stretch
        if best is None:
            return None
        return best.start + len(_head(best.words, max(0, unit - best.unit)))

    @cached_property
    def _shadow(self) -> "Doc[Any]":
        return _shadow_of(self._doc)

    @cached_property
    def _marked_shadow(self) -> "Doc[Any]":
        """The shadow with so many letters before each text as tell which one it is.

        Put in at the start they would stand behind what was deleted there; so somebody writes them who knows of nothing
        that is there, and whose number comes before all others.
        """
        doc, marks = _shadow_of(self._doc), Doc[Any](client_id=0)
        for number, root in enumerate(self._shown_roots):
            marks.get(root, type=Text).insert(0, "x" * (number + 1))
        doc.apply_update(marks.get_update())
        return doc

    @cached_property
    def _shown_roots(self) -> list[str]:
        """The texts that positions may be in, the section's own first; a cell without words holds no comment."""
        return list(dict.fromkeys([flat.SECTION, *(stretch.root for stretch in self._stretches)]))[: MOST_CELLS + 1]

    @cached_property
    def _known(self) -> dict[int, int]:
        """How far each writer's units are known."""
        reader = Reader(self._doc.get_state())
        return {reader.uint(): reader.uint() for _ in range(reader.uint())}

    def _look_up(self, position: bytes) -> tuple[str, int] | None:
        reader = Reader(position)
        kind = reader.uint()
        if kind == _ROOT:
            root = reader.string()
            end = sum(_units(one.words) for one in self._stretches if one.root == root)
            return (root, 0 if _side(reader) is BEFORE else end) if root in self._shown_roots else None
        if kind != _ITEM:
            return None
        client, clock, side = reader.uint(), reader.uint(), _side(reader)
        if clock >= self._known.get(client, 0):
            return None
        # The library takes 0 for either kind of "with what follows".
        return self._root_of(bytes([_ITEM]) + uint(client) + uint(clock) + (b"\x00" if side is AFTER else b"\x41"))

    def _root_of(self, position: bytes) -> tuple[str, int] | None:
        index, moved = (_index(doc, position) for doc in (self._shadow, self._marked_shadow))
        number = moved - index - 1
        return (self._shown_roots[number], index) if 0 <= number < len(self._shown_roots) else None


def _index(doc: "Doc[Any]", position: bytes) -> int:
    with doc.transaction() as transaction:
        return StickyIndex.decode(position).get_index(transaction)


def _side(reader: Reader) -> Assoc:
    side = _SIDES.get(reader.byte())
    reader.end()
    if side is None:
        raise ProtocolError("a position has a side that there is not")
    return side


def _shadow_of(doc: "Doc[Any]") -> "Doc[Any]":
    """The same document with plain letters for words."""
    update = doc.get_update()
    parts, at = [], 0
    for start, end in words_in(update):
        words = Reader(update, start).string()
        parts += [update[at:start], string("x" * _units(words))]
        at = end
    shadow: Doc[Any] = Doc()
    shadow.apply_update(b"".join([*parts, update[at:]]))
    return shadow


def _units(words: str) -> int:
    """How many units Yjs counts."""
    return len(words) + sum(character > "\uffff" for character in words)


def _head(words: str, units: int) -> str:
    """The first units of these words."""
    if words.isascii():
        return words[:units]
    return words.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
