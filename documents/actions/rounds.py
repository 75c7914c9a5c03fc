"""Comment rounds: chosen organisations are asked for their comments until a day."""

from typing import NamedTuple

from django.utils import timezone

from documents.models import CommentRound, Report
from partnerships.models import Organisation


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
