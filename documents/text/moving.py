"""Lines that stand elsewhere now: what was taken for a line that went and one that came is one line that was moved.

Told only where it can be told: lines with a few words to the letter the same, or long ones that share most of their words.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

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

_Places = Mapping[Move, Line]


def with_moves(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The same comparisons of texts that were compared together, with what was moved in and between them."""
    gone = _places(comparisons, has_gone=True)
    came = _places(comparisons, has_gone=False)
    pairs = _same(gone, came)
    pairs |= _alike({at: line for at, line in gone.items() if at not in pairs.values()}, came, pairs)
    if not pairs:
        return list(comparisons)
    moved = {at: _arrived(gone[origin], came[at], origin) for at, origin in pairs.items()}
    moved |= {origin: LineChange(gone[origin], None, move=at) for at, origin in pairs.items()}
    return [
        Comparison(tuple(moved.get(Move(part, at), line) for at, line in enumerate(comparison.lines)))
        for part, comparison in enumerate(comparisons)
    ]


def _places(comparisons: Sequence[Comparison], *, has_gone: bool) -> dict[Move, Line]:
    """The lines that are in one of the two texts only, and long enough to be known again."""
    found = {}
    for part, comparison in enumerate(comparisons):
        for at, change in enumerate(comparison.lines):
            line, other = (change.old, change.new) if has_gone else (change.new, change.old)
            if line is not None and other is None and line.node["type"] != "image" and _size(line) >= FEW_WORDS:
                found[Move(part, at)] = line
    return found


def _same(gone: _Places, came: _Places) -> dict[Move, Move]:
    """Each of the lines that came, with the one of the same words that went."""
    by_words: dict[object, deque[Move]] = defaultdict(deque)
    for at, line in gone.items():
        by_words[_key(line)].append(at)
    return {at: by_words[key].popleft() for at, line in came.items() if by_words.get(key := _key(line))}


def _alike(gone: _Places, came: _Places, known: Mapping[Move, Move]) -> dict[Move, Move]:
    """Those that were changed as well as moved: the likest first."""
    words = {at: words_in(line.node) for at, line in gone.items() if _is_long(line)}
    where: dict[str, list[Move]] = defaultdict(list)
    for at, mine in words.items():
        for pair in filter(_is_pair, mine):
            where[pair].append(at)
    likely = sorted(
        (
            (likeness(words[origin], theirs), at, origin)
            for at, line in came.items()
            if at not in known and _is_long(line)
            for origin, theirs in _candidates(line, where)
        ),
        key=lambda found: (-found[0], found[1].part, found[1].line),
    )
    pairs: dict[Move, Move] = {}
    for much, at, origin in likely:
        if much >= LIKE_ENOUGH and at not in pairs and origin not in pairs.values():
            pairs[at] = origin
    return pairs


def _candidates(line: Line, where: Mapping[str, Sequence[Move]]) -> Iterator[tuple[Move, frozenset[str]]]:
    """The lines with which this one shares most of the words that are rare."""
    words = words_in(line.node)
    shared = Counter(at for pair in filter(_is_pair, words) if len(found := where.get(pair, ())) <= COMMON for at in found)
    yield from ((at, words) for at, _ in shared.most_common(3))


def _arrived(old: Line, new: Line, origin: Move) -> LineChange:
    compared = compare_line(old, new)
    return replace(compared, old=None, move=origin)


def _key(line: Line) -> object:
    return line.node["type"] == "table", words_key(line.node)


def _size(line: Line) -> int:
    return sum(not _is_pair(word) for word in words_in(line.node))


def _is_long(line: Line) -> bool:
    return line.node["type"] != "table" and _size(line) >= MANY_WORDS


def _is_pair(word: str) -> bool:
    return " " in word
