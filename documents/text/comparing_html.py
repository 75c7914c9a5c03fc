"""A comparison as HTML: what was added and removed is said in words too, and long stretches that stayed are folded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from documents.text.comparing import CellChange, Comparison, Kind, LineChange, RowChange
from documents.text.comparing_words import Piece, Side
from documents.text.lines import Line, document_of, head_of
from documents.text.rendering import render
from documents.text.schema import Json

# How many lines that stayed are shown beside a change.
CONTEXT = 1
# Fewer than this are not worth folding.
FOLD = 3
_MARKS = {Side.OLD: "removed", Side.NEW: "added", Side.FORMATTED: "reformatted"}
_NAMES = {"paragraph": "paragraph", "heading": "heading", "listItem": "list item", "blockquote": "quotation"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines together: shown, or folded because nothing changed in them."""

    html: str
    lines: int
    is_folded: bool


def stretches(comparison: Comparison, prefix: str) -> list[Stretch]:
    """The whole comparison in order. `prefix` starts every id in it."""
    found = []
    for number, (is_folded, lines) in enumerate(_folded(comparison.lines)):
        html = render(document_of(_shown(line) for change in lines for line in _both(change)), f"{prefix}-{number}")
        found.append(Stretch(html, len(lines), is_folded))
    return found


def _folded(lines: Sequence[LineChange]) -> Iterator[tuple[bool, Sequence[LineChange]]]:
    near = {
        place + offset
        for place, line in enumerate(lines)
        if line.kind != Kind.SAME
        for offset in range(-CONTEXT, CONTEXT + 1)
    }
    start = 0
    while start < len(lines):
        end, is_near = start, start in near
        while end < len(lines) and (end in near) == is_near:
            end += 1
        yield not is_near and end - start >= FOLD, lines[start:end]
        start = end


def _both(change: LineChange) -> Iterator[LineChange]:
    """A picture that was replaced is two lines: one that went and one that came."""
    if change.kind == Kind.CHANGED and change.new and change.new.node["type"] == "image":
        yield LineChange(change.old, None)
        yield LineChange(None, change.new)
    else:
        yield change


def _shown(change: LineChange) -> Line:
    line = change.new or change.old
    if line is None:
        raise ValueError("A change of a line is of a line.")
    # What a line shares with one that is not shown before it is found out by its ancestors' names.
    if change.kind == Kind.SAME:
        return line
    if line.node["type"] == "table":
        return line._replace(node=_table(change))
    if line.node["type"] == "image":
        words = f"Picture: {(line.node.get('attrs') or {}).get('alt') or 'not described'}"
        return line._replace(node=_paragraph([_text(words, _side(change))]))
    return line._replace(node=head_of(line.node) | _with([*_nature(change), *_inline(change.pieces)]))


def _nature(change: LineChange) -> list[Json]:
    """Where a line's words are now something else than they were."""
    if not change.old or not change.new:
        return []
    was, now = _named(change.old), _named(change.new)
    return [_text(f"({was} → {now}) ", "reformatted")] if was != now else []


def _named(line: Line) -> str:
    if line.node["type"] != "paragraph" or not line.parents:
        level = (line.node.get("attrs") or {}).get("level")
        return str(_NAMES.get(line.node["type"], line.node["type"])) + (f" {level}" if level else "")
    lists = sum(parent["type"] == "listItem" for parent in line.parents)
    if not lists:
        return _NAMES["blockquote"]
    kind = next(parent["type"] for parent in reversed(line.parents) if parent["type"].endswith("List"))
    return f"{'numbered ' if kind == 'orderedList' else ''}list item{f', level {lists}' if lists > 1 else ''}"


def _side(change: LineChange) -> str:
    return "added" if change.old is None else "removed"


def _inline(pieces: Iterable[Piece]) -> Iterator[Json]:
    for piece in pieces:
        for node in piece.nodes:
            yield _marked(node, _MARKS[piece.side]) if piece.side in _MARKS else node


def _marked(node: Json, mark: str) -> Json:
    return node | {"marks": [{"type": mark}, *node.get("marks", [])]}


def _table(change: LineChange) -> Json:
    rows = [_row(row) for row in change.rows]
    node = (change.new or change.old or Line((), 0, {})).node
    return head_of(node) | {"content": rows or node.get("content", [])}


def _row(row: RowChange) -> Json:
    return head_of(row.new or row.old or {}) | {"content": [_cell(cell) for cell in row.cells]}


def _cell(cell: CellChange) -> Json:
    lines = [_shown(line) for change in cell.lines for line in _both(change)]
    return head_of(cell.new or cell.old or {}) | {"content": document_of(lines)["content"]}


def _text(words: str, mark: str) -> Json:
    return {"type": "text", "text": words, "marks": [{"type": mark}]}


def _paragraph(content: list[Json]) -> Json:
    return {"type": "paragraph"} | _with(content)


def _with(content: list[Json]) -> Json:
    return {"content": content} if content else {}
