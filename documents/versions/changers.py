"""Who wrote between two moments: from the log, as far as the viewer could read it then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from accounts.models import User
from documents.history.sessions import Work, work_in
from documents.history.texts import counts_of
from documents.models import Report, SectionUpdate
from documents.spans import Window, windows_of
from partnerships.models import Organisation

# Beyond so many rows of the log, or sessions of work, counting whose words they are takes longer than anybody waits.
MOST_ROWS_COUNTED = 20_000
MOST_SESSIONS_COUNTED = 30


@dataclass(slots=True)
class Writer:
    """What one person did for one organisation in one section between the two."""

    section_id: UUID
    author: User | None
    organisation: Organisation | None
    works: list[Work] = field(default_factory=list)
    added: int = 0
    removed: int = 0

    @property
    def last(self) -> Work:
        return max(self.works, key=lambda work: work.last)


@dataclass(frozen=True, slots=True)
class Share:
    """What one organisation did in all of it."""

    organisation: Organisation | None
    sections: int
    people: int
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Changers:
    """By section and by organisation. `are_counted`: whether words are."""

    writers: Sequence[Writer]
    shares: Sequence[Share]
    are_counted: bool

    def in_section(self, section_id: UUID) -> list[Writer]:
        return [writer for writer in self.writers if writer.section_id == section_id]


def changers_of(user: User, report: Report, section_ids: Iterable[UUID], since: datetime, until: datetime) -> Changers:
    """Who wrote in these sections after one moment and not after the other; a constant number of queries."""
    windows = {pk: cut for pk, spans in windows_of(user, report, section_ids).items() if (cut := _cut(spans, since, until))}
    works = work_in(windows)
    rows = SectionUpdate.objects.filter(section_id__in=windows)[:MOST_ROWS_COUNTED].count()
    counted = rows < MOST_ROWS_COUNTED and len(works) <= MOST_SESSIONS_COUNTED
    writers = _writers(works, counted=counted)
    return Changers(writers, _shares(writers), counted)


def _cut(spans: Sequence[Window], since: datetime, until: datetime) -> list[Window]:
    """The parts of these times that lie between the two moments."""
    cut = [Window(max(one.since, since), min(one.until or until, until)) for one in spans]
    return [one for one in cut if one.until is not None and one.since < one.until]


def _writers(works: Sequence[Work], *, counted: bool) -> list[Writer]:
    people = User.objects.in_bulk({work.author_id for work in works if work.author_id})
    places = Organisation.objects.in_bulk({work.organisation_id for work in works if work.organisation_id})
    counts = counts_of(works) if counted else {}
    found: dict[tuple[UUID, UUID | None, UUID | None], Writer] = {}
    for work in works:
        key = (work.section_id, work.author_id, work.organisation_id)
        author = people.get(work.author_id) if work.author_id else None
        place = places.get(work.organisation_id) if work.organisation_id else None
        writer = found.setdefault(key, Writer(work.section_id, author, place))
        writer.works.append(work)
        if work in counts:
            writer.added, writer.removed = writer.added + counts[work].added, writer.removed + counts[work].removed
    return list(found.values())


def _shares(writers: Sequence[Writer]) -> list[Share]:
    by_place: Mapping[Organisation | None, list[Writer]] = {writer.organisation: [] for writer in writers}
    for writer in writers:
        by_place[writer.organisation].append(writer)
    shares = [
        Share(
            organisation=place,
            sections=len({writer.section_id for writer in some}),
            people=len({writer.author for writer in some}),
            added=sum(writer.added for writer in some),
            removed=sum(writer.removed for writer in some),
        )
        for place, some in by_place.items()
    ]
    return sorted(shares, key=lambda share: share.organisation.name if share.organisation else "")
