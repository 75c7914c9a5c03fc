"""What is different between the words of two lines."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from documents.text.schema import Json

# White space goes with what stands before it: it would be most of what is compared, and tells little.
_TOKENS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_WORD = re.compile(r"\w+")
_NO_TEXT: Json = {"type": "text", "text": ""}
_Pair = tuple[tuple[Json, ...], tuple[Json, ...]]


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
    """A word, a gap, a sign or a node. A word is one token also where a format begins in it, and then several nodes."""

    key: Hashable
    nodes: tuple[Json, ...]


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
    return len(_WORD.findall(_joined_text(nodes)))


def words_in(node: Json) -> frozenset[str]:
    """The words of a node and of all in it, and which of them follow each other."""
    words = _WORD.findall(_all_text(node))
    return frozenset(words).union(map(" ".join, pairwise(words)))


def _all_text(node: Json) -> str:
    return _joined_text(node["content"]) if "content" in node else _text(node)


def _joined_text(nodes: Iterable[Json]) -> str:
    """A word goes on where only its format ends; anything else stands apart."""
    return "".join(node["text"] if node["type"] == "text" else f" {_all_text(node)} " for node in nodes)


def _text(node: Json) -> str:
    attributes = node.get("attrs") or {}
    return str(node.get("text") or attributes.get("text") or attributes.get("alt") or "")


def _keys(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[list[Hashable], list[Hashable]]:
    return [token.key for token in ours], [token.key for token in theirs]


def _tokens(nodes: Iterable[Json]) -> Iterator[Token]:
    for is_text, run in groupby(nodes, key=lambda node: bool(node["type"] == "text")):
        if is_text:
            texts = list(run)
            words = _TOKENS.findall("".join(node["text"] for node in texts))
            parts = _cut(texts, map(len, words))
            yield from (Token(word.strip(), nodes) for word, nodes in zip(words, parts, strict=True))
        else:
            yield from (Token((node["type"], _text(node)), (node,)) for node in run)


def _cut(texts: Iterable[Json], lengths: Iterable[int]) -> Iterator[tuple[Json, ...]]:
    """The same words in parts of these lengths."""
    rest = iter(texts)
    node, at = next(rest, _NO_TEXT), 0
    for length in lengths:
        part, missing = list[Json](), length
        while missing > len(node["text"]) - at:
            part += [node | {"text": node["text"][at:]}] if at < len(node["text"]) else []
            missing -= len(node["text"]) - at
            node, at = next(rest), 0
        yield (*part, node | {"text": node["text"][at : at + missing]})
        at += missing


def _formatted(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
    """The same words: those whose formats stayed, and those that have others now, each change of formats for itself."""
    pairs = (pair for both in zip(old, new, strict=True) for pair in _side_by_side(*both))
    for change, group in groupby(pairs, key=_change_of_formats):
        some = list(group)
        ours, theirs = (tuple(_whole(pair[side] for pair in some)) for side in (0, 1))
        yield Piece(Side.FORMATTED if change else Side.BOTH, theirs, ours if ours != theirs else ())


def _side_by_side(old: Token, new: Token) -> Iterator[_Pair]:
    """One word in both, cut wherever a format begins or ends in either. Another gap behind it stays with its end."""
    if len(old.nodes) == len(new.nodes) == 1:
        yield old.nodes, new.nodes
        return
    words = [sum(len(node["text"]) for node in token.nodes) for token in (old, new)]
    same = words[0] if words[0] == words[1] else len(str(old.key))
    ends = sorted({end for token in (old, new) for end in _ends(token) if end < same})
    cuts = [end - start for start, end in pairwise([0, *ends])]
    last = ends[-1] if ends else 0
    yield from zip(_cut(old.nodes, [*cuts, words[0] - last]), _cut(new.nodes, [*cuts, words[1] - last]), strict=True)


def _ends(token: Token) -> Iterator[int]:
    return accumulate(len(node["text"]) for node in token.nodes)


def _change_of_formats(pair: _Pair) -> tuple[object, object] | None:
    before, after = (nodes[0].get("marks") for nodes in pair)
    return (before, after) if before != after else None


def _joined(tokens: Iterable[Token]) -> tuple[Json, ...]:
    return tuple(_whole(token.nodes for token in tokens))


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
