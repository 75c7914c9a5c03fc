"""The lines of a comparison as nodes to be rendered, with marks on what was inserted, deleted, moved or formatted anew."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from documents.text.comparing import CellChange, Kind, LineChange, RowChange
from documents.text.comparing_words import Piece, Side
from documents.text.lines import Line, document_of, head_of
from documents.text.schema import Json

_NAMES = {"paragraph": "paragraph", "heading": "heading", "listItem": "list item", "blockquote": "quotation"}
_FORMATS = {"bold": "bold", "italic": "italic", "underline": "underlined"}


class View(Enum):
    """Which of the two texts is shown: both in one, or one of them beside the other."""

    INLINE = auto()
    OLD = auto()
    NEW = auto()


_UNSEEN = {View.INLINE: None, View.OLD: Side.NEW, View.NEW: Side.OLD}
_MARKS = {Side.OLD: "removed", Side.NEW: "added", Side.FORMATTED: "reformatted"}


class Shower:
    """Shows one of several texts that were compared together; `names` says what each is called."""

    def __init__(self, view: View, part: int = 0, names: Sequence[str] = ()) -> None:
        self.view = view
        self._part = part
        self._names = names

    def line(self, change: LineChange, at: int = 0) -> Line | None:
        """A line as this view has it; None where there is no such line in it."""
        line = self._side(change)
        if line is None or change.kind == Kind.SAME:
            return line
        # What a line shares with one that is not shown before it is found out by its ancestors' names.
        if line.node["type"] == "image":
            words = f"Picture: {(line.node.get('attrs') or {}).get('alt') or 'not described'}"
            return line._replace(node=_paragraph([_text(words, "added" if change.old is None else "removed")]))
        if line.node["type"] == "table":
            return line._replace(node=self._table(change, line.node, at))
        return line._replace(node=head_of(line.node) | _with([*self._remarks(change, at), *self._words(change)]))

    def _side(self, change: LineChange) -> Line | None:
        if self.view == View.OLD:
            return change.old
        return change.new if self.view == View.NEW else change.new or change.old

    def _remarks(self, change: LineChange, at: int) -> Iterator[Json]:
        if change.move is not None:
            yield _text(f"({self._moved(change, at)}) ", "remark")
        if change.old and change.new and (was := _named(change.old)) != (now := _named(change.new)):
            yield _text(f"({was} → {now}) ", "remark")

    def _moved(self, change: LineChange, at: int) -> str:
        move, has_gone = change.move, change.new is None
        if move is None:
            return ""
        if move.part != self._part and move.part < len(self._names):
            return f"moved {'to' if has_gone else 'from'} {self._names[move.part]}"
        is_below = move.line > at
        if has_gone:
            return f"moved further {'down' if is_below else 'up'}"
        return f"moved from further {'down' if is_below else 'up'}"

    def _words(self, change: LineChange) -> Iterator[Json]:
        if change.move is not None and change.new is None and change.old is not None:
            yield from (_marked(node, "moved") for node in change.old.node.get("content", []))
            return
        stayed = "moved" if change.move is not None else ""
        # A blank is told only where it is all that has changed.
        says_more = any(piece.side != Side.BOTH and not _is_blank(piece) for piece in change.pieces)
        for piece in change.pieces:
            if piece.side != _UNSEEN[self.view]:
                is_quiet = says_more and _is_blank(piece)
                yield from self._piece(piece, stayed if is_quiet else _MARKS.get(piece.side, stayed))

    def _piece(self, piece: Piece, mark: str) -> Iterator[Json]:
        nodes = (piece.old_nodes or piece.nodes) if self.view == View.OLD else piece.nodes
        yield from (_marked(node, mark) if mark else node for node in nodes)
        if mark == _MARKS[Side.FORMATTED] and self.view != View.OLD:
            yield _text(f" ({_in_words(piece)}) ", "remark")

    def _table(self, change: LineChange, node: Json, at: int) -> Json:
        rows = [shown for row in change.rows if (shown := self._row(row))] or node.get("content", [])
        if change.move is not None and rows:
            rows = [_with_remark(rows[0], f"({self._moved(change, at)}) "), *rows[1:]]
        return head_of(node) | {"content": rows}

    def _row(self, row: RowChange) -> Json | None:
        head = self._of(row.old, row.new)
        if head is None:
            return None
        shown = head_of(head) | {"content": [cell for one in row.cells if (cell := self._cell(one))]}
        if row.kind in (Kind.ADDED, Kind.REMOVED) and not any(line.pieces for cell in row.cells for line in cell.lines):
            return _with_remark(shown, f"(empty row {'inserted' if row.kind == Kind.ADDED else 'deleted'})")
        return shown

    def _cell(self, cell: CellChange) -> Json | None:
        head = self._of(cell.old, cell.new)
        if head is None:
            return None
        lines = [line for change in cell.lines for one in both(change) if (line := self.line(one)) is not None]
        return head_of(head) | {"content": document_of(lines)["content"] or [_paragraph([])]}

    def _of(self, old: Json | None, new: Json | None) -> Json | None:
        if self.view == View.OLD:
            return old
        return new if self.view == View.NEW else new or old


def both(change: LineChange) -> Iterator[LineChange]:
    """A picture that was replaced is two lines: one that went and one that came."""
    if change.kind == Kind.CHANGED and change.new and change.new.node["type"] == "image":
        yield LineChange(change.old, None)
        yield LineChange(None, change.new)
    else:
        yield change


def _named(line: Line) -> str:
    """What a line is: its nature, where that is not its words."""
    if line.node["type"] != "paragraph" or not line.parents:
        level = (line.node.get("attrs") or {}).get("level")
        return str(_NAMES.get(line.node["type"], line.node["type"])) + (f" {level}" if level else "")
    lists = sum(parent["type"] == "listItem" for parent in line.parents)
    if not lists:
        return _NAMES["blockquote"]
    kind = next(parent["type"] for parent in reversed(line.parents) if parent["type"].endswith("List"))
    return f"{'numbered ' if kind == 'orderedList' else ''}list item{f', level {lists}' if lists > 1 else ''}"


def _in_words(piece: Piece) -> str:
    """What became of the formats of words that stayed."""
    before, after = _formats(piece.old_nodes or piece.nodes), _formats(piece.nodes)
    said = [f"now {_FORMATS[name]}" for name in _FORMATS if name in after and name not in before]
    said += [f"no longer {_FORMATS[name]}" for name in _FORMATS if name in before and name not in after]
    if before.get("link") != after.get("link"):
        said.append(f"now a link to {after['link']}" if "link" in after else "no longer a link")
    return ", ".join(said) or "another format"


def _is_blank(piece: Piece) -> bool:
    return all(node["type"] == "text" and not node["text"].strip() for node in piece.nodes)


def _formats(nodes: Iterable[Json]) -> dict[str, str]:
    marks = next(iter(nodes), {}).get("marks") or []
    return {mark["type"]: str((mark.get("attrs") or {}).get("href") or "") for mark in marks}


def _marked(node: Json, mark: str) -> Json:
    return node | {"marks": [{"type": mark}, *node.get("marks", [])]}


def _with_remark(row: Json, words: str) -> Json:
    """A row with a remark before the words of its first cell."""
    cells = row.get("content") or [{"type": "tableCell"}]
    blocks = [_paragraph([_text(words, "remark")]), *cells[0].get("content", [])]
    return row | {"content": [cells[0] | {"content": blocks}, *cells[1:]]}


def _text(words: str, mark: str) -> Json:
    return {"type": "text", "text": words, "marks": [{"type": mark}]}


def _paragraph(content: list[Json]) -> Json:
    return {"type": "paragraph"} | _with(content)


def _with(content: list[Json]) -> Json:
    return {"content": content} if content else {}
