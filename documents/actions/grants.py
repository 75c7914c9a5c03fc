"""Levels of organisations on a report, and their projection."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.signals import announce_access_change
from documents import policies, spans, truth
from documents.actions.locks import lock
from documents.models import Report, ReportGrant, Section
from partnerships import grants
from partnerships.grants import Level
from reviews.models import Participant, ParticipantState, Review


@transaction.atomic
def set_report_level(report: Report, participant: Participant, level: Level | None, *, by: User) -> None:
    """Set what an organisation may do on a report; None takes its access away, restricted sections included.

    While a report is out for signature nothing of this changes, except that who has joined since can be let in to read.
    """
    lock(report)
    check_participant(report.review, participant)
    check_lead_writes(participant, level)
    before = report.grants.filter(participant=participant).values_list("level", flat=True).first()
    if before == level:
        return
    policies.check_level_can_change(report, before, level)
    if level is None:
        report.grants.filter(participant=participant).delete()
    else:
        ReportGrant.objects.update_or_create(report=report, participant=participant, defaults={"level": level})
    audit.record(
        "report.level_set",
        by=by,
        obj=report,
        organisation=participant.organisation_id,
        review=report.review_id,
        level=level,
        before=before,
    )
    project_report(report)


def project_report(report: Report) -> None:
    """Make guardian's rows of a report and of all its sections what the domain's tables say.

    Notes since when it is so, and tells open sockets.

    Call it inside the transaction of whatever changed.
    """
    grants.project(Report, truth.report_levels([report.pk]))
    grants.project(Section, truth.section_levels([report.pk]))
    spans.follow(report)
    announce_access_change(reports={report.pk})


def project_review(review: Review) -> None:
    """The same for every report of a review: a participant has joined or left."""
    for report in Report.objects.filter(review=review):
        project_report(report)


def check_participant(review: Review, participant: Participant) -> None:
    """Raise ValidationError unless this organisation takes part in the review now."""
    if participant.review_id != review.pk or participant.state != ParticipantState.JOINED:
        name = participant.organisation.short_name
        raise ValidationError(f"{name} does not take part in this review. Invite it first, and wait until it has accepted.")


def check_lead_writes(participant: Participant, level: Level | None) -> None:
    """Raise ValidationError where the lead organisation would lose the right to write: it manages the report."""
    if participant.is_lead and level != Level.EDIT:
        raise ValidationError(f"{participant.organisation.short_name} leads this review, so it keeps “Can write”.")
