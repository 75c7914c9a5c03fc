"""Reports in a later state than a draft, for tests that are about something else than how they got there."""

from documents.lifecycle import moves
from documents.models import Report, ReportState, Version, VersionKind
from documents.sign_off import signatures

_STEPS = moves()


def put(report: Report, state: ReportState) -> Version:
    """Take a report by allowed steps from its draft to another state, with an empty version that no seat has to sign.

    `documents.actions.states.move` is what the product does; this writes what it would leave behind, and tells nobody.
    """
    version = blank_version(report)
    for step in _way_to(state):
        Report.objects.filter(pk=report.pk).update(state=step, signed_version=version)
    report.refresh_from_db(fields=["state", "signed_version"])
    return version


def freeze(report: Report) -> Version:
    """The state that most tests ask for."""
    return put(report, ReportState.FROZEN)


def blank_version(report: Report, kind: VersionKind = VersionKind.FROZEN) -> Version:
    """A version without sections."""
    lead = signatures.signing_participants(report).get(is_lead=True)
    return Version.objects.create(
        report=report,
        number=report.versions.count() + 1,
        kind=kind,
        name="For signature",
        canonical="{}",
        sha256="0" * 64,
        words=0,
        organisation=lead.organisation,
        created_by=report.created_by,
    )


def _way_to(state: ReportState) -> list[ReportState]:
    """The shortest way from the draft."""
    ways: list[list[ReportState]] = [[ReportState.DRAFTING]]
    for way in ways:
        if way[-1] == state:
            return way[1:]
        ways += [[*way, target] for origin, target in _STEPS if origin == way[-1] and target not in way]
    raise AssertionError(f"no step leads to {state}")
