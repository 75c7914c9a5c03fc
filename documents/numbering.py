"""Section numbers. They are counted over the sections that the viewer may know of, so that a hidden one leaves no gap."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from documents.models import Numbering, Section


class _Counter:
    """Counts along a list of sections."""

    def __init__(self) -> None:
        self.main = self.sub = self.appendix = 0

    def next(self, kind: str) -> str:
        if kind == Numbering.MAIN:
            self.main, self.sub = self.main + 1, 0
            return str(self.main)
        if kind == Numbering.SUB:
            self.sub += 1
            return f"{self.main}.{self.sub}" if self.main else str(self.sub)
        if kind == Numbering.APPENDIX:
            self.appendix += 1
            return _letters(self.appendix)
        return ""


def numbers(sections: Sequence[Section]) -> dict[UUID, str]:
    """The number of each section of this list, in this order: "3", "10.1", "A", or "" for one without a number."""
    return dict(zip((section.pk for section in sections), counted(section.numbering for section in sections), strict=True))


def counted(kinds: Iterable[str]) -> Iterator[str]:
    """The same for a list of which only the kinds of numbering are known."""
    counter = _Counter()
    return (counter.next(kind) for kind in kinds)


def _letters(number: int) -> str:
    """1 → A, 26 → Z, 27 → AA, as appendices are lettered."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
