"""Reminding organisations that the last day of a comment round is near."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.actions.notifications import notify
from accounts.notification_scopes import scope_of
from documents.models import CommentRound, ReportState
from documents.notification_kinds import ROUND_CLOSING
from documents.notification_scopes import REPORT
from documents.rounds.standing import invited_people
from reviews.models import ReviewState

# So many days before the last day, or at the next look after that.
BEFORE = timedelta(days=3)


def remind() -> int:
    """Remind of every round whose last day is near, once a day that was named; how many rounds these were."""
    return sum(_remind_of(one.pk) for one in _due())


@transaction.atomic
def _remind_of(pk: UUID) -> bool:
    """Whether it was still to be done: another worker may have been faster, or the day was changed."""
    found = _due().select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        return False
    CommentRound.objects.filter(pk=found.pk).update(reminded_for=found.closes_on)
    url, scope = reverse("round", args=[found.pk]), scope_of(REPORT, found.report_id)
    notify(invited_people(found), ROUND_CLOSING, url=url, scope=scope)
    return True


def _due() -> QuerySet[CommentRound]:
    today = timezone.localdate()
    return CommentRound.objects.filter(
        closed_at__isnull=True,
        closes_on__gte=today,
        closes_on__lte=today + BEFORE,
        report__state=ReportState.DRAFTING,
        report__review__state=ReviewState.OPEN,
    ).exclude(reminded_for=F("closes_on"))
