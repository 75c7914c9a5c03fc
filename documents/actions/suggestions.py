"""What becomes of suggested changes. Accepting claims: the page that got the claim then changes the text, as one step."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents.access import organisation_on
from documents.actions.comments import tell
from documents.actions.thread_trail import record
from documents.actions.threads import lock_open, mark_resolved, mark_unresolved
from documents.models import Suggestion, SuggestionState, Thread
from documents.notification_kinds import SUGGESTION_ACCEPTED, SUGGESTION_DECLINED
from documents.threads import news as thread_news
from partnerships.models import Organisation

ACCEPTED, DECLINED, WITHDRAWN = SuggestionState.ACCEPTED, SuggestionState.DECLINED, SuggestionState.WITHDRAWN
_TOLD = {ACCEPTED: SUGGESTION_ACCEPTED, DECLINED: SUGGESTION_DECLINED}


@transaction.atomic
def accept(thread: Thread, *, by: User) -> None:
    """Claim a suggestion: whoever gets it changes the text. Refused where somebody has decided already."""
    _decide(thread, ACCEPTED, by=by)


@transaction.atomic
def decline(thread: Thread, *, by: User) -> None:
    """Leave the text as it is."""
    _decide(thread, DECLINED, by=by)


@transaction.atomic
def withdraw(thread: Thread, *, by: User) -> None:
    """Take back what one has suggested."""
    _decide(thread, WITHDRAWN, by=by)


@transaction.atomic
def reopen(thread: Thread, *, by: User) -> None:
    """Let a decided suggestion wait again: the text had changed, or the change was undone."""
    lock_open(thread)
    suggestion = thread.suggestion
    if suggestion.state == SuggestionState.OPEN:
        return
    before = suggestion.state
    _set(suggestion, SuggestionState.OPEN, by=None)
    mark_unresolved(thread)
    record("suggestion.reopened", thread, by=by, before=before)
    thread_news.tell(thread)


@transaction.atomic
def decline_all(threads: Iterable[Thread], *, by: User) -> int:
    """Decline those of these suggestions that still wait, and count them. They are of one report."""
    declined = 0
    for thread in threads:
        lock_open(thread)
        if thread.suggestion.state == SuggestionState.OPEN:
            _decide(thread, DECLINED, by=by)
            declined += 1
    return declined


def _decide(thread: Thread, state: SuggestionState, *, by: User) -> None:
    lock_open(thread)
    suggestion = thread.suggestion
    if suggestion.state != SuggestionState.OPEN:
        raise ValidationError(_decided(suggestion))
    _set(suggestion, state, by=by)
    if not thread.is_resolved:
        mark_resolved(thread, by=by)
    record(f"suggestion.{state.value}", thread, by=by)
    if state in _TOLD:
        tell(thread, [thread.created_by], _TOLD[state], organisation=_acting(thread, by), by=by)
    thread_news.tell(thread)


def _set(suggestion: Suggestion, state: SuggestionState, *, by: User | None) -> None:
    suggestion.state, suggestion.decided_by = state, by
    suggestion.decided_at = timezone.now() if by else None
    suggestion.save(update_fields=["state", "decided_at", "decided_by"])


def _decided(suggestion: Suggestion) -> str:
    """Who was faster."""
    decider = suggestion.decided_by
    name = decider.full_name if decider else "Somebody"
    return f"{name} has {SuggestionState(suggestion.state).label.lower()} this suggestion already."


def _acting(thread: Thread, by: User) -> Organisation | None:
    return thread.only_for or organisation_on(by, thread.section.report)
