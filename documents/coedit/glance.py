"""Knowing at a glance the updates that people make all day: a few letters typed, a few taken away.

What is recognised here would pass the walk in `updates` too; anything else is left to that walk.
"""

import re

# Numbers as they are written: any up to 2^53; clocks and lengths only up to 2^28, which is well within what is allowed.
_NUMBER = rb"(?:[\x80-\xff]{0,6}+[\x00-\x7f]|[\x80-\xff]{7}[\x00-\x0f])"
_CLOCK = rb"[\x80-\xff]{0,3}+[\x00-\x7f]"
_ID = _NUMBER + _CLOCK
_ONE_RANGE = rb"\x01" + _NUMBER + rb"\x01" + _CLOCK + _CLOCK
# One client, one piece of text: behind something, before something, between two, or the first of a root text.
_LETTERS = re.compile(
    rb"\x01\x01" + _ID + rb"(?:[\x84\x44]" + _ID + rb"|\xc4" + _ID + _ID + rb"|\x04\x01([\x00-\x7f]))", re.DOTALL
)
_DELETES = re.compile(rb"\x00|" + _ONE_RANGE, re.DOTALL)
_ONLY_DELETES = re.compile(rb"\x00" + _ONE_RANGE, re.DOTALL)
# From here on a pattern for the whole run is quicker than reading it number by number.
_RUN = 32


def is_plain(update: bytes) -> bool:
    """Whether this is one piece of text, one deleted range, or both, and nothing else."""
    found = _LETTERS.match(update)
    if found is None:
        return _ONLY_DELETES.fullmatch(update) is not None
    root = found[1]
    behind = _behind_text(update, found.end() + (root[0] if root else 0))
    return behind is not None and _DELETES.fullmatch(update, behind) is not None


def behind_clocks(data: bytes, at: int, count: int) -> int | None:
    """Where a long run of this many clocks ends; None for a short one, and where one has to be looked at more closely."""
    if count < _RUN or count > len(data) - at:
        return None
    found = re.compile(rb"(?:%b){%d}" % (_CLOCK, count), re.DOTALL).match(data, at)
    return found.end() if found else None


def _behind_text(update: bytes, at: int) -> int | None:
    """Where the text that begins here ends; None if it is longer than 2^14."""
    head = update[at : at + 2]
    if len(head) < 2:
        return None
    if head[0] < 128:
        return at + 1 + head[0]
    return at + 2 + (head[0] & 127) + (head[1] << 7) if head[1] < 128 else None
