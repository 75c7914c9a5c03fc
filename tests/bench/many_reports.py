"""Many reviews with their reports, written straight into the tables: through the actions it would take an hour."""

from collections.abc import Iterator, Sequence
from uuid import uuid4

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from documents import truth
from documents.models import Report, ReportGrant, ReportKind, Section
from partnerships import grants
from partnerships.grants import Level
from partnerships.models import Organisation, RoleGroup, TeamRole
from reviews.models import Participant, ParticipantState, Review, ReviewKind, TeamMember
from reviews.truth import expected_grants

REPORTS_A_REVIEW = 5
SECTIONS_A_REPORT = 2
BATCH = 200


def add_reviews(
    count: int,
    *,
    lead: Organisation,
    leader: User,
    often: User,
    seldom: User,
    always: User | None = None,
    reports: int = REPORTS_A_REVIEW,
) -> None:
    """Reviews that one organisation leads, each with so many reports.

    `often` writes on two hundred of them, `seldom` on five, evenly spread, `always` on all.
    """
    for numbers in _batches(range(count), BATCH):
        reviews = Review.objects.bulk_create(_review(number, leader) for number in numbers)
        parts = Participant.objects.bulk_create(_participant(review, lead, leader) for review in reviews)
        _add_groups(parts)
        for user, wanted in ((often, 200), (seldom, 5)):
            every = max(1, count // wanted)
            chosen = [part for part, number in zip(parts, numbers, strict=True) if number % every == 0]
            _put_on_teams(chosen, user, by=leader)
        if always:
            _put_on_teams(parts, always, by=leader)
        _add_reports(parts, leader, reports)


def _review(number: int, leader: User) -> Review:
    return Review(title=f"Review {number}", reason="R", kind=ReviewKind.RAPID, lead_reason="L", opened_by=leader)


def _participant(review: Review, lead: Organisation, leader: User) -> Participant:
    return Participant(
        review=review,
        organisation=lead,
        is_lead=True,
        state=ParticipantState.JOINED,
        invited_by=leader,
        decided_at=timezone.now(),
        decided_by=leader,
        joined_at=timezone.now(),
    )


def _add_groups(parts: Sequence[Participant]) -> None:
    wanted = [(part, role) for part in parts for role in TeamRole]
    groups = Group.objects.bulk_create(Group(name=f"{part.pk}:{role.value}:{uuid4().hex[:6]}") for part, role in wanted)
    RoleGroup.objects.bulk_create(
        RoleGroup(group=group, principal_id=part.pk, role=role) for group, (part, role) in zip(groups, wanted, strict=True)
    )


def _put_on_teams(parts: Sequence[Participant], user: User, *, by: User) -> None:
    TeamMember.objects.bulk_create(
        TeamMember(participant=part, user=user, role=TeamRole.AUTHOR, added_by=by) for part in parts
    )
    groups = RoleGroup.objects.filter(principal_id__in=[part.pk for part in parts], role=TeamRole.AUTHOR)
    through = User.groups.through
    through.objects.bulk_create(through(user_id=user.pk, group_id=group.group_id) for group in groups)


def _add_reports(parts: Sequence[Participant], leader: User, each: int) -> None:
    reports = Report.objects.bulk_create(
        Report(review_id=part.review_id, kind=ReportKind.BRIEFING, title=f"Report {number}", created_by=leader)
        for part in parts
        for number in range(each)
    )
    by_review = {part.review_id: part for part in parts}
    ReportGrant.objects.bulk_create(
        ReportGrant(report=report, participant=by_review[report.review_id], level=Level.EDIT) for report in reports
    )
    Section.objects.bulk_create(
        Section(report=report, position=number + 1, title=f"Section {number}")
        for report in reports
        for number in range(SECTIONS_A_REPORT)
    )
    ids = [report.pk for report in reports]
    grants.project(Review, expected_grants(list(by_review)))
    grants.project(Report, truth.report_levels(ids))
    grants.project(Section, truth.section_levels(ids))


def _batches(numbers: range, size: int) -> Iterator[range]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
