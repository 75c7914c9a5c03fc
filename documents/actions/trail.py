"""Audit rows of reports and sections."""

from typing import Any
from uuid import UUID

from django.db import models

from accounts import audit
from accounts.models import User
from documents.access import membership_on, organisation_on
from documents.models import Report, Restriction, Section


def record_on(report: Report, verb: str, obj: models.Model, *, by: User, **data: Any) -> None:
    """Append one event about a report, or about what belongs to it, by somebody for their organisation on its review."""
    organisation = organisation_on(by, report)
    facts = data if obj == report else {"report": str(report.pk)} | data
    audit.record(
        verb, by=by, obj=obj, organisation=organisation.pk if organisation else None, review=report.review_id, **facts
    )


def record(verb: str, section: Section, *, by: User, **data: Any) -> None:
    """Append one event about a section; `data` holds ids and states, never its title or text."""
    audit.record(
        verb,
        by=by,
        obj=section,
        organisation=organisation_of(by, section),
        review=section.report.review_id,
        report=str(section.report_id),
        **data,
    )


def organisation_of(user: User, section: Section) -> UUID | None:
    """For whom this person acts; None where the section is hidden from their own organisation, which reads its trail."""
    member = membership_on(user, section.report)
    if member is None:
        return None
    hidden = section.restriction == Restriction.HIDDEN and not section.grants.filter(participant=member.participant).exists()
    return None if hidden else member.participant.organisation_id
