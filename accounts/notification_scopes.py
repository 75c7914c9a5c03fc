"""Whether a person may still open what a notification is about. The rooms that own the things answer.

A scope names a thing: "report:<uuid>". Each room registers, in its AppConfig.ready, who tells it for its kinds of things.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from accounts.models import User

# Given a person and ids, those that they may open now. One call, and a constant number of queries, for a whole page.
Openable = Callable[[User, Collection[UUID]], set[UUID]]

_rooms: dict[str, Openable] = {}


def register(name: str, openable: Openable) -> None:
    """Say who knows about things of this name."""
    _rooms[name] = openable


def scope_of(name: str, pk: UUID) -> str:
    """The scope of a thing."""
    if name not in _rooms:
        raise ValueError(f"Nobody knows who may open a {name}")
    return f"{name}:{pk}"


def openable(user: User, scopes: Iterable[str]) -> set[str]:
    """Those of these scopes that this person may open now. What nobody knows about, nobody may open."""
    asked: dict[str, set[UUID]] = defaultdict(set)
    found = set()
    for scope in scopes:
        name, _, pk = scope.partition(":")
        if not scope:
            found.add(scope)
        elif name in _rooms:
            asked[name].add(UUID(pk))
    return found | {f"{name}:{pk}" for name, ids in asked.items() for pk in _rooms[name](user, ids)}
