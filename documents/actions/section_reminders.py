"""Reminding those who write a section that its day is near."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.actions.notifications import notify
from accounts.models import Notification, User
from accounts.notification_scopes import scope_of
from documents.models import ReportState, Section
from documents.notification_kinds import SECTION_DUE
from documents.notification_scopes import SECTION
from partnerships.models import TeamRole
from reviews.models import ParticipantState, ReviewState, TeamMember

# So many days before the day, or at the next look after that.
BEFORE = timedelta(days=3)


def remind() -> int:
    """Remind of every section that is due soon and not done; how many people were told."""
    return sum(_remind_of(pk) for pk in _due().values_list("pk", flat=True))


@transaction.atomic
def _remind_of(pk: UUID) -> int:
    """The row is held, so that two workers do not tell the same person. Nobody is told of one day twice."""
    section = _due().select_for_update(of=("self",)).select_related("report").filter(pk=pk).first()
    if section is None or section.due_on is None:
        return 0
    scope = scope_of(SECTION, section.pk)
    told = Notification.objects.filter(kind=SECTION_DUE, scope=scope, created_at__gte=_begin(section.due_on - BEFORE))
    people = list(_writers(section).exclude(pk__in=told.values("to")))
    notify(people, SECTION_DUE, url=f"{reverse('report', args=[section.report_id])}#section-{section.pk}", scope=scope)
    return len(people)


def _due() -> QuerySet[Section]:
    today = timezone.localdate()
    sections: QuerySet[Section] = Section.objects.present().filter(
        done_at__isnull=True,
        assigned_to__isnull=False,
        due_on__gte=today,
        due_on__lte=today + BEFORE,
        report__state=ReportState.DRAFTING,
        report__review__state=ReviewState.OPEN,
    )
    return sections


def _writers(section: Section) -> QuerySet[User]:
    """Whoever of the organisation can write on the review now."""
    places = TeamMember.objects.filter(
        ended_at__isnull=True,
        role__in=[TeamRole.AUTHOR, TeamRole.LEAD],
        participant__state=ParticipantState.JOINED,
        participant__review=section.report.review_id,
        participant__organisation=section.assigned_to_id,
    )
    return User.objects.filter(pk__in=places.values("user"))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
