"""What the database itself refuses, whoever writes to it."""

import pytest
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction
from django.utils import timezone

from documents.actions import sign_offs
from documents.lifecycle import moves
from documents.models import Decision, Report, ReportKind, ReportState, RequiredSeat, SignOff
from documents.sign_off import signatures
from tests.support import states
from tests.support.cast import Cast
from tests.support.seats import one_each
from tests.support.signing import out_for_signature, signs

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


@pytest.mark.usefixtures("transactional_db")
def test_a_migration_can_build_a_table_anew_and_the_rules_hold_afterwards(cast: Cast) -> None:
    """On SQLite nothing may refer to a table that is being replaced, and its own triggers go with it."""
    constraint = Report._meta.constraints[0]

    emit_pre_migrate_signal(0, False, DEFAULT_DB_ALIAS)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Report, constraint)
    with connection.schema_editor() as editor:
        editor.add_constraint(Report, constraint)
    emit_post_migrate_signal(0, False, DEFAULT_DB_ALIAS)

    with pytest.raises(IntegrityError, match="does not move like this"):
        Report.objects.filter(pk=cast.report.pk).update(
            state=ReportState.AGREED, signed_version=states.blank_version(cast.report)
        )


@pytest.fixture
def signed(cast: Cast) -> SignOff:
    """Bella's approval of a version that Amira and Gwen have not signed yet."""
    chairs = one_each(cast)
    [signed] = signs(out_for_signature(cast), [chairs["bristol"]], by=cast.bella)
    return signed


@pytest.mark.parametrize(
    "change",
    [
        {"decision": Decision.DECLINED, "note": "No."},
        {"note": "And more."},
        {"is_deputy": True},
        {"signed_at": timezone.now()},
        {"void_reason": "Only half of it."},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_signature_never_changes(signed: SignOff, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.filter(pk=signed.pk).update(**change)


def test_a_signature_is_voided_once_and_stays_void(cast: Cast, signed: SignOff) -> None:
    signatures.void(signed, by=cast.amira, reason="A name has to go.")

    for change in ({"voided_at": None, "voided_by": None, "void_reason": ""}, {"void_reason": "Another reason."}):
        with pytest.raises(IntegrityError, match="only be voided, once"), transaction.atomic():
            SignOff.objects.filter(pk=signed.pk).update(**change)


def test_a_signature_and_the_seats_of_a_version_stay(signed: SignOff) -> None:
    for act in (
        lambda: SignOff.objects.filter(pk=signed.pk).delete(),
        lambda: RequiredSeat.objects.filter(pk=signed.required_seat_id).update(name="Another seat"),
        lambda: RequiredSeat.objects.exclude(pk=signed.required_seat_id).delete(),
    ):
        with pytest.raises(IntegrityError, match=r"stays in the record|are fixed"), transaction.atomic():
            act()


def test_one_decision_stands_a_seat(cast: Cast, signed: SignOff) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _sign_again(signed)


def test_only_what_is_out_can_be_signed(cast: Cast, signed: SignOff) -> None:
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)

    with pytest.raises(IntegrityError, match="Only the version that is out"), transaction.atomic():
        _sign_again(signed)


def test_a_report_is_not_agreed_while_a_seat_has_not_approved(cast: Cast, signed: SignOff) -> None:
    with pytest.raises(IntegrityError, match="agreed when every seat has approved"), transaction.atomic():
        Report.objects.filter(pk=cast.report.pk).update(state=ReportState.AGREED)


def _sign_again(signed: SignOff) -> None:
    SignOff.objects.create(
        required_seat=signed.required_seat,
        decision=Decision.APPROVED,
        organisation=signed.organisation,
        signed_by=signed.signed_by,
    )
