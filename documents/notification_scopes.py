"""Whether a person may still open what a notification of this room is about."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from accounts.models import User
from documents.models import Report, Section, Thread

REPORT = "report"
SECTION = "section"
THREAD = "thread"


def _reports(user: User, ids: Collection[UUID]) -> set[UUID]:
    return set(Report.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))


def _sections(user: User, ids: Collection[UUID]) -> set[UUID]:
    """Present sections of reports that the person may read."""
    readable = Section.objects.visible_to(user).filter(pk__in=ids)
    reports = dict(readable.values_list("pk", "report_id"))
    open_ones = _reports(user, set(reports.values()))
    return {pk for pk, report in reports.items() if report in open_ones}


def _threads(user: User, ids: Collection[UUID]) -> set[UUID]:
    """Threads of readable sections, without those that are another organisation's own."""
    reports = dict(Thread.objects.visible_to(user).filter(pk__in=ids).values_list("pk", "section__report_id"))
    open_ones = _reports(user, set(reports.values()))
    return {pk for pk, report in reports.items() if report in open_ones}


SCOPES: Mapping[str, Callable[[User, Collection[UUID]], set[UUID]]] = {
    REPORT: _reports,
    SECTION: _sections,
    THREAD: _threads,
}
