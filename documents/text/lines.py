"""A document as lines: its blocks of words, tables and pictures, each with what it stands in. Nothing is lost."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from documents.text.schema import Json, schema


class Line(NamedTuple):
    """A block with its ancestors (without their content), and how many of those it shares with the line before."""

    parents: tuple[Json, ...]
    shared: int
    node: Json


_Path = tuple[tuple[Json, int], ...]


def lines_of(document: Json | None) -> list[Line]:
    """The lines of a document, or of a cell of a table."""
    lines: list[Line] = []
    before: _Path = ()
    for path, node in _walk(document or {}, ()):
        lines.append(Line(tuple(head for head, _ in path), _shared(before, path), node))
        before = path
    return lines


def document_of(lines: Iterable[Line]) -> Json:
    """The document that has these lines."""
    document: Json = {"type": "doc", "content": []}
    opened: list[Json] = []
    for line in lines:
        shared = min(line.shared, len(opened), len(line.parents))
        while opened[:shared] and not _agree(opened[:shared], line.parents):
            shared -= 1
        opened = opened[:shared]
        for head in line.parents[shared:]:
            node = head | {"content": []}
            (opened[-1] if opened else document)["content"].append(node)
            opened.append(node)
        (opened[-1] if opened else document)["content"].append(line.node)
    return document


def head_of(node: Json) -> Json:
    """A node without what is in it."""
    return {key: value for key, value in node.items() if key != "content"}


def _agree(opened: list[Json], parents: tuple[Json, ...]) -> bool:
    return all(head_of(node) == head for node, head in zip(opened, parents, strict=False))


def _walk(node: Json, path: _Path) -> Iterator[tuple[_Path, Json]]:
    for child in node.get("content", []):
        if _is_line(child):
            yield path, child
        else:
            yield from _walk(child, (*path, (head_of(child), id(child))))


def _is_line(node: Json) -> bool:
    kind = schema().nodes[node["type"]]
    return node["type"] == "table" or kind.is_text_block or kind.is_leaf


def _shared(before: _Path, now: _Path) -> int:
    shared = 0
    for one, other in zip(before, now, strict=False):
        if one[1] != other[1]:
            break
        shared += 1
    return shared
