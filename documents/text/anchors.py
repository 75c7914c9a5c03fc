"""The passage that a comment is about: written once, and found again whatever has become of the text.

An anchor holds two lasting positions and the words that were between and around them. The positions are believed while the
quote is still between them. Else its words decide, and none is better than a wrong one. The rules are those of the page
(`documents/editor/src/anchors/find.ts`); a test holds the two together.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from pycrdt import Doc

from documents.text import flat
from documents.text.anchor_words import Word, is_telling, normal, weight, words_in
from documents.text.places import AFTER, BEFORE, Places

# How many characters before and after a quote are kept.
AROUND = 32
# What a foreign word inside a passage costs, in shares of the quote; and how many of them count.
FOREIGN, MOST_FOREIGN = 0.1, 5
# Words at their own place count for more than the same words elsewhere.
IN_PLACE = 0.25
# How much has to be found elsewhere, in how long a run, and how much of that has to be of the quote itself; below it the
# same words may stand there by chance. As many of the quote's words in a row as a long run has are proof whatever they are.
PROOF, LEAST_RUN, OWN_PROOF, LONG_RUN = 4.5, 3, 2, 10
# Less of the quote is enough with so many words around it, all as they were, as after an undo.
SURROUNDED, LEAST_PROOF = 5, 1
# Where the section begins or ends as it did beside the quote, that counts as so many words around it.
EDGE = 3
# What a word around the quote counts beside one of its own.
CONTEXT = 0.5
# By how much one place has to be better than another with the same words.
CLEARLY = 0.9
# How much wider than its quote a passage may grow before words at its edges that nobody quoted are left out.
WIDER = 3


class Anchor(NamedTuple):
    """Where a comment is, for ever."""

    start: bytes
    end: bytes
    quote: str
    before: str
    after: str


class How(StrEnum):
    """How a passage was found: to the letter, back with all around it as after an undo, with other words, or elsewhere."""

    EXACT = "exact"
    RESTORED = "restored"
    CHANGED = "changed"
    MOVED = "moved"


class Place(NamedTuple):
    """Where a quote is in a section's line of words."""

    start: int
    end: int
    how: How


class SectionText:
    """A section's words, in which passages are marked and found."""

    def __init__(self, doc: "Doc[Any]") -> None:
        self.places = Places(doc)
        self.text = self.places.text
        self.words = words_in(self.text)
        self._numbers: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            self._numbers.setdefault(word.key, []).append(number)

    def numbers_of(self, key: str) -> Sequence[int]:
        """Where a word stands, by its number in the section."""
        return self._numbers.get(key, ())

    def between(self, start: int, end: int) -> list[Word]:
        """The words between two places; one that a place cuts is cut."""
        inside = (word for word in self.words if word.start < end and word.end > start)
        return [_cut(word, max(start, word.start), min(end, word.end)) for word in inside]


def make(section: SectionText, start: int, end: int) -> Anchor:
    """An anchor for what is between two places, without the white space at its edges. ValueError if there is no word."""
    quote = section.text[start:end]
    start, end = start + len(quote) - len(quote.lstrip(_EDGES)), end - len(quote) + len(quote.rstrip(_EDGES))
    if not words_in(section.text[start:end]):
        raise ValueError("There are no words between these places.")
    return Anchor(
        start=section.places.encode(start, AFTER),
        end=section.places.encode(end, BEFORE),
        quote=section.text[start:end].replace(flat.ATOM, ""),
        before=normal(section.text[max(0, start - 3 * AROUND) : start])[-AROUND:],
        after=normal(section.text[end : end + 3 * AROUND])[:AROUND],
    )


def make_for(section: SectionText, quote: str) -> Anchor | None:
    """An anchor for words that stand exactly once in a section; None where they do not."""
    if section.text.count(quote) != 1:
        return None
    start = section.text.index(quote)
    return make(section, start, start + len(quote))


def find(section: SectionText, anchor: Anchor) -> Place | None:
    """Where the words of an anchor are now; None where they are gone, or may be anywhere."""
    span = _span(section, anchor)
    if span and normal(section.text[slice(*span)]) == normal(anchor.quote):
        return Place(*span, How.EXACT)
    if span and (whole := _completed(section, anchor.quote, *span)):
        return Place(*whole, How.EXACT)
    quote = _Quote.of(anchor)
    in_place = _in_place(section, quote, span) if span else None
    elsewhere = _elsewhere(section, quote, in_place.place if in_place else None)
    if in_place is None:
        return elsewhere.place if elsewhere else None
    return elsewhere.place if elsewhere and elsewhere.score > in_place.score + IN_PLACE else in_place.place


# Footnotes and breaks at the edges are left out with the white space.
_EDGES = flat.BLANK + flat.ATOM


class _Quote(NamedTuple):
    """What an anchor says of its words: those before, of and after the passage in one line, and which are its own."""

    normal: str
    # What stands before the first and behind the last of its words: quotation marks, a full stop.
    edges: tuple[str, str]
    line: list[str]
    first: int
    last: int
    # Whether nothing stood before it, and nothing behind it.
    opens: bool
    closes: bool

    @classmethod
    def of(cls, anchor: Anchor) -> "_Quote":
        words = words_in(anchor.quote)
        edges = (anchor.quote[: words[0].start], anchor.quote[words[-1].end :]) if words else ("", "")
        before, own, after = ([word.key for word in words_in(text)] for text in (anchor.before, anchor.quote, anchor.after))
        # The words at the outer ends of the context may be cut.
        head, tail = before[1:], after[:-1]
        return cls(normal(anchor.quote), edges, [*head, *own, *tail], len(head), len(head) + len(own), not before, not after)

    @property
    def keys(self) -> list[str]:
        return self.line[self.first : self.last]


class _Candidate(NamedTuple):
    place: Place
    score: float


class _Run(NamedTuple):
    """Words of an anchor's line that stand in the section word for word: their numbers there, and the first's here."""

    first: int
    last: int
    at: int
    # How many of its words are the quote's own; and whether it is the quote with all the words around it.
    own: int
    is_whole: bool
    weight: float


def _span(section: SectionText, anchor: Anchor) -> tuple[int, int] | None:
    """What is between the two positions now."""
    start, end = section.places.decode(anchor.start), section.places.decode(anchor.end)
    return (start, end) if start is not None and end is not None and start < end else None


def _completed(section: SectionText, quote: str, start: int, end: int) -> tuple[int, int] | None:
    """The quote to the letter around what is left of it: letters at its edges were written again, as by an undo."""
    present = section.text[start:end]
    if not present or flat.END in quote or flat.BREAK in quote:
        return None
    at = quote.find(present)
    while at >= 0:
        first = start - at
        if first >= 0 and section.text[first : first + len(quote)] == quote:
            return first, first + len(quote)
        at = quote.find(present, at + 1)
    return None


def _in_place(section: SectionText, quote: _Quote, span: tuple[int, int]) -> _Candidate | None:
    words = section.between(*span)
    left, kept = Counter(quote.keys), list[Word]()
    for word in words:
        if left[word.key] > 0:
            left[word.key] -= 1
            kept.append(word)
    share = len(kept) / len(quote.keys)
    if not words or (share < 0.5 and not any(is_telling(word.key) for word in kept)):
        return _similar(section, quote, span) if words else None
    foreign = len(words) - len(kept)
    if foreign > WIDER * len(quote.keys):
        span = kept[0].start, kept[-1].end
    return _Candidate(Place(*span, How.CHANGED), share - FOREIGN * min(foreign, MOST_FOREIGN))


def _similar(section: SectionText, quote: _Quote, span: tuple[int, int]) -> _Candidate | None:
    """No whole word is left, but most letters: somebody corrected a word."""
    now, then = normal(section.text[slice(*span)]), quote.normal
    most = min(len(now), len(then))
    head = next((at for at in range(most) if now[at] != then[at]), most)
    tail = next((at for at in range(most - head) if now[-1 - at] != then[-1 - at]), most - head)
    share = (head + tail) / max(len(now), len(then), 1)
    return _Candidate(Place(*span, How.CHANGED), share / 2) if share >= 0.5 else None


def _elsewhere(section: SectionText, quote: _Quote, in_place: Place | None) -> _Candidate | None:
    """The longest run of the anchor's words that stands in the section once; those around the quote help to tell."""
    runs = [run for run in _runs(section, quote) if not in_place or not _overlap(_place_of(section, quote, run), in_place)]
    best = max(runs, key=lambda run: run.weight, default=None)
    if best is None or not _is_proof(best):
        return None
    rivals = (run for run in runs if run is not best and run.first < best.last and best.first < run.last)
    if any(run.weight > best.weight - CLEARLY for run in rivals):
        return None
    share = (min(best.last, quote.last) - max(best.first, quote.first)) / len(quote.keys)
    return _Candidate(_place_of(section, quote, best), share)


def _runs(section: SectionText, quote: _Quote) -> Iterator[_Run]:
    """All stretches of the anchor's words that stand in the section and hold something of the quote itself."""
    for first in range(quote.last):
        for at in section.numbers_of(quote.line[first]):
            # Where the word before is the same as well, this is a part of a longer run.
            if first and at and section.words[at - 1].key == quote.line[first - 1]:
                continue
            last = first + _length(section.words, at, quote.line, first)
            run = _run(section, quote, first, last, at)
            own = quote.line[max(first, quote.first) : min(last, quote.last)]
            if run.is_whole or (any(map(is_telling, own)) and _weighed(own) >= OWN_PROOF):
                yield run


def _run(section: SectionText, quote: _Quote, first: int, last: int, at: int) -> _Run:
    own = quote.line[max(first, quote.first) : min(last, quote.last)]
    edges = (quote.opens and at == 0) + (quote.closes and at + last - first == len(section.words))
    is_surrounded = last - len(own) + EDGE * edges >= SURROUNDED
    whole = first == 0 and last == len(quote.line) and is_surrounded and _weighed(own) >= LEAST_PROOF
    around = _weighed(quote.line[first:last]) - _weighed(own)
    return _Run(first, last, at, len(own), whole, _weighed(own) + CONTEXT * around)


def _is_proof(run: _Run) -> bool:
    return run.is_whole or run.own >= LONG_RUN or (run.last - run.first >= LEAST_RUN and run.weight >= PROOF)


def _weighed(keys: list[str]) -> float:
    return sum(map(weight, keys))


def _length(words: list[Word], at: int, line: list[str], first: int) -> int:
    length = 0
    while first + length < len(line) and at + length < len(words) and words[at + length].key == line[first + length]:
        length += 1
    return length


def _place_of(section: SectionText, quote: _Quote, run: _Run) -> Place:
    """What a run shows of the quote itself, with the marks at its edges where all of it is there."""
    first = section.words[run.at + max(0, quote.first - run.first)]
    last = section.words[run.at + min(run.last, quote.last) - run.first - 1]
    head, tail = quote.edges if run.own == len(quote.keys) else ("", "")
    start, end = max(0, first.start - len(head)), last.end + len(tail)
    return Place(
        start if section.text[start : first.start] == head else first.start,
        end if section.text[last.end : end] == tail else last.end,
        How.RESTORED if run.is_whole else How.MOVED,
    )


def _overlap(one: Place, two: Place) -> bool:
    return one.start < two.end and two.start < one.end


def _cut(word: Word, start: int, end: int) -> Word:
    return Word(word.key[start - word.start : end - word.start], start, end)
