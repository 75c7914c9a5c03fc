"""Who wrote each passage of a section, by its log.

Each letter of the text has a number by which it is known who stored it first (`claims`). The text's letters do not show
their numbers; so a copy of the document is made in which every letter is replaced by a sign for its author, and read.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pycrdt import Doc, Text

from documents.coedit.replica import replica_of
from documents.coedit.wire import ProtocolError, string
from documents.history.claims import Claims, Piece, pieces_of, units
from documents.text import flat

Author = Any
_ENDS = re.compile(f"({flat.END})")
_SAME = re.compile(r"(.)\1*", re.DOTALL)
# Signs for authors: so many in a row that each is one unit, and none is the sign for an embed.
_FIRST_SIGN, _SIGNS = 0x4E00, 20_000
_EMBED = flat.ATOM


class Passage(NamedTuple):
    """Words beside each other that one author wrote."""

    words: str
    author: Author


def trace(rows: Iterable[tuple[Author, bytes]]) -> "Traced":
    """Replay a log. Each row comes with whatever names its author."""
    claims, authors, log = Claims(), [], []
    for author, data in rows:
        authors.append(author)
        try:
            claims.take(len(authors) - 1, data)
        except ProtocolError:
            continue  # nobody's: it is no part of the text either
        log.append(data)
    return Traced(replica_of(log).doc, claims, authors)


class Traced:
    """A document, and the authors of all its texts."""

    def __init__(self, doc: "Doc[Any]", claims: Claims, authors: Sequence[Hashable]) -> None:
        """`authors` are those of the rows that the claims name; the claims have to cover the document."""
        self.doc = doc
        self._roots = frozenset(doc.keys())
        self._signs: dict[Author, str] = {}
        self._shadow = self._shadow_of(doc.get_update(), claims, authors)
        self._authors = {sign: author for author, sign in self._signs.items()}

    def passages(self, root: str) -> list[Passage]:
        """One text in passages; an embed ends one."""
        found: list[Passage] = []
        for words, author in self._pieces(root):
            _say(found, words, author)
        return found

    def lines(self, root: str) -> list[list[Passage]]:
        """The lines of one text, each in passages; the line of an embed holds nothing."""
        lines: list[list[Passage]] = [[]]
        for words, author in self._pieces(root):
            for part in _ENDS.split(words):
                if part == flat.END:
                    lines.append([])
                elif part:
                    _say(lines[-1], part, author)
        return lines if lines[-1] else lines[:-1]

    def _pieces(self, root: str) -> Iterator[Passage]:
        """Words as they stand, wherever formats or authors change; an embed is an end before and after it."""
        if root not in self._roots:
            return
        shown = self._shadow.get(root, type=Text).diff()
        signs, at = "".join(part if isinstance(part, str) else _EMBED for part, _ in shown), 0
        for part, _ in self.doc.get(root, type=Text).diff():
            if not isinstance(part, str):
                at += 1
                yield Passage(flat.END, None)
                continue
            data, end = part.encode("utf-16-le"), at + units(part)
            for same in _SAME.finditer(signs, at, end):
                words = data[2 * (same.start() - at) : 2 * (same.end() - at)].decode("utf-16-le", errors="replace")
                yield Passage(words, self._authors[same[1]])
            at = end

    def _shadow_of(self, update: bytes, claims: Claims, authors: Sequence[Author]) -> "Doc[Any]":
        parts, at = [], 0
        for piece in pieces_of(update):
            if piece.words:
                start, end = piece.words
                parts += [update[at:start], string(self._signed(piece, claims, authors))]
                at = end
        shadow: Doc[Any] = Doc()
        shadow.apply_update(b"".join([*parts, update[at:]]))
        return shadow

    def _signed(self, piece: Piece, claims: Claims, authors: Sequence[Author]) -> str:
        return "".join(length * self._sign(authors[row]) for row, length in claims.rows_of(piece))

    def _sign(self, author: Author) -> str:
        sign = self._signs.get(author)
        if sign is None:
            if len(self._signs) >= _SIGNS:
                raise ValueError("too many authors")
            sign = self._signs[author] = chr(_FIRST_SIGN + len(self._signs))
        return sign


def _say(line: list[Passage], words: str, author: Author) -> None:
    if line and line[-1].author == author:
        line[-1] = Passage(line[-1].words + words, author)
    else:
        line.append(Passage(words, author))
