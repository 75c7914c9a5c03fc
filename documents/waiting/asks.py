"""What a person is asked for: comments in a round, signatures for the seats that they sign for today."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.models import CommentRound, Report, ReportState, RequiredSeat, SignOff
from documents.places import Place
from documents.waiting.item import Task, listed
from partnerships.models import TeamRole
from partnerships.seating import held_by
from reviews.models import ReviewState


def rounds_to_answer(rounds: Iterable[CommentRound], places: Mapping[UUID, Place]) -> Iterable[Task]:
    """Of these open rounds (reports and invitations loaded): those that ask a person, and those that are theirs to close."""
    for one in rounds:
        place, is_over = places[one.report.review_id], one.closes_on < timezone.localdate()
        url = reverse("round", args=[one.pk])
        asked = place.organisation.pk in {invitation.participant.organisation_id for invitation in one.invitations.all()}
        if asked and not is_over and place.role != TeamRole.OBSERVER:
            yield Task("comment", f"Comment on “{one.report}”", url, f"{one.report.review} · {one.name}", one.closes_on)
        if place.is_lead and is_over:
            yield Task("clock", f"Close the comment round “{one.name}”", url, str(one.report), one.closes_on)


def signatures_to_give(user: User) -> Iterable[Task]:
    """Reports that are out for signature and wait for a seat that this person holds, or stands in for, today."""
    deputy = dict(held_by(user).values_list("seat_id", "is_deputy"))
    for version, seats in groupby(_seats_waiting(user, list(deputy)), key=lambda seat: seat.version):
        report, waiting = version.report, list(seats)
        held = listed(_words(seat) for seat in waiting if not deputy[seat.seat_id])
        stands_in = listed(_words(seat) for seat in waiting if deputy[seat.seat_id])
        parts = [held and f"you hold {held}", stands_in and f"you stand in for {stands_in}"]
        about = " · ".join(filter(None, [str(report.review), *parts]))
        url = reverse("report_sign_off", args=[report.pk])
        yield Task("pencil", f"Sign “{report}”, version {version.number}", url, about)


def _seats_waiting(user: User, seats: Sequence[UUID]) -> list[RequiredSeat]:
    """The rows of these seats on versions that this person may open, without a decision that stands."""
    if not seats:
        return []
    out = Report.objects.visible_to(user).filter(state=ReportState.FROZEN, review__state=ReviewState.OPEN)
    decided = SignOff.objects.filter(required_seat=OuterRef("pk"), voided_at__isnull=True)
    return list(
        RequiredSeat.objects.filter(~Exists(decided), seat__in=seats, version__in=out.values("signed_version"))
        .select_related("version__report__review", "participant__organisation")
        .order_by("version_id", "position", "id")
    )


def _words(seat: RequiredSeat) -> str:
    return f"{seat.name} of {seat.participant.organisation.short_name}"
