"""What the database itself refuses, whoever writes to it."""

import pytest
from django.db import IntegrityError, transaction

from documents.lifecycle import moves
from documents.models import Report, ReportKind, ReportState
from tests.support import states
from tests.support.cast import Cast

ALL = list(ReportState)


@pytest.mark.parametrize("origin", ALL)
def test_a_report_moves_along_the_table_and_in_no_other_way(cast: Cast, origin: ReportState) -> None:
    version = states.put(cast.report, origin) if origin != ReportState.DRAFTING else states.blank_version(cast.report)

    for target in ALL:
        signed = None if target == ReportState.DRAFTING else version
        if target == origin or (origin, target) in moves():
            with transaction.atomic():
                _write(cast.report, target, signed)
                transaction.set_rollback(True)
        else:
            with pytest.raises(IntegrityError, match="does not move like this"), transaction.atomic():
                _write(cast.report, target, signed)


def test_a_report_is_a_draft_exactly_as_long_as_it_has_no_signed_version(cast: Cast) -> None:
    version = states.blank_version(cast.report)

    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=cast.report.pk).update(signed_version=version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=cast.report.pk).update(state=ReportState.FROZEN)


def test_a_report_starts_as_a_draft(cast: Cast) -> None:
    version = states.blank_version(cast.report)
    report = Report(review=cast.review, kind=ReportKind.BRIEFING, title="Born frozen", created_by=cast.amira)
    report.state, report.signed_version = ReportState.FROZEN, version

    with pytest.raises(IntegrityError, match="starts as a draft"), transaction.atomic():
        report.save(force_insert=True)


def test_the_version_under_the_signatures_cannot_be_exchanged(cast: Cast) -> None:
    states.freeze(cast.report)
    other = states.blank_version(cast.report)

    with pytest.raises(IntegrityError, match="stays the same"), transaction.atomic():
        Report.objects.filter(pk=cast.report.pk).update(signed_version=other)


def _write(report: Report, state: ReportState, signed: object) -> None:
    Report.objects.filter(pk=report.pk).update(state=state, signed_version=signed)
