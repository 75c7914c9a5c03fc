"""The numbers of footnotes in a comparison: each has the one that it has in the text in which it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from documents.text.comparing import LineChange
from documents.text.lines import Line
from documents.text.schema import Json

_Numbers = Mapping[str, int]


class NoteNumbers:
    """Of both texts that were compared."""

    def __init__(self, lines: Sequence[LineChange]) -> None:
        self._old = _numbers(change.old for change in lines)
        self._new = _numbers(change.new for change in lines)

    def on(self, line: Line, *, is_old: bool) -> Line:
        """A line with numbers on its footnotes: those of the old text, or of the new one, where what went keeps its own."""
        if not (self._old or self._new):
            return line
        node = _numbered(line.node, self._old if is_old else self._new, self._old)
        return line if node is line.node else line._replace(node=node)


def _numbers(lines: Iterable[Line | None]) -> _Numbers:
    """By their names, of which a text has each once."""
    names = (name for line in lines if line is not None for name in _names(line.node))
    return {name: number for number, name in enumerate(names, 1)}


def _names(node: Json) -> Iterator[str]:
    if node["type"] == "footnote":
        yield _name(node)
    for child in node.get("content", ()):
        yield from _names(child)


def _numbered(node: Json, numbers: _Numbers, went: _Numbers) -> Json:
    """The same node where there is no footnote in it."""
    if node["type"] == "footnote":
        has_gone = any(mark["type"] == "removed" for mark in node.get("marks", ()))
        number = (went if has_gone else numbers).get(_name(node))
        return node | {"attrs": (node.get("attrs") or {}) | {"number": number}}
    before = node.get("content", [])
    after = [_numbered(child, numbers, went) for child in before]
    is_same = all(one is other for one, other in zip(before, after, strict=True))
    return node if is_same else node | {"content": after}


def _name(note: Json) -> str:
    return str((note.get("attrs") or {}).get("id"))
