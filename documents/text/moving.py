"""Lines that stand elsewhere now: what was taken for a line that went and one that came is one line that was moved.

Told only where it can be told: lines with a few words to the letter the same, or long ones that share most of their words.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from documents.text.comparing import Comparison, LineChange, Move, compare_line, likeness, words_key
from documents.text.comparing_words import words_in
from documents.text.lines import Line

# A line with fewer words says too little: “None.” may stand anywhere.
FEW_WORDS = 4
# One that was changed as well has to be longer, and share this part of its words.
MANY_WORDS = 8
LIKE_ENOUGH = 0.6
# Words that stand together in more lines than this find none of them.
COMMON = 4


class _Found(NamedTuple):
    """A line that is in one of the two texts only: its words, and those of them that stand together."""

    line: Line
    words: frozenset[str]

    @property
    def size(self) -> int:
        return sum(" " not in word for word in self.words)

    @property
    def is_long(self) -> bool:
        return self.line.node["type"] != "table" and self.size >= MANY_WORDS

    @property
    def key(self) -> object:
        return self.line.node["type"] == "table", words_key(self.line.node)

    @property
    def pairs(self) -> Iterator[str]:
        return (word for word in self.words if " " in word)


_Places = Mapping[Move, _Found]


def with_moves(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The same comparisons of texts that were compared together, with what was moved in and between them."""
    gone = _places(comparisons, has_gone=True)
    came = _places(comparisons, has_gone=False) if gone else {}
    pairs = _same(gone, came)
    taken = set(pairs.values())
    pairs |= _alike(
        {at: found for at, found in gone.items() if at not in taken and found.is_long},
        {at: found for at, found in came.items() if at not in pairs and found.is_long},
    )
    if not pairs:
        return list(comparisons)
    moved = {at: _arrived(gone[origin].line, came[at].line, origin) for at, origin in pairs.items()}
    moved |= {origin: LineChange(gone[origin].line, None, move=at) for at, origin in pairs.items()}
    return [
        Comparison(tuple(moved.get(Move(part, at), line) for at, line in enumerate(comparison.lines)))
        for part, comparison in enumerate(comparisons)
    ]


def _places(comparisons: Sequence[Comparison], *, has_gone: bool) -> dict[Move, _Found]:
    """The lines that are in one of the two texts only, and long enough to be known again."""
    places = {}
    for part, comparison in enumerate(comparisons):
        for at, change in enumerate(comparison.lines):
            line, other = (change.old, change.new) if has_gone else (change.new, change.old)
            if line is not None and other is None and line.node["type"] != "image":
                found = _Found(line, words_in(line.node))
                if found.size >= FEW_WORDS:
                    places[Move(part, at)] = found
    return places


def _same(gone: _Places, came: _Places) -> dict[Move, Move]:
    """Each of the lines that came, with the one of the same words that went."""
    by_words: dict[object, deque[Move]] = defaultdict(deque)
    for at, found in gone.items():
        by_words[found.key].append(at)
    return {at: by_words[key].popleft() for at, found in came.items() if by_words.get(key := found.key)}


def _alike(gone: _Places, came: _Places) -> dict[Move, Move]:
    """Those that were changed as well as moved: the likest first."""
    where: dict[str, list[Move]] = defaultdict(list)
    for at, found in gone.items():
        for pair in found.pairs:
            where[pair].append(at)
    likely = sorted(
        (
            (likeness(gone[origin].words, found.words), at, origin)
            for at, found in came.items()
            for origin in _candidates(found, where)
        ),
        key=lambda likely: (-likely[0], likely[1].part, likely[1].line),
    )
    pairs: dict[Move, Move] = {}
    taken: set[Move] = set()
    for much, at, origin in likely:
        if much >= LIKE_ENOUGH and at not in pairs and origin not in taken:
            pairs[at] = origin
            taken.add(origin)
    return pairs


def _candidates(found: _Found, where: Mapping[str, Sequence[Move]]) -> list[Move]:
    """The lines with which this one shares most of the words that are rare."""
    shared = Counter(at for pair in found.pairs if len(places := where.get(pair, ())) <= COMMON for at in places)
    return [at for at, _ in shared.most_common(3)]


def _arrived(old: Line, new: Line, origin: Move) -> LineChange:
    return replace(compare_line(old, new), old=None, move=origin)
