"""What this room adds to a review: its reports, how far they are, and what of its trail stays hidden."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from accounts.models import AuditEvent, User
from documents.access import may_know
from documents.known_sections import KnownSections
from documents.models import Decision, Report, ReportKind, Restriction, Section
from documents.threads.access import organisations_of
from documents.waiting.progress import Progress
from documents.waiting.stages import standing_with
from partnerships.grants import checker_for
from reviews.hooks import Door
from reviews.models import Review, ReviewState
from reviews.people import participants
from reviews.standing import Standing


def doors(user: User, review: Review) -> list[Door]:
    """The reports of a review that this person may open, the joint report first."""
    return [
        Door(
            title=report.title,
            url=reverse("report", args=[report.pk]),
            about=f"{report.get_kind_display()} · {report.get_state_display()}{_signed(report)}",
            tab=report.tab,
            sheet_url=reverse("report_sign_off", args=[report.pk]),
        )
        for report in _reports(user, review)
    ]


def offers(review: Review) -> list[Door]:
    """A joint report and a joint statement, where the review has none yet."""
    if review.state != ReviewState.OPEN:
        return []
    made = set(Report.objects.filter(review=review).values_list("kind", flat=True))
    new = reverse("report_new", args=[review.pk])
    return [
        Door(f"Make the {kind.label.lower()}", f"{new}?start_from={kind}")
        for kind in (ReportKind.JOINT_REPORT, ReportKind.JOINT_STATEMENT)
        if kind not in made
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
    approved = Q(signed_version__seats__decisions__voided_at__isnull=True) & ~Q(
        signed_version__seats__decisions__decision=Decision.DECLINED
    )
    reports = list(
        Report.objects.visible_to(user)
        .filter(review=review)
        .annotate(
            seats=Count("signed_version__seats", distinct=True),
            signed=Count("signed_version__seats__decisions", filter=approved, distinct=True),
        )
        .main_first()
    )
    for report in reports:
        report.review = review
    return reports


def _signed(report: Report) -> str:
    """ " · 3 of 9 signed", once a version is out for signature."""
    seats, signed = report.seats, report.signed  # type: ignore[attr-defined]  # annotated above
    return f" · {signed} of {seats} signed" if seats else ""
