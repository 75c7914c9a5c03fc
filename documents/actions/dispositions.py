"""Saying what became of a comment: the answer that is owed to whoever made it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents.access import organisation_on
from documents.actions import threads
from documents.actions.comments import tell
from documents.actions.thread_trail import record
from documents.models import Disposition, Thread
from documents.notification_kinds import DISPOSED
from documents.threads import news as thread_news

REASON_MAX = 2000


@transaction.atomic
def dispose(thread: Thread, *, disposition: str, reason: str, by: User, resolve: bool = False) -> None:
    """Decide, or decide again; with `resolve`, also say that nothing is left to do. A private comment is not decided."""
    threads.lock_open(thread)
    thread.refresh_from_db(fields=["disposition", "disposition_reason"])
    if thread.is_private:
        raise ValidationError("This comment is its organisation’s own. It is not decided here, and enters no comment round.")
    disposition, reason = _clean(disposition, reason)
    before = thread.disposition
    if (disposition, reason) != (before, thread.disposition_reason):
        thread.disposition, thread.disposition_reason = disposition, reason
        thread.disposed_at, thread.disposed_by = timezone.now(), by
        thread.save(update_fields=["disposition", "disposition_reason", "disposed_at", "disposed_by"])
        record("thread.disposed", thread, by=by, disposition=disposition, before=before)
        organisation = organisation_on(by, thread.section.report)
        tell(thread, [thread.created_by], DISPOSED, organisation=organisation, by=by)
        thread_news.tell(thread)
    if resolve:
        threads.resolve(thread, by=by)


def _clean(disposition: str, reason: str) -> tuple[Disposition, str]:
    errors = {}
    if disposition == Disposition.NONE or disposition not in Disposition.values:
        errors["disposition"] = "Choose what becomes of the comment."
    reason = reason.strip()
    if not reason:
        errors["reason"] = "Give a reason. Whoever commented will read it."
    elif len(reason) > REASON_MAX:
        errors["reason"] = f"The reason has {len(reason)} characters. Shorten it to {REASON_MAX} or fewer."
    if errors:
        raise ValidationError(errors)
    return Disposition(disposition), reason
