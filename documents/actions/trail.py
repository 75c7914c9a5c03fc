"""Audit rows of sections."""

from typing import Any
from uuid import UUID

from accounts import audit
from accounts.models import User
from documents.access import membership_on
from documents.models import Restriction, Section


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
