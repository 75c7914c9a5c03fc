"""What is waiting for a person, what changed lately, and where their reviews stand. A constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.known_sections import KnownSections
from documents.models import Report, Section, SectionUpdate
from documents.places import places_of
from documents.waiting.asks import rounds_to_answer, signatures_to_give
from documents.waiting.comments import Comments
from documents.waiting.item import Task
from documents.waiting.progress import Progress
from partnerships.grants import Level
from partnerships.models import MembershipRole, Organisation
from reviews.models import Participant, ParticipantState, Review, ReviewState
from reviews.people import with_teams

MOST_REVIEWS = 20
MOST_CHANGES = 10
RECENT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Change:
    """An organisation has changed a section's text lately."""

    title: str
    url: str
    report: Report
    organisation: Organisation | None
    at: datetime


class _Latest(NamedTuple):
    section_id: UUID
    organisation_id: UUID | None
    at: datetime


class Desk:
    """Everything that the first screen shows to one person."""

    def __init__(self, user: User) -> None:
        self.user = user
        reviews = list(Review.objects.visible_to(user).filter(state=ReviewState.OPEN)[:MOST_REVIEWS])
        self.places = places_of(user, reviews)
        self.reviews = [review for review in reviews if review.pk in self.places]
        self.participants = _participants(self.reviews)
        self.reports = _reports(user, self.reviews)
        everything = [report for listed in self.reports.values() for report in listed]
        self.sections = KnownSections(user, everything)
        everybody = [one for listed in self.participants.values() for one in listed]
        self.progress = Progress(user, self.sections, everything, everybody)

    def tasks(self) -> list[Task]:
        """The most urgent first: by date, and what has no date after that."""
        waiting = [
            *signatures_to_give(self.user),
            *rounds_to_answer(self.progress.rounds.values(), self.places),
            *self._sections_to_write(),
            *Comments(self.user, self.sections, self.places).tasks(),
            *_invitations(self.user),
            *self._reports_to_make(),
        ]
        return sorted(waiting, key=lambda task: (task.due_on is None, task.due_on or date.max))

    def changes(self) -> list[Change]:
        """What others have changed in the last two weeks, the latest first."""
        rows = list(_latest_updates(self.user, self.sections.readable()))
        organisations = Organisation.objects.in_bulk({row.organisation_id for row in rows if row.organisation_id})
        return [
            Change(
                title=self.sections.title(row.section_id),
                url=_section_url(self.sections.by_id[row.section_id]),
                report=self.sections.by_id[row.section_id].report,
                organisation=organisations.get(row.organisation_id) if row.organisation_id else None,
                at=row.at,
            )
            for row in rows
        ]

    def _sections_to_write(self) -> Iterable[Task]:
        for section in self.sections.by_id.values():
            place = self.places[section.report.review_id]
            mine = section.assigned_to_id == place.organisation.pk and section.done_at is None
            if mine and self.sections.levels[section.pk] == Level.EDIT:
                verb = "Finish" if self.sections.has_text(section) else "Start"
                title = self.sections.title(section.pk)
                about = f"{section.report} · {place.organisation.short_name} writes it"
                yield Task("pencil", f"{verb} {title}", _section_url(section), about, section.due_on)

    def _reports_to_make(self) -> Iterable[Task]:
        for review in self.reviews:
            if self.places[review.pk].is_lead and not self.reports[review.pk]:
                url = reverse("report_new", args=[review.pk])
                yield Task("pencil", "Make the joint report", url, f"{review} · you lead this review")


def _participants(reviews: Sequence[Review]) -> Mapping[UUID, list[Participant]]:
    listed: dict[UUID, list[Participant]] = {review.pk: [] for review in reviews}
    for participant in with_teams(listed):
        listed[participant.review_id].append(participant)
    return listed


def _reports(user: User, reviews: Sequence[Review]) -> Mapping[UUID, list[Report]]:
    by_id = {review.pk: review for review in reviews}
    listed: dict[UUID, list[Report]] = {pk: [] for pk in by_id}
    for report in Report.objects.visible_to(user).filter(review__in=by_id).main_first():
        report.review = by_id[report.review_id]
        listed[report.review_id].append(report)
    return listed


def _invitations(user: User) -> Iterable[Task]:
    """Invitations to take part that wait for this person as their organisation's administrator."""
    waiting = Participant.objects.filter(
        state=ParticipantState.INVITED,
        organisation__memberships__user=user,
        organisation__memberships__role=MembershipRole.ADMIN,
    ).select_related("organisation")
    for participant in waiting:
        url = reverse("participation", args=[participant.pk])
        yield Task("envelope", "Answer an invitation to a review", url, f"For {participant.organisation.name}")


def _latest_updates(user: User, section_ids: Sequence[UUID]) -> Iterable[_Latest]:
    rows = SectionUpdate.objects.filter(section_id__in=section_ids, at__gte=timezone.now() - RECENT).exclude(author=user)
    grouped = rows.values_list("section_id", "organisation_id").annotate(last=Max("at")).order_by("-last")
    return [_Latest(*row) for row in grouped[:MOST_CHANGES]]


def _section_url(section: Section) -> str:
    return f"{reverse('report', args=[section.report_id])}#section-{section.pk}"
