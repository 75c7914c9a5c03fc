"""From runs of formatted text to the blocks of the editor's document. Whatever is odd in the runs, no word is lost."""

from collections.abc import Callable, Iterable
from typing import Any

from documents.text import flat
from documents.text.addresses import is_safe_link
from documents.text.schema import DEEPEST, Json, Schema, schema

Run = tuple[Any, Json | None]


def plain(value: Any) -> Any:
    """A value as JSON would have it: whole numbers arrive as floats."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [plain(one) for one in value]
    return {key: plain(one) for key, one in value.items()} if isinstance(value, dict) else value


class Layer:
    """Lays out one flat text: takes its runs in order, and gives the blocks."""

    def __init__(self, inside: str, embedded: Callable[[Any], Json | None] = lambda _: None) -> None:
        self._inside = inside
        self._embedded = embedded
        self._schema: Schema = schema()
        self._inline: list[Json] = []
        self._open: list[Json] = []
        self._blocks: list[Json] = []

    def lay(self, runs: Iterable[Run]) -> list[Json]:
        """The blocks; one empty paragraph where there are none."""
        for inserted, formats in runs:
            if isinstance(inserted, str):
                self._text(inserted, formats or {})
            else:
                self._embed(inserted)
        self._close_rest()
        return [block for top in self._blocks for block in _fitting(top, self._inside)] or [{"type": "paragraph"}]

    def _embed(self, inserted: Any) -> None:
        node = self._embedded(plain(inserted))
        if node:
            self._close_rest()
            self._open = []
            self._blocks.append(node)

    def _close_rest(self) -> None:
        """Words without an end of their block, because somebody deleted it, are a paragraph."""
        if self._inline:
            self._open = []
            self._blocks.append(self._block({}))

    def _text(self, text: str, formats: Json) -> None:
        marks = self._marks(formats)
        for part in flat.SPECIAL.split(text):
            if part == flat.END:
                self._place(self._block(formats), formats)
            elif part in flat.ATOMS:
                self._inline.append(self._atom(flat.ATOMS[part], formats, marks))
            elif part:
                self._words(part, marks)

    def _words(self, text: str, marks: list[Json]) -> None:
        last = self._inline[-1] if self._inline else None
        if last and last["type"] == "text" and last.get("marks", []) == marks:
            last["text"] += text
        else:
            self._inline.append({"type": "text", "text": text} | ({"marks": marks} if marks else {}))

    def _marks(self, formats: Json) -> list[Json]:
        order = self._schema.mark_order
        marks = [_mark(name, formats[name]) for name in formats if name in order and formats[name] not in (None, False)]
        kept = [mark for mark in marks if mark["type"] != "link" or is_safe_link(mark["attrs"].get("href"))]
        return sorted(kept, key=lambda mark: order[mark["type"]])

    def _atom(self, name: str, formats: Json, marks: list[Json]) -> Json:
        given = formats.get(flat.NODE + name)
        return node_of(name, given if isinstance(given, dict) else {}) | ({"marks": marks} if marks else {})

    def _block(self, formats: Json) -> Json:
        given = formats.get(flat.TYPE)
        given = plain(given) if isinstance(given, dict) else {}
        name = given.pop("n", "paragraph")
        inline, self._inline = self._inline, []
        return _block(name, given, inline, self._schema)

    def _place(self, block: Json, formats: Json) -> None:
        """Put a block under its ancestors, those it shares with the block before and new ones."""
        parents = _parents(formats.get(flat.PARENTS), self._inside, block["type"])
        shared = self._shared(formats.get(flat.SHARED), parents)
        del self._open[shared:]
        for name, given in parents[shared:]:
            self._add(node := node_of(name, given) | {"content": []})
            self._open.append(node)
        self._add(block)

    def _shared(self, claimed: Any, parents: list[tuple[str, Json]]) -> int:
        most = min(int(claimed) if isinstance(claimed, int | float) else 0, len(self._open), len(parents))
        shared = 0
        while shared < most and self._open[shared]["type"] == parents[shared][0]:
            shared += 1
        return shared

    def _add(self, node: Json) -> None:
        (self._open[-1]["content"] if self._open else self._blocks).append(node)


def node_of(name: str, given: Json) -> Json:
    attributes = schema().attributes(name, plain(given))
    return {"type": name} | ({"attrs": attributes} if attributes else {})


def _mark(name: str, given: Any) -> Json:
    attributes = schema().mark_attributes(name, plain(given) if isinstance(given, dict) else {})
    return {"type": name} | ({"attrs": attributes} if attributes else {})


def _block(name: Any, given: Json, inline: list[Json], known: Schema) -> Json:
    """A block of this type; where there is none such, or it can hold no words, a paragraph with the words."""
    if not isinstance(name, str) or name not in known.nodes or known.nodes[name].is_inline:
        name = "paragraph"
    holds_words = known.nodes[name].is_text_block
    if not holds_words and (inline or not known.nodes[name].is_leaf):
        return {"type": "paragraph", "content": inline} if inline else {"type": "paragraph"}
    return node_of(name, given) | ({"content": inline} if inline else {})


def _parents(given: Any, inside: str, block: str) -> list[tuple[str, Json]]:
    """The ancestors that a block names, as far as each may hold the next and the last may hold the block."""
    known, parents = schema(), list[tuple[str, Json]]()
    for one in given[:DEEPEST] if isinstance(given, list) else []:
        name, attributes = (one[0], one[1]) if isinstance(one, list) and len(one) > 1 else (one, {})
        if not isinstance(name, str) or name not in known.nodes or not known.may_contain(inside, name):
            break
        parents.append((name, attributes if isinstance(attributes, dict) else {}))
        inside = name
    while parents and not known.may_contain(parents[-1][0], block):
        parents.pop()
    return parents


def _fitting(top: Json, inside: str) -> list[Json]:
    """The node itself if it keeps to the schema there, else the text blocks in it, one after another."""
    known = schema()
    if known.may_contain(inside, top["type"]) and known.fits(top):
        return [top]
    content = top.get("content", [])
    if top["type"] in known.text_blocks:
        return [{"type": "paragraph", "content": content}] if content else [{"type": "paragraph"}]
    return [block for child in content for block in _fitting(child, inside)]
