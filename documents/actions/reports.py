"""Reports of a review."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from documents.actions.grants import check_lead_writes, check_participant, project_report
from documents.models import Report, ReportGrant, ReportKind, Section
from documents.report_templates import ReportTemplate
from documents.titles import clean_title
from partnerships.grants import Level
from reviews.models import Participant, Review, ReviewState


@transaction.atomic
def create(
    review: Review,
    *,
    title: str,
    kind: ReportKind,
    levels: Mapping[Participant, Level],
    by: User,
    template: ReportTemplate | None = None,
) -> Report:
    """Make a report with the headings of a template (or none), and the level of each organisation that gets one.

    The lead organisation always writes, whether or not it is named.
    """
    _lock_open_review(review)
    levels = _with_lead(review, levels)
    report = Report.objects.create(review=review, title=clean_title(title), kind=kind, created_by=by)
    ReportGrant.objects.bulk_create(
        ReportGrant(report=report, participant=participant, level=level) for participant, level in levels.items()
    )
    _add_headings(report, template)
    lead = next(participant for participant in levels if participant.is_lead)
    audit.record(
        "report.created",
        by=by,
        obj=report,
        organisation=lead.organisation_id,
        review=review.pk,
        kind=kind,
        template=template.key if template else "",
        levels={str(participant.organisation_id): int(level) for participant, level in levels.items()},
    )
    project_report(report)
    return report


def _lock_open_review(review: Review) -> None:
    fresh = Review.objects.select_for_update().get(pk=review.pk)
    if fresh.state != ReviewState.OPEN:
        raise ValidationError("This review is closed, so no report can be added to it.")


def _with_lead(review: Review, levels: Mapping[Participant, Level]) -> dict[Participant, Level]:
    for participant, level in levels.items():
        check_participant(review, participant)
        check_lead_writes(participant, level)
    lead = review.participants.select_related("organisation").get(is_lead=True, state="joined")
    return {lead: Level.EDIT, **levels}


def _add_headings(report: Report, template: ReportTemplate | None) -> None:
    headings = template.sections if template else ()
    Section.objects.bulk_create(
        Section(report=report, position=position, title=item.title, numbering=item.numbering, guidance=item.guidance)
        for position, item in enumerate(headings, start=1)
    )
