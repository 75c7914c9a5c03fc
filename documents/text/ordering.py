"""Names of rows and columns, which are their own order: a fraction in base 36, and a random tail that keeps it unique."""

import secrets
from collections.abc import Iterable
from itertools import pairwise

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
TAIL = 5


def new_id(length: int = 8) -> str:
    return "".join(secrets.choice(DIGITS) for _ in range(length))


def spread(count: int) -> list[str]:
    """Names for so many rows in a table of their own, in order, with room before, between and after."""
    width = 1
    while len(DIGITS) ** width < 2 * (count + 1):
        width += 1
    step = len(DIGITS) ** width / (count + 1)
    return [_digits(int(step * (place + 1)), width) + new_id(TAIL) for place in range(count)]


def in_order(names: Iterable[object]) -> bool:
    """Whether these are usable as they are: named, each before the next, and safe as part of a key."""
    listed = list(names)
    if not all(isinstance(name, str) and name and set(name) <= set(DIGITS) for name in listed):
        return False
    return all(str(one) < str(two) for one, two in pairwise(listed))


def _digits(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, rest = divmod(number, len(DIGITS))
        digits = DIGITS[rest] + digits
    return digits
