"""What is waiting for a person, what changed lately, and where their reviews stand. A constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents import policies
from documents.access import may_know
from documents.models import Report, Section, SectionUpdate
from documents.numbering import numbers
from partnerships.grants import Level, checker_for
from partnerships.models import MembershipRole, Organisation, TeamRole
from reviews.models import Participant, ParticipantState, Review, ReviewState, TeamMember

MOST_REVIEWS = 20
MOST_CHANGES = 10
RECENT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for this person: what to do, about what, by when."""

    icon: str
    do: str
    url: str
    about: str
    due_on: date | None = None

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def is_today(self) -> bool:
        return self.due_on == timezone.localdate()


@dataclass(frozen=True, slots=True)
class Change:
    """An organisation has changed a section's text lately."""

    title: str
    url: str
    report: Report
    organisation: Organisation | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on a review."""

    review: Review
    organisation: Organisation
    role: TeamRole
    is_lead: bool


class _Latest(NamedTuple):
    section_id: UUID
    organisation_id: UUID | None
    at: datetime


class Desk:
    """Everything that the first screen shows to one person."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.places = _places(user)
        reviews = Review.objects.visible_to(user).filter(state=ReviewState.OPEN)
        self.reviews = [review for review in reviews[:MOST_REVIEWS] if review.pk in self.places]
        self.participants = _participants(self.reviews)
        self.reports = _reports(user, self.reviews)
        self.sections = _Known(user, [report for listed in self.reports.values() for report in listed])

    def tasks(self) -> list[Task]:
        """The most urgent first: by date, and what has no date after that."""
        waiting = [*self._sections_to_write(), *_invitations(self.user), *self._reports_to_make()]
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


class _Known:
    """The sections of some reports that a person may know of, with numbers and levels, from four queries."""

    def __init__(self, user: User, reports: Sequence[Report]) -> None:
        by_report = {report.pk: report for report in reports}
        written = Exists(SectionUpdate.objects.filter(section=OuterRef("pk")))
        sections = list(
            Section.objects.present().filter(report__in=by_report).select_related("assigned_to").annotate(is_written=written)
        )
        checker = checker_for(user)
        checker.prefetch(sections)
        self.levels: dict[UUID, Level | None] = {}
        self.by_id: dict[UUID, Section] = {}
        for section in sections:
            section.report = by_report[section.report_id]
            self.levels[section.pk] = policies.limit(checker.level(section), section.report, section)
            if may_know(section, self.levels[section.pk]):
                self.by_id[section.pk] = section
        self._numbers = _numbers_by_report(self.by_id.values())

    def readable(self) -> list[UUID]:
        return [pk for pk in self.by_id if self.levels[pk] is not None]

    def title(self, section_id: UUID) -> str:
        """ "section 8, The young people"."""
        number, section = self._numbers[section_id], self.by_id[section_id]
        return f"section {number}, {section}" if number else f"“{section}”"

    @staticmethod
    def has_text(section: Section) -> bool:
        return bool(section.is_written)  # type: ignore[attr-defined]  # annotated above

    def progress(self, report: Report) -> tuple[int, int]:
        """How many of the sections that this person may read are done, and how many there are."""
        listed = [self.by_id[pk] for pk in self.readable() if self.by_id[pk].report_id == report.pk]
        return sum(section.done_at is not None for section in listed), len(listed)

    def next_to_write(self, report: Report) -> Section | None:
        """The assigned section of a report that is due first and is not done."""
        listed = [self.by_id[pk] for pk in self.readable() if self.by_id[pk].report_id == report.pk]
        open_ones = [section for section in listed if section.done_at is None and section.assigned_to_id]
        return min(open_ones, key=lambda section: (section.due_on or date.max, section.position), default=None)


def _numbers_by_report(sections: Iterable[Section]) -> dict[UUID, str]:
    listed: dict[UUID, list[Section]] = defaultdict(list)
    for section in sections:
        listed[section.report_id].append(section)
    return {pk: number for group in listed.values() for pk, number in numbers(group).items()}


def _places(user: User) -> dict[UUID, Place]:
    rows = TeamMember.objects.select_related("participant__organisation", "participant__review").filter(
        user=user, ended_at__isnull=True, participant__state=ParticipantState.JOINED
    )
    return {row.participant.review_id: _place(row) for row in rows}


def _place(row: TeamMember) -> Place:
    leads = row.participant.is_lead and row.role == TeamRole.LEAD
    return Place(row.participant.review, row.participant.organisation, TeamRole(row.role), leads)


def _participants(reviews: Sequence[Review]) -> Mapping[UUID, list[Participant]]:
    listed: dict[UUID, list[Participant]] = {review.pk: [] for review in reviews}
    states = [ParticipantState.INVITED, ParticipantState.JOINED]
    for participant in Participant.objects.filter(review__in=reviews, state__in=states).select_related("organisation"):
        listed[participant.review_id].append(participant)
    return listed


def _reports(user: User, reviews: Sequence[Review]) -> Mapping[UUID, list[Report]]:
    by_id = {review.pk: review for review in reviews}
    listed: dict[UUID, list[Report]] = {pk: [] for pk in by_id}
    for report in Report.objects.visible_to(user).filter(review__in=by_id):
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
