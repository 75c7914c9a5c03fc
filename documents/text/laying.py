"""From runs of formatted text to the blocks of the editor's document. Whatever is odd in the runs, no word is lost.

The rules are those of the editor's binding (`documents/editor/src/binding/FORMAT.md`, “Reading a text”).
"""

from collections.abc import Callable, Iterable
from math import isfinite
from typing import Any, NamedTuple

from documents.text import flat
from documents.text.schema import Json, schema
from documents.text.values import is_value

Run = tuple[Any, Json | None]


class Open(NamedTuple):
    """An ancestor that the next block may share: its name in the stored form, and the node that stands for it."""

    name: str
    node: Json
    is_left_out: bool = False


class Layer:
    """Lays out one flat text: takes its runs in order, and gives the blocks."""

    def __init__(self, inside: str, embedded: Callable[[Any], Json | None] = lambda _: None) -> None:
        self._inside = inside
        self._embedded = embedded
        self._inline: list[Json] = []
        self._open: list[Open] = []
        self._blocks: list[Json] = []

    def lay(self, runs: Iterable[Run]) -> list[Json]:
        """The blocks; one empty paragraph where there are none."""
        for inserted, formats in runs:
            if isinstance(inserted, str):
                self._text(inserted, formats or {})
            elif node := self._embedded(inserted):
                self._stand_alone(node)
        self._end_words()
        return [block for top in self._blocks for block in fitting(top, self._inside)] or [{"type": "paragraph"}]

    def _stand_alone(self, node: Json) -> None:
        """A table or a picture: nothing is shared across it, and words before it end there."""
        self._end_words()
        self._open = []
        self._blocks.append(node)

    def _end_words(self) -> None:
        """Words whose end is not stored, or was deleted by somebody, are a paragraph."""
        if self._inline:
            self._open = []
            self._blocks.append(self._take({"type": "paragraph"}))

    def _take(self, block: Json) -> Json:
        """The block, with the words that have come since the last one."""
        inline, self._inline = self._inline, []
        return block | ({"content": inline} if inline else {})

    def _text(self, text: str, formats: Json) -> None:
        marks = _marks(formats)
        for part in flat.SPECIAL.split(text):
            if part == flat.END:
                self._end(formats)
            elif part in flat.ATOMS and (atom := _atom(part, formats)):
                self._inline.append(atom | ({"marks": marks} if marks else {}))
            elif part:
                self._words(part, marks)

    def _words(self, text: str, marks: list[Json]) -> None:
        last = self._inline[-1] if self._inline else None
        if last and last["type"] == "text" and last.get("marks", []) == marks:
            last["text"] += text
        else:
            self._inline.append({"type": "text", "text": text} | ({"marks": marks} if marks else {}))

    def _end(self, formats: Json) -> None:
        """The end of a block: it is placed under its ancestors, those it shares with the block before and new ones."""
        block = _block(formats.get(flat.TYPE), self._inside)
        if block["type"] not in schema().text_blocks:
            self._stand_alone(block if block["attrs"]["src"] else _words_of_picture(block))
            return
        parents = _parents(formats.get(flat.PARENTS), self._inside, block["type"])
        del self._open[self._shared(formats.get(flat.SHARED), parents) :]
        self._open_rest(parents)
        self._add(self._take(block))

    def _shared(self, claimed: Any, parents: list[tuple[str, Json]]) -> int:
        claimed = claimed if isinstance(claimed, int | float) and not isinstance(claimed, bool) else 0
        shared = 0
        for ancestor, (name, _) in zip(self._open, parents, strict=False):
            # Not a number and infinity are numbers too, so the claim is only compared.
            if not shared < claimed or ancestor.name != name:
                break
            shared += 1
        return shared - 1 if shared and self._open[shared - 1].is_left_out else shared

    def _open_rest(self, parents: list[tuple[str, Json]]) -> None:
        """Open new ancestors. An item starts with words: one that would start with a list is left out, and its list too."""
        while (depth := len(self._open)) < len(parents):
            name, given = parents[depth]
            if name == "listItem" and depth + 1 < len(parents):
                outside = self._open[-1].node
                self._open += [Open(name, outside, is_left_out=True), Open(parents[depth + 1][0], outside)]
            else:
                self._open_one(name, given)

    def _open_one(self, name: str, given: Json) -> None:
        node = node_of(name, given) | {"content": []}
        self._add(node)
        self._open.append(Open(name, node))

    def _add(self, node: Json) -> None:
        (self._open[-1].node["content"] if self._open else self._blocks).append(node)


def node_of(name: str, given: Json, content: list[Json] | None = None) -> Json:
    """A node of this type with all its attributes."""
    attributes = schema().attributes(name, given)
    return {"type": name} | ({"attrs": attributes} if attributes else {}) | ({"content": content} if content else {})


def fitting(top: Json, inside: str) -> list[Json]:
    """The node itself if it keeps to the schema there, else the blocks of words in it, one after another."""
    known = schema()
    if known.may_contain(inside, top["type"]) and known.fits(top):
        return [top]
    content = top.get("content", [])
    if top["type"] in known.text_blocks:
        return [{"type": "paragraph"} | ({"content": content} if content else {})]
    return [block for child in content for block in fitting(child, inside)]


def _marks(formats: Json) -> list[Json]:
    order = schema().mark_order
    marks = [
        _mark(name, given) for name, given in formats.items() if name in order and given is not None and given is not False
    ]
    kept = [mark for mark in marks if mark["type"] != "link" or mark["attrs"]["href"]]
    return sorted(kept, key=lambda mark: order[mark["type"]])


def _mark(name: str, given: Any) -> Json:
    attributes = schema().mark_attributes(name, _said(name, given))
    return {"type": name} | ({"attrs": attributes} if attributes else {})


def _atom(character: str, formats: Json) -> Json | None:
    """The node that a character stands for; None for one that lacks what makes it a node."""
    name = flat.ATOMS[character]
    if character == flat.BREAK:
        return node_of(name, {})
    given = formats.get(flat.NODE + name)
    return node_of(name, _said(name, given)) if isinstance(given, dict) else None


def _block(given: Any, inside: str) -> Json:
    """A block of the type that this says; where there is none that may stand here as a line, a paragraph."""
    known = schema().nodes
    name = given.get("n") if isinstance(given, dict) else None
    if not isinstance(name, str) or name not in known or not schema().may_contain(inside, name):
        return {"type": "paragraph"}
    is_line = known[name].is_text_block or known[name].is_leaf
    return node_of(name, _said(name, given)) if is_line else {"type": "paragraph"}


def _said(name: str, given: Any) -> Json:
    """Stored attributes as JSON would have them: whole numbers arrive as floats, and others may have stored anything."""
    values = {key: _scalar(value) for key, value in given.items()} if isinstance(given, dict) else {}
    return {key: value for key, value in values.items() if is_value(name, key, value)}


def _scalar(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() else value if isfinite(value) else None
    return value if isinstance(value, str | int | None) else None


def _words_of_picture(picture: Json) -> Json:
    """In place of a picture from somewhere else, which is not shown, its description."""
    words = picture["attrs"]["alt"]
    return node_of("paragraph", {}, [{"type": "text", "text": words}] if words else None)


def _parents(given: Any, inside: str, block: str) -> list[tuple[str, Json]]:
    """The ancestors that a block names, as far as each may hold the next and the last may hold the block."""
    known, parents = schema(), list[tuple[str, Json]]()
    for one in given[: flat.MOST_ANCESTORS] if isinstance(given, list) else []:
        name, attributes = one if isinstance(one, list) and len(one) == 2 else (one, {})
        if not isinstance(name, str) or name not in known.nodes or name == "table" or not known.may_contain(inside, name):
            break
        parents.append((name, _said(name, attributes)))
        inside = name
    while parents and not known.may_contain(parents[-1][0], block):
        parents.pop()
    return parents
