"""How far some reports are beyond their writing: rounds, what is open in them, signatures. A constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from accounts.models import User
from documents.known_sections import KnownSections
from documents.models import (
    CommentRound,
    Decision,
    Report,
    RequiredSeat,
    RoundInvitation,
    SignOff,
    SuggestionState,
    Thread,
    ThreadKind,
)
from partnerships.models import Organisation, OrganisationKind
from partnerships.seating import present_seats, seatings
from reviews.models import Participant, ParticipantState

_OPEN_SUGGESTION = Q(suggestion__state=SuggestionState.OPEN)
_OPEN_RISK = Q(kind=ThreadKind.IDENTIFICATION_RISK, resolved_at__isnull=True)


class Progress:
    """What stands in the way of the next step, as far as one person may know it."""

    def __init__(
        self, user: User, known: KnownSections, reports: Iterable[Report], participants: Iterable[Participant]
    ) -> None:
        by_id = {report.pk: report for report in reports}
        self.rounds = _open_rounds(by_id)
        self._seats = _required([report.signed_version_id for report in by_id.values() if report.signed_version_id])
        self._open = _open_by_section(user, known)
        self._known = known
        self._without_signatory = _without_signatory(participants)

    def round_of(self, report: Report) -> CommentRound | None:
        return self.rounds.get(report.pk)

    def suggestions(self, report: Report) -> int:
        """How many wait for a decision, among those that are for everybody."""
        return self._sum(report, 0)

    def risks(self, report: Report) -> int:
        """How many comments say that somebody could be recognised, and are not settled."""
        return self._sum(report, 1)

    def seats_of(self, report: Report) -> Sequence[RequiredSeat]:
        """Those that have to sign what is out; `is_signed` on each."""
        return self._seats.get(report.signed_version_id, []) if report.signed_version_id else []

    def without_signatory(self, participants: Iterable[Participant]) -> Organisation | None:
        """A partnership among these for which nobody could sign today."""
        joined = (one for one in participants if one.state == ParticipantState.JOINED)
        return next((one.organisation for one in joined if one.organisation_id in self._without_signatory), None)

    def _sum(self, report: Report, which: int) -> int:
        return sum(counts[which] for pk, counts in self._open.items() if self._known.by_id[pk].report_id == report.pk)


def _open_rounds(reports: Mapping[UUID, Report]) -> dict[UUID, CommentRound]:
    asked = Prefetch("invitations", queryset=RoundInvitation.objects.select_related("participant"))
    found = {}
    for one in CommentRound.objects.filter(report__in=reports, closed_at__isnull=True).prefetch_related(asked):
        one.report = reports[one.report_id]
        found[one.report_id] = one
    return found


def _required(versions: Sequence[UUID]) -> dict[UUID, list[RequiredSeat]]:
    approved = SignOff.objects.filter(required_seat=OuterRef("pk"), voided_at__isnull=True).exclude(
        decision=Decision.DECLINED
    )
    rows = RequiredSeat.objects.filter(version__in=versions).select_related("participant__organisation")
    found: dict[UUID, list[RequiredSeat]] = {}
    for seat in rows.annotate(is_signed=Exists(approved)):
        found.setdefault(seat.version_id, []).append(seat)
    return found


def _open_by_section(user: User, known: KnownSections) -> dict[UUID, tuple[int, int]]:
    threads = Thread.objects.visible_to(user).filter(section__in=known.readable(), only_for__isnull=True)
    rows = threads.filter(_OPEN_SUGGESTION | _OPEN_RISK).order_by().values("section")
    counted = rows.annotate(suggestions=Count("pk", filter=_OPEN_SUGGESTION), risks=Count("pk", filter=_OPEN_RISK))
    return {row["section"]: (row["suggestions"], row["risks"]) for row in counted}


def _without_signatory(participants: Iterable[Participant]) -> set[UUID]:
    """Partnerships without a seat, or with one that nobody holds or stands in for."""
    partnerships = {
        one.organisation_id: one.organisation
        for one in participants
        if one.organisation.kind == OrganisationKind.PARTNERSHIP
    }
    seated = seatings(present_seats(partnerships.values()))
    empty = {one.seat.partnership_id for one in seated if not one.people}
    return empty | (partnerships.keys() - {one.seat.partnership_id for one in seated})
