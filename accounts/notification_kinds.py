"""Kinds of notifications, as data. Every room registers its own in its AppConfig.ready."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from accounts.models import How


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that a person chooses one way of e-mail for."""

    code: str
    title: str
    hint: str
    default: How = How.AT_ONCE


@dataclass(frozen=True, slots=True)
class Kind:
    """`sentence` says what happened and nothing of what it is about; {organisation} is whoever did it."""

    code: str
    sentence: str
    group: str
    icon: str = "envelope"


_GROUPS: dict[str, Group] = {}
_KINDS: dict[str, Kind] = {}
GROUPS: Mapping[str, Group] = MappingProxyType(_GROUPS)
KINDS: Mapping[str, Kind] = MappingProxyType(_KINDS)


def register(groups: Iterable[Group], kinds: Iterable[Kind]) -> None:
    """Make a room's kinds known, in the order in which people are to read their groups."""
    _GROUPS.update({group.code: group for group in groups})
    for kind in kinds:
        if kind.group not in _GROUPS:
            raise ValueError(f"The kind {kind.code} belongs to no group: {kind.group}")
        _KINDS[kind.code] = kind


def codes_of(group: str) -> list[str]:
    """The kinds of a group."""
    return [kind.code for kind in _KINDS.values() if kind.group == group]
