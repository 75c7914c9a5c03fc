"""Names of rows and columns, which are their own order: a fraction in base 36, and a random tail that keeps it unique."""

import re
import secrets
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
TAIL = 5

_NAME = re.compile("[0-9a-z]{1,200}")


def new_id(length: int = 8) -> str:
    return "".join(secrets.choice(DIGITS) for _ in range(length))


def is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(_NAME.fullmatch(value))


def completed(names: Sequence[Any]) -> list[str]:
    """The names, in order, with new ones in the places that have none; all new where those given are of no use."""
    given = [name for name in names if name is not None]
    if not given or not all(map(is_name, given)) or not _in_order(given):
        return _spread(len(names))
    made: list[str] = []
    for place, name in enumerate(names):
        following = next((later for later in names[place:] if later is not None), "")
        made.append(name or between(made[-1] if made else "", following))
    return made if _in_order(made) else _spread(len(names))


def _in_order(names: Sequence[str]) -> bool:
    return all(one < two for one, two in pairwise(names))


def between(low: str, high: str) -> str:
    """A name after `low` and before `high`; an empty one sets no limit on its side."""
    digits = ""
    while True:
        place = len(digits)
        floor = DIGITS.index(low[place]) if place < len(low) else -1
        ceiling = DIGITS.index(high[place]) if place < len(high) else len(DIGITS)
        if ceiling - floor > 1:
            return digits + DIGITS[(floor + ceiling) // 2] + new_id(TAIL)
        digits += DIGITS[max(floor, 0)]
        # One digit below the upper limit, that limit is no longer one.
        high = high if floor == ceiling or high[: place + 1] == digits else ""


def _spread(count: int) -> list[str]:
    """Names for so many rows in a table of their own, with room before, between and after."""
    width = 1
    while len(DIGITS) ** width < 2 * (count + 1):
        width += 1
    step = len(DIGITS) ** width / (count + 1)
    return [_digits(int(step * (place + 1)), width) + new_id(TAIL) for place in range(count)]


def _digits(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, rest = divmod(number, len(DIGITS))
        digits = DIGITS[rest] + digits
    return digits
