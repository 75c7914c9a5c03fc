"""What becomes of suggested changes. Accepting one is deciding it and changing the text, both or neither."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from documents.access import acting_for, organisation_on
from documents.actions.comments import tell
from documents.actions.thread_trail import record
from documents.actions.threads import lock_open, mark_resolved, mark_unresolved
from documents.coedit import arrivals
from documents.coedit.log import read_one, text_of
from documents.coedit.store import append_offline
from documents.models import Suggestion, SuggestionState, Thread
from documents.notification_kinds import SUGGESTION_ACCEPTED, SUGGESTION_DECLINED
from documents.text.anchors import Anchor
from documents.text.rewording import ChangedError, rewording_update
from documents.threads import news as thread_news
from partnerships.models import Organisation

ACCEPTED, DECLINED, WITHDRAWN = SuggestionState.ACCEPTED, SuggestionState.DECLINED, SuggestionState.WITHDRAWN
_TOLD = {ACCEPTED: SUGGESTION_ACCEPTED, DECLINED: SUGGESTION_DECLINED}


# Of words in a refusal as many are shown as tell which they are.
SHOWN = 300


@transaction.atomic
def accept(thread: Thread, *, by: User) -> bytes:
    """Put the suggested words into the text, as an edit of this person; what it adds to the section's log.

    Refused where somebody has decided already, and where the text does not say any more what was quoted.
    """
    _decide(thread, ACCEPTED, by=by)
    section = thread.section
    try:
        update = rewording_update(
            text_of(section.pk, read_one(section.pk)).doc, _anchor(thread), thread.suggestion.replacement
        )
    except ChangedError as changed:
        raise ValidationError(_changed(thread, changed.present)) from changed
    organisation = acting_for(by, section.report)
    append_offline(section.pk, [update], author_id=by.pk, organisation_id=organisation.pk)
    arrivals.tell(section.pk, update)
    return update


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
    record(f"suggestion.{state.value}", thread, by=by, person=str(thread.created_by_id))
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


def _anchor(thread: Thread) -> Anchor:
    return Anchor(bytes(thread.start), bytes(thread.end), thread.quote, thread.before, thread.after)


def _changed(thread: Thread, present: str) -> str:
    """Both texts."""
    now = f"The text now says “{_short(present)}”." if present else "These words are no longer in the text."
    was = f"The suggestion was to change “{_short(thread.quote)}” to “{_short(thread.suggestion.replacement)}”."
    return f"Not accepted, because the text has changed. {now} {was}"


def _short(words: str) -> str:
    return Truncator(words).chars(SHOWN)


def _acting(thread: Thread, by: User) -> Organisation | None:
    return thread.only_for or organisation_on(by, thread.section.report)
