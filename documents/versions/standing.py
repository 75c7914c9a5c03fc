"""What the page of a report says of the version that is out for signature, or was agreed."""

from dataclasses import dataclass

from documents.models import Report, ReportState, RequiredSeat, Version
from documents.sign_off import signatures


@dataclass(frozen=True, slots=True)
class Standing:
    """A frozen text: which version it is, and how many of its signatures are in."""

    version: Version
    needed: int
    signed: int

    @property
    def words(self) -> str:
        """ "Frozen as version 7"."""
        name = "Frozen" if self.version.report.state == ReportState.FROZEN else self.version.report.get_state_display()
        return f"{name} as version {self.version.number}"

    @property
    def is_complete(self) -> bool:
        return 0 < self.needed == self.signed


def standing_of(report: Report) -> Standing | None:
    """Three queries for a report that is frozen; none, and None, for one that is being written."""
    if report.signed_version_id is None:
        return None
    versions = Version.objects.select_related("created_by", "organisation").defer("canonical")
    version = versions.get(pk=report.signed_version_id)
    version.report = report
    needed = RequiredSeat.objects.filter(version=version).count()
    return Standing(version, needed, needed - signatures.unsigned(version).count())
