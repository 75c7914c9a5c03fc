"""Every reading of a report is put on record."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from accounts.models import AuditEvent, User
from documents.actions.trail import record_on
from documents.models import Image, Report, Section

ONE_READING = timedelta(hours=1)


def record_reading(user: User, report: Report, view: str, read: Iterable[Section]) -> None:
    """One row in the trail: who read a report, by which view and for which organisation, and what restricted parts."""
    restricted = [str(section.pk) for section in read if section.is_restricted]
    record_on(report, "report.read", report, by=user, view=view, restricted=restricted)


def record_reading_once(user: User, report: Report, view: str, read: Iterable[Section]) -> None:
    """The same, unless this person's reading of the report is on record for the last hour: pages ask again and again."""
    lately = AuditEvent.objects.filter(object_id=str(report.pk), verb="report.read", actor_id=user.pk)
    if not lately.filter(at__gte=timezone.now() - ONE_READING).exists():
        record_reading(user, report, view, read)


def record_look(user: User, image: Image) -> None:
    """The same for a picture, which has an address of its own."""
    record_on(image.section.report, "image.read", image, by=user, section=str(image.section_id))
