"""What is different between the words of two lines."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, pairwise
from typing import NamedTuple

from documents.text.schema import Json

# White space goes with what stands before it: it would be most of what is compared, and tells little.
_TOKENS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_WORD = re.compile(r"\w+")


class Side(StrEnum):
    """Where a piece stands: in both texts, or in one. FORMATTED: the same words with other formats."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"
    FORMATTED = "formatted"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, as inline nodes. `old_nodes` is set where the formats or gaps were others."""

    side: Side
    nodes: tuple[Json, ...]
    old_nodes: tuple[Json, ...] = ()


class Token(NamedTuple):
    """A word, a gap, a sign or a node, with its formats."""

    key: Hashable
    node: Json


def compare_inline(old: Sequence[Json], new: Sequence[Json]) -> tuple[Piece, ...]:
    """The pieces of both, in order."""
    if old == new:
        return (Piece(Side.BOTH, tuple(new)),) if new else ()
    ours, theirs = list(_tokens(old)), list(_tokens(new))
    pieces: list[Piece] = []
    for tag, low, high, from_, to in SequenceMatcher(None, *_keys(ours, theirs)).get_opcodes():
        if tag == "equal":
            pieces += _formatted(ours[low:high], theirs[from_:to])
            continue
        pieces += [Piece(Side.OLD, _joined(ours[low:high]))] if high > low else []
        pieces += [Piece(Side.NEW, _joined(theirs[from_:to]))] if to > from_ else []
    return tuple(pieces)


def old_inline(pieces: Iterable[Piece]) -> list[Json]:
    """The words as they were."""
    return _whole(piece.old_nodes or piece.nodes for piece in pieces if piece.side != Side.NEW)


def new_inline(pieces: Iterable[Piece]) -> list[Json]:
    """The words as they are."""
    return _whole(piece.nodes for piece in pieces if piece.side != Side.OLD)


def count_words(nodes: Iterable[Json]) -> int:
    """How many words there are, those of footnotes too."""
    return sum(len(_WORD.findall(_text(node))) for node in nodes)


def words_in(node: Json) -> frozenset[str]:
    """The words of a node and of all in it, and which of them follow each other."""
    words = _WORD.findall(_all_text(node))
    return frozenset(words).union(map(" ".join, pairwise(words)))


def _all_text(node: Json) -> str:
    return " ".join(map(_all_text, node["content"])) if "content" in node else _text(node)


def _text(node: Json) -> str:
    attributes = node.get("attrs") or {}
    return str(node.get("text") or attributes.get("text") or attributes.get("alt") or "")


def _keys(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[list[Hashable], list[Hashable]]:
    return [token.key for token in ours], [token.key for token in theirs]


def _tokens(nodes: Iterable[Json]) -> Iterator[Token]:
    for node in nodes:
        if node["type"] == "text":
            for word in _TOKENS.findall(node["text"]):
                yield Token(word.strip(), node | {"text": word})
        else:
            yield Token((node["type"], _text(node)), node)


def _formatted(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    """The same words: those whose formats stayed, and those that have others now, each change of formats for itself."""
    for change, group in groupby(zip(old, new, strict=True), key=_change_of_formats):
        pairs = list(group)
        ours, theirs = _joined(pair[0] for pair in pairs), _joined(pair[1] for pair in pairs)
        yield Piece(Side.FORMATTED if change else Side.BOTH, theirs, ours if ours != theirs else ())


def _change_of_formats(pair: tuple[Token, Token]) -> tuple[object, object] | None:
    before, after = (token.node.get("marks") for token in pair)
    return (before, after) if before != after else None


def _joined(tokens: Iterable[Token]) -> tuple[Json, ...]:
    return tuple(_whole([token.node] for token in tokens))


def _whole(parts: Iterable[Iterable[Json]]) -> list[Json]:
    """Words with equal formats that stand side by side are one."""
    made: list[Json] = []
    words: list[str] = []
    for node in (node for part in parts for node in part):
        if made and node["type"] == made[-1]["type"] == "text" and node.get("marks") == made[-1].get("marks"):
            words.append(node["text"])
            continue
        _finish(made, words)
        made.append(node)
        words = [node["text"]] if node["type"] == "text" else []
    _finish(made, words)
    return made


def _finish(made: list[Json], words: list[str]) -> None:
    if len(words) > 1:
        made[-1] = made[-1] | {"text": "".join(words)}
