"""Pages of long lists without counting them: to count everything costs many times what a page costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

T = TypeVar("T", bound=Model)
FURTHEST = 10_000


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """One page of a list. It has the names that `components/pagination.html` asks for."""

    rows: Sequence[T]
    number: int
    has_next: bool

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1


def leaf(rows: QuerySet[T], asked: str | None, *, size: int) -> Leaf[T]:
    """The page that an address asks for; the first where it asks for none, for nonsense, or for more than there is."""
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    number = number if 1 <= number <= FURTHEST else 1
    found = _cut(rows, number, size)
    if not found and number > 1:
        number, found = 1, _cut(rows, 1, size)
    return Leaf(found[:size], number, len(found) > size)


def _cut(rows: QuerySet[T], number: int, size: int) -> list[T]:
    """A page and the first row of the next."""
    return list(rows[(number - 1) * size : number * size + 1])
