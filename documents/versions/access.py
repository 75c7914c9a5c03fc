"""The only way to obtain a version of a report: with the report's permission. Which of its sections: `versions.reading`."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from documents.access import report_for
from documents.models import Report, Version
from partnerships.grants import Level

NOW = "now"


def version_for(user: User, pk: UUID) -> Version:
    """A version of a report that this person may read."""
    version = Version.objects.select_related("organisation", "created_by").filter(pk=pk).first()
    if version is None:
        raise Http404
    version.report = report_for(user, version.report_id)
    return version


def writable_report_for(user: User, pk: UUID) -> Report:
    """A report of which this person may name a milestone, because they write in it; 403 for its other readers."""
    return report_for(user, pk, at_least=Level.EDIT)


def versions_of(report: Report) -> QuerySet[Version]:
    """The versions of a report that was loaded for somebody, the last first, without their texts."""
    return report.versions.select_related("organisation", "created_by").defer("canonical")


def before(report: Report, version: Version) -> Version | None:
    """The version that precedes another one of the same report."""
    return versions_of(report).filter(number__lt=version.number).first()
