"""What counts as a word where passages are found again, and how much it proves. The page has the same rules."""

import re
from typing import NamedTuple

from documents.text import flat

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BLANKS = re.compile(f"[{re.escape(flat.BLANK)}]+")
# Short words that any sentence may have: finding one of them again proves nothing.
_COMMON_ONES = (
    "about after also been before could during each from have into more most only other over said should some such than "
    "that their them then there these they this those through under were what when where which while will with would your"
)
_COMMON = frozenset(_COMMON_ONES.split())


class Word(NamedTuple):
    """A word in small letters, by which two are the same, and where it stands."""

    key: str
    start: int
    end: int


def words_in(text: str) -> list[Word]:
    return [Word(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]


def normal(text: str) -> str:
    """A text as it counts when two are compared: without footnotes, all white space alike."""
    return _BLANKS.sub(" ", text.replace(flat.ATOM, "")).strip(" ")


def weight(key: str) -> float:
    """How much it proves to find this word again: names of things much, small words and figures little."""
    if any("0" <= character <= "9" for character in key):
        return 2 if any(character.isalpha() for character in key) else 0.3
    if len(key) < 4 or key in _COMMON:
        return 0.3
    return 0.6 if len(key) < 6 else 1


def is_telling(key: str) -> bool:
    """Whether a word says something by itself."""
    return weight(key) > 0.5
