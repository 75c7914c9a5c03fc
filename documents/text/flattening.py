"""From the editor's blocks to runs of formatted text: what `laying` does, the other way round."""

from collections.abc import Iterator
from typing import Any

from pycrdt import Text

from documents.text import flat
from documents.text.schema import Json, schema

# Words (or a table node, to be embedded) with their formats.
Run = tuple[str | Json, Json]
# An ancestor as it is stored, and which one it is: two lists after each other are not the same list.
Parent = tuple[Any, int]


def flatten(blocks: list[Json]) -> list[Run]:
    """The runs of a text. Every end of a block is stored, so that what is appended later begins a block of its own."""
    return list(_Flattener().runs(blocks, ()))


def write_runs(text: Text, runs: list[Run]) -> None:
    """Fill an empty text. From its end to its start: each run goes in at 0, where nothing is inherited or searched for."""
    for inserted, formats in reversed(runs):
        if isinstance(inserted, str):
            text.insert(0, inserted, formats or None)
        else:
            text.insert_embed(0, inserted, formats or None)


class _Flattener:
    def __init__(self) -> None:
        self._before: tuple[Parent, ...] = ()

    def runs(self, blocks: list[Json], parents: tuple[Parent, ...]) -> Iterator[Run]:
        for block in blocks:
            if block["type"] == "table":
                self._before = ()
                yield block, {}
            elif _is_text_line(block["type"]):
                yield from self._line(block, parents)
            else:
                yield from self.runs(block["content"], (*parents, (_named(block), id(block))))

    def _line(self, block: Json, parents: tuple[Parent, ...]) -> Iterator[Run]:
        for inline in block.get("content", []):
            yield _inline(inline)
        formats: Json = {}
        if block["type"] != "paragraph":
            formats[flat.TYPE] = {"n": block["type"], **_attributes(block)}
        if parents:
            formats |= {flat.PARENTS: [named for named, _ in parents], flat.SHARED: self._shared(parents)}
        self._before = parents
        yield flat.END, formats

    def _shared(self, parents: tuple[Parent, ...]) -> int:
        shared = 0
        for before, now in zip(self._before, parents, strict=False):
            if before[1] != now[1]:
                break
            shared += 1
        return shared


def _is_text_line(name: str) -> bool:
    """Whether it is stored as one line: a block of words, or a picture."""
    return schema().nodes[name].is_text_block or schema().nodes[name].is_leaf


def _inline(node: Json) -> Run:
    formats = {mark["type"]: _attributes(mark) for mark in node.get("marks", [])}
    if node["type"] == "text":
        # A line's end can get into a text only by mistake; stored as it is, it would end the block.
        return node["text"].replace(flat.END, flat.BREAK), formats
    if schema().nodes[node["type"]].defaults:
        formats[flat.NODE + node["type"]] = _attributes(node)
    return flat.NODE_CHARACTERS[node["type"]], formats


def _named(block: Json) -> Any:
    defaults = schema().nodes[block["type"]].defaults
    attributes = {name: value for name, value in _attributes(block).items() if value != defaults[name]}
    return [block["type"], attributes] if attributes else block["type"]


def _attributes(node: Json) -> Json:
    """What is said of a node, without what is not said."""
    return {key: value for key, value in (node.get("attrs") or {}).items() if value is not None}
