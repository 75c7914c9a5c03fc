"""Every change to a report's list of sections or to its levels holds the report's row."""

from documents import policies
from documents.models import Report, Section


def lock(report: Report) -> None:
    """Hold the report's row until the transaction ends, and read anew how it stands."""
    fresh = Report.objects.select_related("review", "signed_version").select_for_update(of=("self",)).get(pk=report.pk)
    report.state, report.review, report.signed_version = fresh.state, fresh.review, fresh.signed_version


def lock_open(report: Report) -> None:
    """The same, and refuse (ValidationError) unless it is still being written."""
    lock(report)
    policies.check_open(report)


def lock_section(section: Section) -> None:
    """The same for a section's report; the section is read anew and must be present."""
    lock_open(section.report)
    section.refresh_from_db(from_queryset=Section.objects.select_related("assigned_to", "report__review"))
    policies.check_present(section)
