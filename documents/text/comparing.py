"""What is different between two texts, as data: line by line, in a line word by word, in a table cell by cell.

Nothing is left out: both texts can be had back from it (`before`, `after`). Versions and the history are shown from it.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from documents.text.comparing_words import Piece, Side, compare_inline, count_words, words_in
from documents.text.lines import Line, document_of, lines_of
from documents.text.schema import Json

# Of lines that were rewritten, one is taken for the other's new wording where they share this part of their words.
LIKE_ENOUGH = 0.3
# How far down such a line is looked for.
REACH = 8
T = TypeVar("T")


class Kind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: its lines before and after."""

    old: Json | None
    new: Json | None
    lines: "tuple[LineChange, ...]"

    @property
    def kind(self) -> Kind:
        return _kind(self.old, self.new)


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a table."""

    old: Json | None
    new: Json | None
    cells: tuple[CellChange, ...]

    @property
    def kind(self) -> Kind:
        return _kind(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Move:
    """Where the other end of a moved line is: in which of the texts that were compared together, and which line there."""

    part: int
    line: int


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line: a block of words (with `pieces`), a table (with `rows`) or a picture.

    A line that was moved is one that went and one that came, each with its `move`; its words are told where it stands now.
    """

    old: Line | None
    new: Line | None
    pieces: tuple[Piece, ...] = ()
    rows: tuple[RowChange, ...] = ()
    move: Move | None = None

    @property
    def kind(self) -> Kind:
        same = self.old and self.new and self.old.node == self.new.node and self.old.parents == self.new.parents
        return Kind.SAME if same else _kind(self.old, self.new)


@dataclass(frozen=True)
class Comparison:
    """All lines of both texts, in the order of the new one; what was removed stands where it was."""

    lines: tuple[LineChange, ...]

    def before(self) -> Json:
        """The old text."""
        return document_of(line.old for line in self.lines if line.old is not None)

    def after(self) -> Json:
        """The new text."""
        return document_of(line.new for line in self.lines if line.new is not None)

    @property
    def is_empty(self) -> bool:
        return not self.changes

    @cached_property
    def changes(self) -> int:
        """How many lines are not what they were; a line that was moved counts where it stands now."""
        return sum(line.kind != Kind.SAME and not has_gone_elsewhere(line) for line in self.lines)

    @property
    def words_added(self) -> int:
        return self._counts[1]

    @property
    def words_removed(self) -> int:
        return self._counts[0]

    @cached_property
    def _counts(self) -> tuple[int, int]:
        return _counts(self.lines)


def compare(old: Json, new: Json) -> Comparison:
    """Compare two documents of the editor."""
    return Comparison(_compare_lines(lines_of(old), lines_of(new)))


def has_gone_elsewhere(line: LineChange) -> bool:
    """Whether this is only the place where a line stood that was moved."""
    return line.move is not None and line.new is None


def compare_line(old: Line | None, new: Line | None) -> LineChange:
    """What a line was beside what it is."""
    node = (new or old or _NOTHING).node
    if node["type"] == "table":
        return LineChange(old, new, rows=_compare_rows(_content(old), _content(new)))
    if old and new and old.node == new.node:
        return LineChange(old, new, pieces=compare_inline(_content(new), _content(new)))
    return LineChange(old, new, pieces=compare_inline(_content(old), _content(new)))


def _compare_lines(old: Sequence[Line], new: Sequence[Line]) -> tuple[LineChange, ...]:
    return tuple(compare_line(*pair) for pair in paired(old, new, _key_of_line, _words_of_line))


def _compare_rows(old: Sequence[Json], new: Sequence[Json]) -> tuple[RowChange, ...]:
    return tuple(
        RowChange(before, after, _compare_cells(before, after))
        for before, after in paired(old, new, _namer("rid", old, new), _words_of_node)
    )


def _compare_cells(old: Json | None, new: Json | None) -> tuple[CellChange, ...]:
    ours: list[Json] = old.get("content", []) if old else []
    theirs: list[Json] = new.get("content", []) if new else []
    return tuple(
        CellChange(before, after, _compare_lines(lines_of(before), lines_of(after)))
        for before, after in paired(ours, theirs, _namer("cid", ours, theirs), _words_of_node)
    )


def paired(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable], words: Callable[[T], frozenset[str]]
) -> Iterator[tuple[T | None, T | None]]:
    """Everything of both lists in order, each beside what it was before or became; None where there is no such thing."""
    # What is the same to the letter goes first, or one of two lines of the same words could be taken for the other.
    start, end = _same_ends([_node_of(one) for one in old], [_node_of(one) for one in new])
    yield from zip(old[:start], new[:start], strict=True)
    yield from _paired_by_key(old[start : len(old) - end], new[start : len(new) - end], key, words)
    yield from zip(old[len(old) - end :], new[len(new) - end :], strict=True)


def _paired_by_key(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable], words: Callable[[T], frozenset[str]]
) -> Iterator[tuple[T | None, T | None]]:
    old_keys, new_keys = [key(one) for one in old], [key(one) for one in new]
    start, end = _same_ends(old_keys, new_keys)
    yield from zip(old[:start], new[:start], strict=True)
    middle = old_keys[start : len(old) - end], new_keys[start : len(new) - end]
    for tag, low, high, from_, to in SequenceMatcher(None, *middle).get_opcodes():
        some, others = old[start + low : start + high], new[start + from_ : start + to]
        if tag == "equal":
            yield from zip(some, others, strict=True)
        else:
            yield from _likened(some, others, words)
    yield from zip(old[len(old) - end :], new[len(new) - end :], strict=True)


def _node_of(one: object) -> object:
    return one.node if isinstance(one, Line) else one


def _same_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    most, start, end = min(len(old), len(new)), 0, 0
    while start < most and old[start] == new[start]:
        start += 1
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _likened(
    old: Sequence[T], new: Sequence[T], words: Callable[[T], frozenset[str]]
) -> Iterator[tuple[T | None, T | None]]:
    """Each beside the next of the others that it shares most words with."""
    others = [words(one) for one in new] if old else []
    at = 0
    for one in old:
        near = range(at, min(at + REACH, len(new)))
        mine = words(one) if near else frozenset()
        best = max(near, key=lambda place: (likeness(mine, others[place]), -place), default=-1)
        if best < 0 or likeness(mine, others[best]) < LIKE_ENOUGH:
            yield one, None
            continue
        yield from ((None, skipped) for skipped in new[at:best])
        yield one, new[best]
        at = best + 1
    yield from ((None, rest) for rest in new[at:])


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of their words two lines share, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _key_of_line(line: Line) -> Hashable:
    node = line.node
    if node["type"] == "table":
        return "table", (node.get("attrs") or {}).get("id") or words_key(node)
    if node["type"] == "image":
        return "image", (node.get("attrs") or {}).get("src")
    return words_key(node)


def _words_of_line(line: Line) -> frozenset[str]:
    """With a word that only lines of the same nature have, so that no table is taken for a paragraph."""
    nature = line.node["type"] if line.node["type"] in ("table", "image") else ""
    words = words_in(line.node)
    return frozenset(f"{nature}\0{word}" for word in words) if nature else words


def _words_of_node(node: Json) -> frozenset[str]:
    return words_in(node)


def _namer(name: str, old: Sequence[Json], new: Sequence[Json]) -> Callable[[Json], Hashable]:
    """Rows and columns have names that last; where some have none, their words have to do."""
    if all((node.get("attrs") or {}).get(name) for node in (*old, *new)):
        return lambda node: node["attrs"][name]
    return words_key


def words_key(node: Json) -> Hashable:
    """The words of a node as they stand."""
    if node["type"] == "text":
        return str(node["text"])
    if "content" not in node:
        return f"\0{node['type']}{(node.get('attrs') or {}).get('text', '')}" if node["type"] == "footnote" else "\0"
    return "".join(str(words_key(child)) for child in node["content"])


def _content(of: Line | None) -> list[Json]:
    return list(of.node.get("content", [])) if of is not None else []


def _kind(old: object, new: object) -> Kind:
    if old is None:
        return Kind.ADDED
    if new is None:
        return Kind.REMOVED
    return Kind.SAME if old == new else Kind.CHANGED


def _counts(lines: Iterable[LineChange]) -> tuple[int, int]:
    """How many words were removed and added."""
    removed = added = 0
    for line in lines:
        if has_gone_elsewhere(line):
            continue
        parts = [(_count(line.pieces, Side.OLD), _count(line.pieces, Side.NEW))]
        parts += [_counts(cell.lines) for row in line.rows for cell in row.cells]
        removed += sum(part[0] for part in parts)
        added += sum(part[1] for part in parts)
    return removed, added


def _count(pieces: Iterable[Piece], side: Side) -> int:
    return sum(count_words(piece.nodes) for piece in pieces if piece.side == side)


_NOTHING = Line((), 0, {"type": "paragraph"})
