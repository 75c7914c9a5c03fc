"""Two versions of a report beside each other, or a version and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from documents.access import report_for
from documents.models import Report, Version
from documents.text.comparing_html import Row, Stretch, rows, stretches
from documents.versions.access import NOW, versions_of
from documents.versions.changers import Changers, Writer, changers_of
from documents.versions.comparing import ReportComparison, SectionChange, compare_sides, side_of
from documents.views.reading import record_reading

INLINE, BESIDE = "inline", "side"


@dataclass(frozen=True, slots=True)
class Shown:
    """A section that is different, ready to be shown in one way."""

    change: SectionChange
    stretches: Sequence[Stretch]
    rows: Sequence[Row]
    writers: Sequence[Writer]


@require_safe
def compare(request: AuthenticatedHttpRequest, pk: UUID) -> HttpResponse:
    """What is different between two versions. Without a choice: the last one and now."""
    report = report_for(request.user, pk)
    versions = list(versions_of(report))
    old, new = _chosen(request, versions)
    view = INLINE if request.GET.get("view") == INLINE else BESIDE
    context: dict[str, object] = {
        "versions": versions,
        "from": old,
        "to": new,
        "view": view,
        "other_view": BESIDE if view == INLINE else INLINE,
        "report": report,
        "review": report.review,
        "tab": "report",
        "nav": "reviews",
    }
    if old is not None:
        context |= _compared(request, report, old, new, view)
    return render(request, "documents/versions/compare.html", context)


def _chosen(request: AuthenticatedHttpRequest, versions: Sequence[Version]) -> tuple[Version | None, Version | None]:
    """The earlier and the later one; None as the later is now. What an address names wrongly is chosen anew."""
    by_number = {str(version.number): version for version in versions}
    asked_old, asked_new = request.GET.get("from", ""), request.GET.get("to", "")
    if asked_old == NOW:
        asked_old, asked_new = asked_new, NOW
    new = by_number.get(asked_new)
    old = by_number.get(asked_old) or next((one for one in versions if new is None or one.number < new.number), None)
    if old and new and old.number > new.number:
        old, new = new, old
    return old, new


def _compared(
    request: AuthenticatedHttpRequest, report: Report, old: Version, new: Version | None, view: str
) -> dict[str, object]:
    sides = side_of(request.user, report, old), side_of(request.user, report, new)
    found = compare_sides(*sides)
    seen = {text.section_id for side in sides for text in side.texts}
    record_reading(request.user, report, "compare", report.sections.filter(pk__in=seen))
    changed = [change.text.section_id for change in found.changed]
    changers = changers_of(request.user, report, changed, sides[0].at, sides[1].at)
    return {"found": found, "shown": _shown(found, view, changers), "changers": changers}


def _shown(found: ReportComparison, view: str, changers: Changers) -> list[Shown]:
    names = [f"“{change.text.called}”" for change in found.changed]
    shown = []
    for part, change in enumerate(found.changed):
        pk = change.text.section_id
        prefix, comparison = pk.hex[:12], change.comparison
        one = stretches(comparison, prefix, part, names) if comparison and view == INLINE else []
        two = rows(comparison, prefix, part, names) if comparison and view == BESIDE else []
        shown.append(Shown(change, one, two, changers.in_section(pk)))
    return shown
