"""Pages of a long list that are never counted: to count would cost many times what a page costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

MOST_PAGES = 400


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page. Its number starts at 1."""

    rows: Sequence[Any]
    number: int
    has_next: bool

    @property
    def previous(self) -> int:
        """0 on the first page."""
        return self.number - 1

    @property
    def next(self) -> int:
        """0 on the last page."""
        return self.number + 1 if self.has_next else 0


def leaf(rows: QuerySet[Any], number: str | None, *, size: int) -> Leaf:
    """The page that an address asks for; the first one where it asks for none or for nonsense."""
    page = int(number) if number and number.isdecimal() and len(number) < 5 else 1
    page = min(max(page, 1), MOST_PAGES)
    found = list(rows[(page - 1) * size : page * size + 1])
    return Leaf(found[:size], page, len(found) > size)
