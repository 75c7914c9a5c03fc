"""Audit rows of threads. A row of a private thread says whose it was, so that nobody else is ever shown it."""

from typing import Any

from accounts import audit
from accounts.models import User
from documents.actions.trail import organisation_of
from documents.models import Thread


def record(verb: str, thread: Thread, *, by: User, **data: Any) -> None:
    """Append one event about a thread as it is now; `data` holds ids and states, never a word of what was said.

    What was done while the thread was private stays concealed from others after it is shared.
    """
    private = {"only_for": str(thread.only_for_id)} if thread.only_for_id else {}
    audit.record(
        verb,
        by=by,
        obj=thread,
        organisation=thread.only_for_id or organisation_of(by, thread.section),
        review=thread.section.report.review_id,
        report=str(thread.section.report_id),
        section=str(thread.section_id),
        **private,
        **data,
    )
