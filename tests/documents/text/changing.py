"""A text, and somebody who changes it without mercy."""

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pycrdt import Doc, Text

from documents.text import flat
from documents.text.anchors import Anchor, SectionText, make
from documents.text.blocks import from_blocks
from documents.text.building import build_update
from documents.text.reading import replay
from documents.text.rendering import plain_text
from portal.demo import data
from tests.documents.text.helpers import document, paragraph

WORD = re.compile(r"\w+")


@cache
def prose() -> tuple[str, ...]:
    """Paragraphs of the demonstration's report, in plain letters: the library below counts bytes where it writes."""
    blocks = [block for item in data.read("report")["sections"] for block in item["blocks"] or []]
    lines = plain_text(from_blocks(blocks)).encode("ascii", "replace").decode().splitlines()
    return tuple(line for line in lines if len(line) > 40)


def unlike_words(source: random.Random) -> Iterator[str]:
    """Words of which each is another."""
    while True:
        yield "".join(source.choices("abcdefghiklmnoprstuvwz", k=9)) + str(source.randrange(10))


class Session:
    """The text and its changes: of unlike words, or of paragraphs that are given."""

    def __init__(self, source: random.Random, paragraphs: tuple[str, ...] = ()) -> None:
        self.random = source
        self._new = unlike_words(source)
        lines = source.sample(paragraphs, 8) if paragraphs else [self._line() for _ in range(source.randint(1, 5))]
        self.doc: Doc[Any] = replay([build_update(document(*(paragraph(line) for line in lines)))])
        self.text: Text = self.doc.get(flat.SECTION, type=Text)
        self._paragraphs = paragraphs

    def mark(self) -> Anchor:
        """An anchor for some words."""
        words = [match.span() for match in WORD.finditer(str(self.text))]
        first = self.random.randrange(len(words))
        last = min(len(words) - 1, first + self.random.randrange(8))
        return make(SectionText(self.doc), words[first][0], words[last][1])

    def edit(self) -> None:
        """Change something."""
        self.random.choice([self._write, self._split, self._delete, self._delete, self._cut, self._replace])()

    def words(self) -> set[str]:
        """The words that are there now."""
        return set(WORD.findall(str(self.text)))

    def _line(self) -> str:
        return " ".join(next(self._new) for _ in range(self.random.randint(1, 8)))

    def _some(self) -> str:
        """Words of somebody else's: in prose, words that look like it."""
        if not self._paragraphs:
            return next(self._new)
        words = self.random.choice(self._paragraphs).split()
        return " ".join(words[: self.random.randint(1, 12)])

    def _span(self) -> tuple[int, int]:
        words = [match.span() for match in WORD.finditer(str(self.text))]
        if not words:
            return 0, 0
        first = self.random.randrange(len(words))
        return words[first][0], words[min(len(words) - 1, first + self.random.randrange(30 if self._paragraphs else 5))][1]

    def _write(self) -> None:
        self.text.insert(self._span()[0], f"{self._some()} ")

    def _split(self) -> None:
        self.text.insert(self._span()[0], flat.END)

    def _delete(self) -> str:
        start, end = self._span()
        cut = str(self.text)[start:end]
        if cut:
            del self.text[start:end]
        return cut

    def _cut(self) -> None:
        cut = self._delete()
        self.text.insert(self._span()[0], f"{cut} ")

    def _replace(self) -> None:
        start, end = self._span()
        if start < end:
            del self.text[start:end]
        self.text.insert(start, f"{self._some()} ")
