"""What the attributes of nodes and marks may be. The editor's schema names them; what they mean is told here."""

from collections.abc import Callable
from typing import Any

from documents.text.addresses import is_own_picture, is_safe_link
from documents.text.ordering import is_name

# The title of a section is level 1, so these are the headings inside.
HEADING_LEVELS = range(2, 5)
MOST_SPANNED = 1000


def _is_whole(value: Any, least: int = 0, most: int = 1_000_000) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and is_sound(value)


def _is_none_or(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _are_widths(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_whole, value))


def is_sound(text: str) -> bool:
    """Whether the text can be stored: half of a pair of surrogates is no character."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "level": lambda value: _is_whole(value) and value in HEADING_LEVELS,
    "start": _is_whole,
    "src": is_own_picture,
    "alt": _is_words,
    "text": _is_words,
    "width": _is_none_or(_is_whole),
    "height": _is_none_or(_is_whole),
    "colspan": lambda value: _is_whole(value, 1, MOST_SPANNED),
    "rowspan": lambda value: _is_whole(value, 1, MOST_SPANNED),
    "colwidth": _is_none_or(_are_widths),
    "rid": _is_none_or(is_name),
    "cid": _is_none_or(is_name),
    "href": is_safe_link,
}


def is_value(name: str, attribute: str, value: Any) -> bool:
    """Whether an attribute of this node or mark may have the value."""
    if attribute == "id":
        return _is_words(value) if name == "footnote" else value is None or is_name(value)
    return attribute not in _CHECKS or _CHECKS[attribute](value)
