"""When something may be done: the state of a review, a report and a section, whoever asks."""

from uuid import UUID

from django.core.exceptions import ValidationError

from documents.lifecycle import LEVEL_LIMIT, SIGNED
from documents.models import Report, ReportState, Section
from partnerships.grants import Level
from reviews.models import ReviewState


def limit(level: Level | None, report: Report, section: Section | None = None) -> Level | None:
    """What is left of a level in the present state of things. The report's review must be loaded."""
    if level is None or (section is not None and section.deleted_at is not None):
        return None
    if report.review.state == ReviewState.CLOSED:
        return Level.VIEW
    return min(level, LEVEL_LIMIT[ReportState(report.state)])


def is_open(report: Report) -> bool:
    """May the report's sections and levels still be changed?"""
    return are_open(report.state, report.review.state)


def are_open(report: str, review: str) -> bool:
    """The same, by the states of a report and its review."""
    return report == ReportState.DRAFTING and review == ReviewState.OPEN


def check_open(report: Report) -> None:
    """Raise ValidationError, in words for the reader, unless the report is still being written."""
    if report.review.state != ReviewState.OPEN:
        raise ValidationError("This review is closed, so its reports can no longer be changed.")
    if report.state != ReportState.DRAFTING:
        state = ReportState(report.state).label.lower()
        raise ValidationError(f"This report is {state}. The lead has to open it again before anything can be changed.")


def check_level_can_change(report: Report, before: int | None, level: Level | None) -> None:
    """The same for the level of an organisation: one that had none may be let in to read what is out for signature.

    Otherwise a partnership that joins then could be asked to sign what none of its people can open.
    """
    is_newcomer = before is None and level is not None and level <= Level.COMMENT
    if not (is_newcomer and report.state in SIGNED and report.review.state == ReviewState.OPEN):
        check_open(report)


def shown(level: Level, report: Report) -> Level:
    """What a page says of a level. Where a report is not being written only what has been begun is talked about further."""
    return level if is_open(report) else min(level, Level.VIEW)


def check_discussed(report: Report) -> None:
    """Raise ValidationError where nothing more can be said about a report. A frozen one is still talked about."""
    if report.review.state != ReviewState.OPEN:
        raise ValidationError("This review is closed, so its comments can only be read.")


def check_present(section: Section) -> None:
    """Raise ValidationError where the section has been deleted."""
    if section.deleted_at is not None:
        raise ValidationError("This section has been deleted. The review's lead can restore it.")


def may_finish(section: Section, level: Level | None, *, leads: bool, organisation_id: UUID | None) -> bool:
    """May a person mark a section as done and open it again? A lead, or a writer of the organisation assigned to it."""
    writes_for_it = section.assigned_to_id is not None and section.assigned_to_id == organisation_id
    return leads or (writes_for_it and level == Level.EDIT)


def may_release(section: Section, level: Level | None, *, leads: bool) -> bool:
    """May a person who may know of a section end its restriction? A lead, or one of its writers.

    Where a lead hides a section from their own organisation too, only its writers are left to release it.
    """
    return section.is_restricted and (leads or level == Level.EDIT)
