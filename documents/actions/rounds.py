"""Comment rounds: chosen organisations are asked for their comments until a day."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts.actions.notifications import notify
from accounts.models import User
from accounts.notification_scopes import scope_of
from documents.access import organisation_on
from documents.actions.locks import lock_open
from documents.actions.trail import record_on
from documents.models import CommentRound, Report, RoundInvitation
from documents.notification_kinds import ROUND_CLOSED, ROUND_OPENED
from documents.notification_scopes import REPORT
from documents.rounds.standing import blockers_of, can_comment, invited_people
from documents.titles import one_line
from partnerships.models import Organisation
from reviews.models import Participant, ParticipantState

NAME_MAX, NOTE_MAX = 120, 2000


class Place(NamedTuple):
    """Where a comment that is made now belongs, and whether it comes too late."""

    round: CommentRound | None
    is_late: bool


def current_for(report: Report, organisation: Organisation) -> Place:
    """The round that a shared comment of this organisation belongs to: the last one that asked it.

    Late after its closing date or once it was closed. A private comment is nobody else's business: do not ask for one.
    """
    asked = CommentRound.objects.filter(report=report, invitations__participant__organisation=organisation)
    last = asked.order_by("-number").first()
    return Place(last, last is not None and (last.closed_at is not None or timezone.localdate() > last.closes_on))


@transaction.atomic
def open(  # noqa: A001 (rounds.open is what it does)
    report: Report, *, name: str, closes_on: date, participants: Sequence[Participant], by: User, note: str = ""
) -> CommentRound:
    """Ask organisations for their comments until a day, that day included. One round at a time."""
    lock_open(report)
    _check_no_other(report)
    name, note = _clean_name(name), _clean_note(note)
    _check_date(closes_on)
    _check_invited(report, participants)
    last = report.rounds.aggregate(last=Max("number"))["last"] or 0
    opened = CommentRound.objects.create(
        report=report, number=last + 1, name=name, note=note, closes_on=closes_on, opened_by=by
    )
    RoundInvitation.objects.bulk_create(RoundInvitation(round=opened, participant=one) for one in participants)
    asked = sorted(str(one.organisation_id) for one in participants)
    _record("round.opened", opened, by=by, closes_on=closes_on.isoformat(), organisations=asked)
    _tell(opened, invited_people(opened), ROUND_OPENED, by)
    return opened


@transaction.atomic
def change_date(comment_round: CommentRound, *, closes_on: date, by: User) -> None:
    """Give more time, or less. Comments that were late stay so: nobody is told otherwise afterwards."""
    _lock(comment_round)
    _check_date(closes_on)
    before = comment_round.closes_on
    if closes_on != before:
        comment_round.closes_on = closes_on
        comment_round.reminded_for = None
        comment_round.save(update_fields=["closes_on", "reminded_for"])
        _record("round.date_changed", comment_round, by=by, closes_on=closes_on.isoformat(), before=before.isoformat())


@transaction.atomic
def close(comment_round: CommentRound, *, by: User) -> None:
    """End it. Refused while it holds a comment about an identification risk of which nobody has said what became of it."""
    _lock(comment_round)
    count = blockers_of(comment_round, by).count()
    if count:
        some = "1 comment" if count == 1 else f"{count} comments"
        raise ValidationError(
            f"This round cannot be closed yet: {some} about an identification risk must be decided first. "
            "The list is on this page."
        )
    comment_round.closed_at, comment_round.closed_by = timezone.now(), by
    comment_round.save(update_fields=["closed_at", "closed_by"])
    _record("round.closed", comment_round, by=by)
    _tell(comment_round, invited_people(comment_round), ROUND_CLOSED, by)


def _lock(comment_round: CommentRound) -> None:
    """Hold the report's row; the round is read anew and must be open."""
    lock_open(comment_round.report)
    comment_round.refresh_from_db(fields=["closes_on", "closed_at", "closed_by", "reminded_for"])
    if comment_round.closed_at is not None:
        raise ValidationError(f"“{comment_round.name}” has been closed already.")


def _check_no_other(report: Report) -> None:
    other = report.rounds.filter(closed_at__isnull=True).first()
    if other is not None:
        raise ValidationError(f"“{other.name}” is still open. Close it before you open another round.")


def _check_date(closes_on: date) -> None:
    if closes_on < timezone.localdate():
        raise ValidationError({"closes_on": "This day is in the past. Choose today or a later day."})


def _check_invited(report: Report, participants: Sequence[Participant]) -> None:
    if not participants:
        raise ValidationError({"participants": "Choose at least one organisation."})
    able = can_comment(report)
    for one in participants:
        if one.review_id != report.review_id or one.state != ParticipantState.JOINED or one not in able:
            name = one.organisation.short_name
            raise ValidationError(
                {"participants": f"{name} cannot comment on this report. Let it comment first, on “Who may read and write”."}
            )


def _clean_name(text: str) -> str:
    name = one_line(text)
    if not name:
        raise ValidationError({"name": "Enter a name, such as “Factual accuracy”."})
    if len(name) > NAME_MAX:
        raise ValidationError({"name": f"The name has {len(name)} characters. Shorten it to {NAME_MAX} or fewer."})
    return name


def _clean_note(text: str) -> str:
    note = text.strip()
    if len(note) > NOTE_MAX:
        raise ValidationError({"note": f"The note has {len(note)} characters. Shorten it to {NOTE_MAX} or fewer."})
    return note


def _record(verb: str, comment_round: CommentRound, *, by: User, **data: Any) -> None:
    record_on(comment_round.report, verb, comment_round, by=by, number=comment_round.number, **data)


def _tell(comment_round: CommentRound, people: Collection[User], kind: str, by: User) -> None:
    notify(
        people,
        kind,
        url=reverse("round", args=[comment_round.pk]),
        scope=scope_of(REPORT, comment_round.report_id),
        organisation=organisation_on(by, comment_round.report),
        by=by,
    )
