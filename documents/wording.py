"""Who may read and who may write a section, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from documents.models import Restriction, Section
from partnerships.grants import Level
from partnerships.models import Organisation

MOST_NAMES = 4

CAN: Mapping[Level, str] = {
    Level.EDIT: "You can write here.",
    Level.COMMENT: "You can read and comment here.",
    Level.VIEW: "You can read it.",
}


@dataclass(frozen=True, slots=True)
class Who:
    """The who line of a section: what the viewer may do, who writes, who reads; and every organisation by level."""

    you: str
    writers: str
    readers: str
    by_level: Sequence[tuple[Level, Sequence[Organisation]]]


def names(organisations: Iterable[Organisation]) -> str:
    """ "Bristol, North Somerset and South Gloucestershire"."""
    listed = [organisation.short_name for organisation in organisations]
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def who_line(section: Section, mine: Level, levels: Mapping[Organisation, Level], everyone: int) -> Who:
    """The who line for somebody who may read the section.

    `levels` are those of the organisations that may read it; `everyone` is how many take part in the review.
    """
    by_level = [(level, [o for o, its in levels.items() if its == level]) for level in sorted(Level, reverse=True)]
    writing = next(listed for level, listed in by_level if level == Level.EDIT)
    return Who(
        you=CAN[mine],
        writers=_writers(section.assigned_to, writing),
        readers=_readers(section, list(levels), everyone),
        by_level=[(level, listed) for level, listed in by_level if listed],
    )


def _writers(assigned: Organisation | None, writing: Sequence[Organisation]) -> str:
    if not writing:
        return "Nobody can write here now."
    if assigned is not None and assigned in writing:
        others = [organisation for organisation in writing if organisation != assigned]
        return f"{names([assigned])} writes it{_also(others)}."
    if len(writing) == 1:
        return f"{names(writing)} writes it."
    return f"{_named_or_counted(writing)} can write it."


def _also(others: Sequence[Organisation]) -> str:
    return f"; {_named_or_counted(others)} can write too" if others else ""


def _readers(section: Section, reading: Sequence[Organisation], everyone: int) -> str:
    if section.restriction == Restriction.HIDDEN:
        return "Nobody else can see that this section exists."
    if section.restriction == Restriction.LISTED:
        return "The others see its number and title, not its text."
    if len(reading) == everyone:
        return "Everyone on the review can read it."
    return f"{_named_or_counted(reading)} can read it."


def _named_or_counted(organisations: Sequence[Organisation]) -> str:
    if len(organisations) <= MOST_NAMES:
        return names(organisations)
    return f"{len(organisations)} organisations"
