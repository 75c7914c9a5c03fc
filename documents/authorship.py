"""Who wrote each passage of a section, found by replaying its log row by row and watching where words appear.

What a client says of itself plays no part: a word belongs to whoever sent the first row that carries it. A row may carry
words that cannot appear yet, because they hang on words that nobody has written. Such a row is kept back until they can, so
that its words are never taken for the work of whoever wrote what they were waiting for.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from pycrdt import Doc, Text, TextEvent, get_update, merge_updates

from documents.coedit.replica import lots
from documents.text import flat

Author = Any
_Delta = list[dict[str, Any]]
_ENDS = re.compile(f"({flat.END})")


class Run(NamedTuple):
    """Some units of a text (bytes of its words, 1 for an embed), and whose they are."""

    length: int
    author: Author


class Passage(NamedTuple):
    """Words beside each other that one author wrote."""

    words: str
    author: Author


def trace(rows: Iterable[tuple[Author, bytes]]) -> "Traced":
    """Replay a log. Each row comes with whatever names its author."""
    traced = Traced()
    for author, group in groupby(rows, key=lambda row: row[0]):
        for lot in lots(data for _, data in group):
            traced.take(author, merge_updates(*lot) if len(lot) > 1 else lot[0])
    traced.finish()
    return traced


class Traced:
    """A document, and the authors of all its texts."""

    def __init__(self) -> None:
        self.doc: Doc[Any] = Doc()
        self._runs: dict[str, list[Run]] = {}
        self._watched: list[Any] = []
        self._deltas: dict[str, _Delta] = {}
        self._kept: list[tuple[Author, bytes]] = []
        self._turns = 0
        self._try_at = 0

    def take(self, author: Author, update: bytes) -> None:
        """One turn: what one author wrote before another did."""
        self._turns += 1
        self._apply(author, update)
        if self._kept and self._turns >= self._try_at:
            self._try_kept()

    def finish(self) -> None:
        """Nothing more comes: what still waits stays out of the text, as it does for everybody."""
        self._try_kept()

    def runs(self, root: str) -> list[Run]:
        """The authors of one text."""
        return self._runs.get(root, [])

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
        if root not in self._runs:
            return
        rest = list(reversed(self._runs[root]))
        for inserted, _ in self.doc.get(root, type=Text).diff():
            data = inserted.encode() if isinstance(inserted, str) else flat.END.encode()
            while data and rest:
                length, author = rest.pop()
                if length > len(data):
                    rest.append(Run(length - len(data), author))
                yield Passage(data[:length].decode(), author)
                data = data[length:]

    def _apply(self, author: Author, update: bytes) -> bool:
        """Whether all that it carries could appear."""
        try:
            self.doc.apply_update(update)
        except ValueError:
            return True
        self._note(author)
        if not self._waits(update):
            return True
        self._kept.append((author, update))
        if len(self._kept) == 1:
            self._try_at = self._turns + 1
        # Without what waits: it must not appear with the next person's words.
        self._renew()
        return False

    def _try_kept(self) -> None:
        kept, self._kept = self._kept, []
        progress = True
        while progress and kept:
            progress = False
            for one in kept:
                progress = self._apply(*one) or progress
            kept, self._kept = (self._kept, []) if progress else ([], self._kept)
        # Twice as late each time: trying takes as long as the text is.
        self._try_at = 2 * self._turns

    def _waits(self, update: bytes) -> bool:
        """Whether there is content in it that the document does not have."""
        return get_update(update, self.doc.get_state())[0] != 0

    def _renew(self) -> None:
        update = self.doc.get_update()
        self.doc, self._watched, self._deltas = Doc(), [], {}
        self.doc.apply_update(update)
        for root in self._runs:
            self._watch(root)

    def _watch(self, root: str) -> Text:
        text: Text = self.doc.get(root, type=Text)

        def hear(event: TextEvent) -> None:
            self._deltas[root] = event.delta  # type: ignore[attr-defined]  # made by the library below

        self._watched.append(text.observe(hear))
        return text

    def _note(self, author: Author) -> None:
        deltas, self._deltas = self._deltas, {}
        for root, delta in deltas.items():
            _change(self._runs[root], delta, author)
        for root in self.doc.keys() - self._runs.keys():
            if root == flat.SECTION or root.count(":") == 3:
                text = self._watch(root)
                self._runs[root] = [Run(len(text), author)] if len(text) else []


def _change(runs: list[Run], delta: _Delta, author: Author) -> None:
    """Follow a change, which names its parts from the start of the text."""
    at, inside = 0, 0
    for part in delta:
        if "retain" in part:
            at, inside = _skip(runs, at, inside, part["retain"])
            continue
        if inside:
            length, before = runs[at]
            runs[at : at + 1] = [Run(inside, before), Run(length - inside, before)]
            at, inside = at + 1, 0
        if "insert" in part:
            at = _insert(runs, at, Run(_size(part["insert"]), author))
        else:
            _delete(runs, at, part["delete"])


def _skip(runs: list[Run], at: int, inside: int, length: int) -> tuple[int, int]:
    """The run and the place in it that lie so much further on."""
    length += inside
    while at < len(runs) and length >= runs[at].length:
        length -= runs[at].length
        at += 1
    return at, length


def _insert(runs: list[Run], at: int, run: Run) -> int:
    if at and runs[at - 1].author == run.author:
        runs[at - 1] = Run(runs[at - 1].length + run.length, run.author)
        return at
    runs.insert(at, run)
    return at + 1


def _delete(runs: list[Run], at: int, length: int) -> None:
    end = at
    while end < len(runs) and length >= runs[end].length:
        length -= runs[end].length
        end += 1
    if length and end < len(runs):
        runs[end] = Run(runs[end].length - length, runs[end].author)
    del runs[at:end]


def _say(line: list[Passage], words: str, author: Author) -> None:
    if line and line[-1].author == author:
        line[-1] = Passage(line[-1].words + words, author)
    else:
        line.append(Passage(words, author))


def _size(inserted: Any) -> int:
    return len(inserted.encode()) if isinstance(inserted, str) else 1
