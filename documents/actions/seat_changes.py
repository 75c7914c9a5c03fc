"""What becomes of a version that is out for signature when its signatories change (`docs/adr/0013`).

Called by the rooms before this one, inside the transaction of what has changed. A seat is held before a report, never the
other way round.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from documents.actions import sign_offs, states
from documents.actions.locks import lock
from documents.actions.signing_notices import ask, tell_voided
from documents.lifecycle import ASK_AGAIN, RETURN, SIGNED
from documents.models import Decision, Report, ReportState, RequiredSeat
from documents.sign_off import signatures
from partnerships.models import Seat
from partnerships.seating import present_seats
from reviews.models import Participant, ParticipantState, Review


def participants_changed(review: Review) -> None:
    """A partnership that leaves takes its name off the text: it is written again. One that joins is asked to sign it."""
    for report in _held(Report.objects.filter(review=review, state__in=SIGNED)):
        version = report.signed_version
        lost = signatures.lost_partnership(version) if version else None
        if lost is not None and lost.decided_by is not None:
            reason = f"{lost.organisation.name} has left the review."
            states.move(report, RETURN, by=lost.decided_by, reason=reason, acting_for=lost.organisation)
        else:
            _ask_newcomers(report)


def seat_added(seat: Seat, by: User) -> None:
    """Counts from the next freeze on; at once only for a partnership that joined too late to be asked with the others."""
    participants = Participant.objects.filter(organisation=seat.partnership_id, state=ParticipantState.JOINED)
    for report in _held(Report.objects.filter(review__participants__in=participants, state__in=SIGNED)):
        _ask_newcomers(report, by)


def holders_changed(seat: Seat, by: User) -> None:
    """Void what was signed on a day on which the signer, as it is now known, did not hold the seat. Ask who holds it now."""
    needed = signatures.out([seat])
    for report in _held(Report.objects.filter(signed_version__in=needed.values("version"), state__in=SIGNED)):
        for required in needed.filter(version=report.signed_version_id):
            _check_signature(report, required, by)


def seat_is_asked(seat: Seat) -> bool:
    """Whether a version that is out for signature needs this seat."""
    frozen = Report.objects.filter(state=ReportState.FROZEN)
    return signatures.out([seat]).filter(version__in=frozen.values("signed_version")).exists()


def _check_signature(report: Report, required: RequiredSeat, by: User) -> None:
    signed = signatures.standing(required.version).filter(required_seat=required).select_related("signed_by").first()
    if signed is None:
        ask(report, [required], by=by)
        return
    day = timezone.localdate(signed.signed_at)
    if signed.decision == Decision.DECLINED or signatures.held_on(required, signed.signed_by_id, day):
        return
    name, when = signed.signed_by.full_name, date_format(day, "j F Y")
    partnership = required.participant.organisation.name
    reason = f"{name} did not hold this seat on {when}, as {partnership} has corrected."
    states.void(report, signed, by=by, reason=reason)
    tell_voided(report, [signed.signed_by], by=by)
    if not _ask_again(report, by, reason):
        ask(report, [required], by=by)


def _ask_newcomers(report: Report, by: User | None = None) -> None:
    """Partnerships that have joined since the version was frozen, or that had nobody to sign for them then."""
    version = report.signed_version
    for participant in signatures.without_seats(report, version):
        actor = by or participant.decided_by
        if version is None or actor is None:
            continue
        made = sign_offs.require(version, participant, present_seats([participant.organisation]))
        if not _ask_again(report, actor, f"{participant.organisation.name} takes part in the review, and has not signed."):
            ask(report, made, by=actor)


def _ask_again(report: Report, by: User, reason: str) -> bool:
    """Where everybody had signed: not any more. Whether it was so; those who have not signed have been asked then."""
    if report.state not in ASK_AGAIN.origins:
        return False
    states.move(report, ASK_AGAIN, by=by, reason=reason)
    return True


def _held(reports: QuerySet[Report]) -> Iterable[Report]:
    """Each of these reports with its row held, in one order for everybody; without those that have moved on meanwhile."""
    ids = list(reports.order_by("pk").values_list("pk", flat=True).distinct())
    for pk in ids:
        report = Report.objects.get(pk=pk)
        lock(report)
        if report.state in SIGNED:
            yield report
