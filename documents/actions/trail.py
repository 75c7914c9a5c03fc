"""Audit rows of sections."""

from typing import Any

from accounts import audit
from accounts.models import User
from documents.models import Section


def record(verb: str, section: Section, *, by: User, **data: Any) -> None:
    """Append one event about a section; `data` holds ids and states, never its title or text."""
    audit.record(verb, by=by, obj=section, review=section.report.review_id, report=str(section.report_id), **data)
