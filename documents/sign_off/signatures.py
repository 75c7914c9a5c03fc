"""Which seats have to sign a version, and which of them have. Plain questions; the acts are in `actions/sign_offs.py`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from documents.lifecycle import SIGNED
from documents.models import Decision, Report, RequiredSeat, SignOff, Version
from partnerships.models import Organisation, OrganisationKind, Seat
from partnerships.people import active_admins
from partnerships.seating import Seating, present_seats, seatings
from reviews.models import Participant, ParticipantState, TeamMember


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a report cannot be put out for signature yet, and who can change that."""

    partnership: Organisation
    seat: Seat | None
    words: str
    changed_by: str


def signing_participants(report: Report) -> QuerySet[Participant]:
    """The partnerships that take part in the review of a report now: all of them sign it. Agencies do not."""
    return Participant.objects.select_related("organisation").filter(
        review=report.review_id, state=ParticipantState.JOINED, organisation__kind=OrganisationKind.PARTNERSHIP
    )


def seats_needed(report: Report) -> list[tuple[Participant, list[Seating]]]:
    """The seats that a version frozen today would need, by partnership: four queries however many."""
    participants = list(signing_participants(report))
    found = seatings(present_seats([one.organisation for one in participants]))
    return [(one, [seat for seat in found if seat.seat.partnership_id == one.organisation_id]) for one in participants]


def readers(report: Report) -> set[UUID]:
    """Everybody who may open a report."""
    places = TeamMember.objects.filter(
        ended_at__isnull=True,
        user__is_active=True,
        participant__state=ParticipantState.JOINED,
        participant__report_grants__report=report,
    )
    return set(places.values_list("user_id", flat=True))


def obstacles(report: Report) -> list[Obstacle]:
    """Partnerships without seats, and seats that nobody on the review can sign for today."""
    may_open, found = readers(report), list[Obstacle]()
    for participant, seats in seats_needed(report):
        partnership = participant.organisation
        if not seats:
            words = f"{partnership.name} has not said who signs for it."
            found.append(Obstacle(partnership, None, words, _administrators(partnership)))
        for seating in seats:
            if words := _why_nobody_signs(seating, may_open):
                found.append(Obstacle(partnership, seating.seat, words, _administrators(partnership)))
    return found


def standing(version: Version) -> QuerySet[SignOff]:
    """The decisions on a version that have not been voided."""
    return SignOff.objects.select_related("required_seat__participant__organisation").filter(
        required_seat__version=version, voided_at__isnull=True
    )


def unsigned(version: Version) -> QuerySet[RequiredSeat]:
    """The seats that have not approved a version."""
    approved = standing(version).exclude(decision=Decision.DECLINED)
    return RequiredSeat.objects.filter(version=version).exclude(pk__in=approved.values("required_seat"))


def without_seats(report: Report, version: Version | None) -> list[Participant]:
    """The partnerships for which no seat has to sign this version."""
    required = RequiredSeat.objects.filter(version=version) if version else RequiredSeat.objects.none()
    return list(signing_participants(report).exclude(pk__in=required.values("participant")))


def is_complete(report: Report, version: Version | None) -> bool:
    """Whether every seat of every partnership that takes part has approved the version."""
    return version is not None and not without_seats(report, version) and not unsigned(version).exists()


def has_declined(user: User, version: Version) -> bool:
    """Whether a refusal of this person stands."""
    return standing(version).filter(signed_by=user, decision=Decision.DECLINED).exists()


def lost_partnership(version: Version) -> Participant | None:
    """A partnership that had to sign and does not take part any more."""
    gone = Participant.objects.select_related("organisation", "decided_by").filter(
        ~Q(state=ParticipantState.JOINED), pk__in=RequiredSeat.objects.filter(version=version).values("participant")
    )
    return gone.first()


def out(seats: Collection[Seat]) -> QuerySet[RequiredSeat]:
    """Where these seats are needed by a version that is out for signature, agreed or scheduled."""
    return RequiredSeat.objects.select_related("version").filter(
        seat__in=seats, version__in=Report.objects.filter(state__in=SIGNED).values("signed_version")
    )


def held_on(seat: RequiredSeat, user_id: UUID, day: date) -> bool:
    """Whether a person held this seat, or stood in for its holder, on a day, as its partnership says now."""
    held = seat.seat.holders.filter(user=user_id, valid_from__lte=day)
    return held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).exists()


def void(sign_off: SignOff, *, by: User, reason: str) -> None:
    """Write who ended a signature, when and why; nothing else of it can change."""
    sign_off.voided_at, sign_off.voided_by, sign_off.void_reason = timezone.now(), by, reason
    sign_off.save(update_fields=["voided_at", "voided_by", "void_reason"])


def _why_nobody_signs(seating: Seating, may_open: set[UUID]) -> str:
    seat = f"{seating.seat.name} of {seating.seat.partnership.short_name}"
    if not seating.people:
        return f"{seat}: nobody holds this seat today."
    if not any(person.pk in may_open for person in seating.people):
        return f"{seat}: {seating.people[0].full_name} holds this seat, and cannot open the report."
    return ""


def _administrators(organisation: Organisation) -> str:
    names = [membership.user.full_name for membership in active_admins(organisation)]
    return " or ".join(names) or "its administrators"
