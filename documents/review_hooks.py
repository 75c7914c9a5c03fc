"""What this room adds to a review: its reports, how far they are, and what of its trail stays hidden."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import AuditEvent, User
from documents.access import may_know
from documents.known_sections import KnownSections
from documents.models import Report, Restriction, Section
from documents.progress import Progress
from documents.stages import standing_with
from documents.thread_access import organisations_of
from partnerships.grants import checker_for
from reviews.hooks import Door
from reviews.models import Review, ReviewState
from reviews.people import participants
from reviews.standing import Standing


def doors(user: User, review: Review) -> list[Door]:
    """The reports of a review that this person may open, the joint report first."""
    return [
        Door(
            report.title, reverse("report", args=[report.pk]), f"{report.get_kind_display()} · {report.get_state_display()}"
        )
        for report in _reports(user, review)
    ]


def standing_of(user: User, review: Review) -> Standing | None:
    """How far its reports are; None where there are none for this person, or the review is closed."""
    reports = _reports(user, review) if review.state == ReviewState.OPEN else []
    if not reports:
        return None
    known, joined = KnownSections(user, reports), participants(review)
    return standing_with(known, Progress(user, known, reports, joined), reports, joined)


def conceal(user: User, review: Review, events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    """A review's trail without the events of sections that are hidden from this person, deleted ones included.

    And without those of threads that other organisations keep, or kept at the time, to themselves.
    """
    own = [str(pk) for pk in organisations_of(user, review.pk)]
    events = events.filter(~Q(data__has_key="only_for") | Q(data__only_for__in=own))
    unknown = _hidden_from(user, review)
    if not unknown:
        return events
    # Without `has_key`, events that name no section would compare as unknown and be left out too.
    return events.exclude(Q(object_id__in=unknown) | Q(data__has_key="section", data__section__in=unknown))


def _hidden_from(user: User, review: Review) -> list[str]:
    hidden = list(Section.objects.filter(report__review=review, restriction=Restriction.HIDDEN))
    checker = checker_for(user)
    checker.prefetch(hidden)
    return [str(section.pk) for section in hidden if not may_know(section, checker.level(section))]


def _reports(user: User, review: Review) -> list[Report]:
    reports = list(Report.objects.visible_to(user).filter(review=review).main_first())
    for report in reports:
        report.review = review
    return reports
