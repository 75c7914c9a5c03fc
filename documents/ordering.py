"""The order of a report's sections: positions 1, 2, 3 …, deleted sections keeping their place for a restore."""

from django.db.models import F

from documents.models import Report, Section

# Positions are unique in a report. A new order goes by way of numbers that no order uses.
ASIDE = 1_000_000


def place(report: Report, section: Section, *, after: Section | None) -> None:
    """Put a section directly after another one (None: first). The report's row must be held."""
    others = list(report.sections.exclude(pk=section.pk).order_by("position"))
    index = next((i + 1 for i, other in enumerate(others) if after is not None and other.pk == after.pk), 0)
    others.insert(index, section)
    _write(report, others)


def last_of(report: Report) -> Section | None:
    """The section at the end of the report, deleted ones included."""
    return report.sections.order_by("position").last()


def _write(report: Report, order: list[Section]) -> None:
    moved = [section for position, section in enumerate(order, start=1) if section.position != position]
    report.sections.filter(pk__in=[section.pk for section in moved]).update(position=F("position") + ASIDE)
    for position, section in enumerate(order, start=1):
        section.position = position
    Section.objects.bulk_update(moved, ["position"])
