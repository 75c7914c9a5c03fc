"""What a person may know of the sections of some reports: numbers, levels, progress. A constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from documents import policies
from documents.access import may_know
from documents.models import Report, Section, SectionUpdate
from documents.numbering import numbers
from partnerships.grants import Level, checker_for


class KnownSections:
    """From four queries, however many reports and sections there are."""

    def __init__(self, user: User, reports: Sequence[Report]) -> None:
        by_report = {report.pk: report for report in reports}
        written = Exists(SectionUpdate.objects.filter(section=OuterRef("pk")))
        sections = list(
            Section.objects.present().filter(report__in=by_report).select_related("assigned_to").annotate(is_written=written)
        )
        checker = checker_for(user)
        checker.prefetch(sections)
        self.levels: dict[UUID, Level | None] = {}
        self.by_id: dict[UUID, Section] = {}
        for section in sections:
            section.report = by_report[section.report_id]
            self.levels[section.pk] = policies.limit(checker.level(section), section.report, section)
            if may_know(section, self.levels[section.pk]):
                self.by_id[section.pk] = section
        self._numbers = _numbers_by_report(self.by_id.values())

    def readable(self) -> list[UUID]:
        return [pk for pk in self.by_id if self.levels[pk] is not None]

    def title(self, section_id: UUID) -> str:
        """ "section 8, The young people"."""
        number, section = self._numbers[section_id], self.by_id[section_id]
        return f"section {number}, {section}" if number else f"“{section}”"

    @staticmethod
    def has_text(section: Section) -> bool:
        return bool(section.is_written)  # type: ignore[attr-defined]  # annotated above

    def progress(self, report: Report) -> tuple[int, int]:
        """How many of the sections that this person may read are done, and how many there are."""
        listed = [self.by_id[pk] for pk in self.readable() if self.by_id[pk].report_id == report.pk]
        return sum(section.done_at is not None for section in listed), len(listed)

    def next_to_write(self, report: Report) -> Section | None:
        """The assigned section of a report that is due first and is not done."""
        listed = [self.by_id[pk] for pk in self.readable() if self.by_id[pk].report_id == report.pk]
        open_ones = [section for section in listed if section.done_at is None and section.assigned_to_id]
        return min(open_ones, key=lambda section: (section.due_on or date.max, section.position), default=None)


def _numbers_by_report(sections: Iterable[Section]) -> dict[UUID, str]:
    listed: dict[UUID, list[Section]] = defaultdict(list)
    for section in sections:
        listed[section.report_id].append(section)
    return {pk: number for group in listed.values() for pk, number in numbers(group).items()}
