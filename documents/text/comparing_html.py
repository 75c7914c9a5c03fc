"""A comparison as HTML, in one column or two. What was inserted and deleted is said in words too, what stayed is folded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from documents.text.comparing import Comparison, Kind, LineChange
from documents.text.comparing_nodes import Shower, View, both
from documents.text.comparing_notes import NoteNumbers
from documents.text.lines import Line, document_of
from documents.text.rendering import render

# How many lines that stayed are shown beside a change.
CONTEXT = 1
# Fewer than this are not worth folding.
FOLD = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines together: shown, or folded because nothing changed in them."""

    html: str
    lines: int
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Some lines before, and beside them what they are now. `is_same`: nothing changed in them."""

    old: str
    new: str
    lines: int
    is_same: bool
    is_folded: bool


def stretches(comparison: Comparison, prefix: str, part: int = 0, names: Sequence[str] = ()) -> list[Stretch]:
    """The whole comparison in order, in one column. `prefix` starts every id in it.

    Where several texts were compared together, this one is `part`, and `names` says what each is called.
    """
    lines = comparison.lines
    shower, notes = Shower(View.INLINE, part, names), NoteNumbers(lines)
    found = []
    for number, (is_folded, places) in enumerate(_folded(lines)):
        html = _html(shower, notes, [(lines[at], at) for at in places], f"{prefix}-{number}")
        found.append(Stretch(html, len(places), is_folded))
    return found


def rows(comparison: Comparison, prefix: str, part: int = 0, names: Sequence[str] = ()) -> list[Row]:
    """The same side by side. A row is a block with what stands in it: a list stays together."""
    lines, notes = comparison.lines, NoteNumbers(comparison.lines)
    old, new = Shower(View.OLD, part, names), Shower(View.NEW, part, names)
    found = []
    for is_folded, stretch in _folded(lines):
        for places in [stretch] if is_folded else _blocks(lines, stretch):
            start = f"{prefix}-{places[0]}"
            is_same = all(lines[at].kind == Kind.SAME for at in places)
            changes = [(lines[at], at) for at in places]
            was, now = _html(old, notes, changes, f"{start}-was"), _html(new, notes, changes, f"{start}-now")
            found.append(Row(was, now, len(places), is_same, is_folded))
    return found


def _html(shower: Shower, notes: NoteNumbers, changes: Iterable[tuple[LineChange, int]], prefix: str) -> str:
    lines = (
        notes.on(line, is_old=shower.view == View.OLD or one.new is None)
        for change, at in changes
        for one in both(change)
        if (line := shower.line(one, at)) is not None
    )
    return render(document_of(lines), prefix)


def _folded(lines: Sequence[LineChange]) -> Iterator[tuple[bool, range]]:
    near = {
        place + offset
        for place, line in enumerate(lines)
        if line.kind != Kind.SAME
        for offset in range(-CONTEXT, CONTEXT + 1)
    }
    far = (list(group) for is_near, group in groupby(range(len(lines)), near.__contains__) if not is_near)
    folded = {place for places in far if len(places) >= FOLD for place in places}
    for is_folded, group in groupby(range(len(lines)), folded.__contains__):
        places = list(group)
        yield is_folded, range(places[0], places[-1] + 1)


def _blocks(lines: Sequence[LineChange], places: range) -> Iterator[range]:
    """Cut where both texts have the end of all that their lines stand in, and at a change of what stayed to what did not."""
    start = places.start
    for at in places[1:]:
        if _begins(lines[at].old) and _begins(lines[at].new):
            yield range(start, at)
            start = at
    yield range(start, places.stop)


def _begins(line: Line | None) -> bool:
    return line is None or line.shared == 0
