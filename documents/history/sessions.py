"""The history of a report as its people worked: who wrote in which section, from when to when. It comes from the log.

A person sees of a section only what was written while their organisation could read it (`spans`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import Lag, Lead

from documents.models import SectionUpdate
from documents.spans import Window as Readable

# Who comes back after a longer pause has begun anew: half an hour is a meeting or a lunch, not a look into the notes.
PAUSE = timedelta(minutes=30)
# More is no number of a row.
MOST_ROWS = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Work:
    """One session of work: rows of one person, for one organisation, in one section, without a long pause."""

    section_id: UUID
    author_id: UUID | None
    organisation_id: UUID | None
    first: int
    last: int
    began: datetime
    ended: datetime


def work_in(windows: Mapping[UUID, Sequence[Readable]]) -> list[Work]:
    """The sessions of work in these sections, within these times, the latest first. One query, whatever the log's length."""
    if not any(windows.values()):
        return []
    opened: dict[tuple[object, ...], tuple[int, datetime]] = {}
    found: list[Work] = []
    for pk, section_id, author_id, organisation_id, at, span, before, after in _ends(windows):
        key = (section_id, author_id, organisation_id, span)
        if _is_far(before, at):
            opened[key] = (pk, at)
        if _is_far(at, after):
            first, began = opened.pop(key)
            found.append(Work(section_id, author_id, organisation_id, first, pk, began, at))
    return sorted(found, key=lambda work: work.last, reverse=True)


def _is_far(one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or other - one > PAUSE


def _ends(windows: Mapping[UUID, Sequence[Readable]]) -> Iterable[tuple[Any, ...]]:
    """The rows with which a session begins or ends, in order."""
    who = [F(name) for name in ("section_id", "author_id", "organisation_id", "span")]
    rows = (
        SectionUpdate.objects.filter(_within(windows))
        .annotate(span=_span(windows))
        .annotate(
            before=Window(Lag("at"), partition_by=who, order_by="pk"),
            after=Window(Lead("at"), partition_by=who, order_by="pk"),
        )
    )
    far_before = Q(before__isnull=True) | Q(before__lt=F("at") - PAUSE)
    far_after = Q(after__isnull=True) | Q(after__gt=F("at") + PAUSE)
    return (
        rows.filter(far_before | far_after)
        .order_by("pk")
        .values_list("pk", "section_id", "author_id", "organisation_id", "at", "span", "before", "after")
    )


def _within(windows: Mapping[UUID, Sequence[Readable]]) -> Q:
    """The rows of these sections that were written in these times."""
    condition = Q(pk__in=[])
    for section_id, spans in windows.items():
        for span in spans:
            condition |= _in(section_id, span)
    return condition


def _in(section_id: UUID, span: Readable) -> Q:
    condition = Q(section_id=section_id, at__gte=span.since)
    return condition & Q(at__lt=span.until) if span.until else condition


def _span(windows: Mapping[UUID, Sequence[Readable]]) -> Case:
    """In which of a section's times a row was written: no session reaches over what somebody could not read."""
    whens = [
        When(_in(section_id, span), then=Value(number))
        for section_id, spans in windows.items()
        for number, span in enumerate(spans[1:], start=1)
    ]
    return Case(*whens, default=Value(0))


def work_between(section_id: UUID, windows: Sequence[Readable], first: int, last: int) -> Work | None:
    """What one person wrote from one row of the log to another; None unless both are theirs and in one of these times."""
    ends = (first, last) if first <= last <= MOST_ROWS else ()
    rows = {row.pk: row for row in SectionUpdate.objects.filter(pk__in=ends, section_id=section_id).defer("data")}
    if not {first, last} <= rows.keys():
        return None
    one, other = rows[first], rows[last]
    if (one.author_id, one.organisation_id) != (other.author_id, other.organisation_id):
        return None
    if not any(window.holds(one.at) and window.holds(other.at) for window in windows):
        return None
    return Work(section_id, one.author_id, one.organisation_id, first, last, one.at, other.at)


def moment_of(section_id: UUID, windows: Sequence[Readable], row: int) -> datetime | None:
    """When a row of the log was stored; None where it is none of this section, or of a time that could not be read."""
    at = SectionUpdate.objects.filter(pk=row, section_id=section_id).values_list("at", flat=True).first()
    return at if at and any(window.holds(at) for window in windows) else None
