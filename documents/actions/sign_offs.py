"""Signing: the seats that have to, what each of them decides, and opening a report again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts import audit
from accounts.models import User
from documents.access import acting_for
from documents.actions import states
from documents.actions.locks import lock
from documents.lifecycle import AGREE, DECLINE, REOPEN
from documents.models import Decision, Report, ReportState, RequiredSeat, SignOff, Version, VersionOpening
from documents.sign_off import signatures
from documents.sign_off.endings import ending_of
from documents.sign_off.sole_author import sole_author
from partnerships.models import Seat, SeatHolder
from partnerships.seating import held_by
from reviews.models import Participant, ReviewState

NOTE_MAX = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody says for one seat. The note of an approval with a note, or the reason of a refusal."""

    decision: Decision
    note: str = ""


def require(version: Version, participant: Participant, seats: Iterable[Seat]) -> list[RequiredSeat]:
    """Say that these seats of a partnership have to sign a version too."""
    return RequiredSeat.objects.bulk_create(
        RequiredSeat(version=version, participant=participant, seat=seat, name=seat.name, position=seat.position)
        for seat in seats
    )


@transaction.atomic
def sign(version: Version, answers: Mapping[RequiredSeat, Answer], *, by: User) -> list[SignOff]:
    """Record what a person decides for each of these seats; all or nothing. The same form sent twice records once.

    The last approval makes the report agreed; a refusal lets it be written again and ends all approvals.
    """
    report = version.report
    lock(report)
    answers = {seat: checked(answer) for seat, answer in answers.items()}
    if _is_recorded(answers, by):
        return []
    _check_out(report, version)
    _check_opened(version, by)
    signed = [_record(report, seat, answer, by) for seat, answer in answers.items()]
    _check_not_alone(version, {one.required_seat.participant for one in signed}, by)
    _conclude(report, version, signed, by)
    return signed


@transaction.atomic
def reopen(report: Report, *, reason: str, by: User) -> None:
    """Let a report be written again. Every approval of the version that is out ends, and stays in the record."""
    if len(reason.strip()) > NOTE_MAX:
        raise ValidationError({"reason": f"Shorten it to {NOTE_MAX} characters or fewer. It has {len(reason.strip())}."})
    states.move(report, REOPEN, by=by, reason=reason)


def _conclude(report: Report, version: Version, signed: list[SignOff], by: User) -> None:
    refusals = [one for one in signed if one.decision == Decision.DECLINED]
    if refusals:
        organisation = refusals[0].required_seat.participant.organisation
        reason = f"{refusals[0].required_seat.name} of {organisation.short_name} declined: {refusals[0].note}"
        states.move(report, DECLINE, by=by, reason=reason, acting_for=organisation)
    elif signatures.is_complete(report, version):
        states.move(report, AGREE, by=by)


def checked(answer: Answer) -> Answer:
    """Without blanks around the note; ValidationError where it is missing or too long."""
    note = answer.note.strip() if answer.decision != Decision.APPROVED else ""
    if answer.decision == Decision.DECLINED and not note:
        raise ValidationError("Say why you decline. Everybody on the review can read it.")
    if answer.decision == Decision.APPROVED_WITH_NOTE and not note:
        raise ValidationError("Enter your note, or approve without one.")
    if len(note) > NOTE_MAX:
        raise ValidationError(f"Shorten it to {NOTE_MAX} characters or fewer. It has {len(note)}.")
    return Answer(answer.decision, note)


def _is_recorded(answers: Mapping[RequiredSeat, Answer], by: User) -> bool:
    """Whether this person has said exactly this already: a button pressed twice, a page sent again."""
    rows = SignOff.objects.filter(required_seat__in=answers, signed_by=by)
    refused = rows.filter(decision=Decision.DECLINED, voided_at__isnull=True).exists()
    said = rows if refused else rows.filter(voided_at__isnull=True)
    found = {(row.required_seat_id, row.decision, row.note) for row in said}
    return bool(answers) and all((seat.pk, one.decision, one.note) in found for seat, one in answers.items())


def _check_out(report: Report, version: Version) -> None:
    if report.state != ReportState.FROZEN or report.signed_version_id != version.pk:
        raise ValidationError(f"{_what_became_of(report, version)} Nothing of what you chose has been recorded.")
    if report.review.state != ReviewState.OPEN:
        raise ValidationError("This review is closed, so nothing in it can be signed any more.")


def _what_became_of(report: Report, version: Version) -> str:
    if report.signed_version_id == version.pk:
        return f"Version {version.number} is {ReportState(report.state).label.lower()} already."
    ending = ending_of(version)
    words = f"Version {version.number} is not out for signature any more."
    if ending is None:
        return words
    when = date_format(timezone.localtime(ending.at), "j F Y, H:i")
    return f"{words} {ending.actor_name} {ending.did} on {when}. The reason given: {ending.reason}"


def _check_opened(version: Version, by: User) -> None:
    if not VersionOpening.objects.filter(version=version, opened_by=by).exists():
        raise ValidationError(f"Read version {version.number} first: you have not opened it yet.")


def _record(report: Report, seat: RequiredSeat, answer: Answer, by: User) -> SignOff:
    holder, organisation = _capacity(seat, by), acting_for(by, report)
    _check_unsigned(seat)
    sign_off = SignOff.objects.create(
        required_seat=seat,
        decision=answer.decision,
        note=answer.note,
        organisation=organisation,
        is_deputy=holder.is_deputy,
        signed_by=by,
    )
    audit.record(
        "sign_off.declined" if answer.decision == Decision.DECLINED else "sign_off.approved",
        by=by,
        obj=sign_off,
        organisation=seat.participant.organisation_id,
        review=report.review_id,
        report=str(report.pk),
        version=str(seat.version_id),
        seat=str(seat.seat_id),
        decision=answer.decision,
        deputy=holder.is_deputy,
        sha256=seat.version.sha256,
    )
    return sign_off


def _capacity(seat: RequiredSeat, by: User) -> SeatHolder:
    """As what a person signs today: as the holder before as a deputy."""
    holder = held_by(by).filter(seat=seat.seat_id).order_by("is_deputy").first()
    if holder is None:
        raise PermissionDenied
    return holder


def _check_unsigned(seat: RequiredSeat) -> None:
    done = SignOff.objects.select_related("signed_by").filter(required_seat=seat, voided_at__isnull=True).first()
    if done is not None:
        raise has_been_signed(seat, done)


def has_been_signed(seat: RequiredSeat, done: SignOff) -> ValidationError:
    """The refusal of a decision for a seat whose decision stands."""
    when = date_format(timezone.localtime(done.signed_at), "j F Y, H:i")
    return ValidationError(
        f"{done.signed_by.full_name} has signed for {seat.name} of {seat.participant.organisation.short_name} "
        f"on {when}: {done.get_decision_display().lower()}. Nothing of what you chose has been recorded."
    )


def _check_not_alone(version: Version, participants: set[Participant], by: User) -> None:
    """Whoever wrote all of a text cannot be the only person who approves it for a partnership."""
    alone = [one for one in participants if _signers(version, one) == {by.pk}]
    if alone and sole_author(version) == by.pk:
        name = alone[0].organisation.name
        raise ValidationError(
            f"You wrote all of this text, so somebody else has to sign for {name} too. Its administrators can name a "
            "deputy, or another holder of one of its seats. Nothing of what you chose has been recorded."
        )


def _signers(version: Version, participant: Participant) -> set[UUID | None]:
    """Who has approved for a partnership; None among them while one of its seats has not."""
    seats = RequiredSeat.objects.filter(version=version, participant=participant)
    approvals = signatures.standing(version).filter(required_seat__in=seats).exclude(decision=Decision.DECLINED)
    signers: set[UUID | None] = set(approvals.values_list("signed_by_id", flat=True))
    return signers | {None} if approvals.count() < seats.count() else signers
