"""Threads of comments about sections: opening, replying, resolving, sharing. Nothing that was said is ever deleted."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents import policies
from documents.access import acting_for
from documents.actions import rounds
from documents.actions.comments import say
from documents.actions.locks import lock_section
from documents.actions.thread_trail import record
from documents.models import Comment, Section, Suggestion, SuggestionState, Thread
from documents.threads import news as thread_news
from documents.threads.access import suggestion_of
from documents.threads.audience import check_mentions
from documents.threads.drafts import Draft, Mentions, Passage, clean_comment, clean_draft

NOWHERE = Passage(b"", b"", "")
NOBODY = Mentions()


@transaction.atomic
def open(section: Section, draft: Draft, *, by: User) -> Thread:  # noqa: A001 (threads.open is what it does)
    """Open a thread with a first comment, or with a suggestion, for which a comment is not needed."""
    draft = clean_draft(draft)
    lock_section(section)
    organisation = acting_for(by, section.report)
    only_for = organisation if draft.only_for_us else None
    audience = check_mentions(section, only_for, draft.mentions)
    place = rounds.Place(None, is_late=False) if only_for else rounds.current_for(section.report, organisation)
    passage = draft.passage or NOWHERE
    thread = Thread.objects.create(
        section=section,
        kind=draft.kind,
        only_for=only_for,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        before=passage.before,
        after=passage.after,
        round=place.round,
        is_late=place.is_late,
        organisation=organisation,
        created_by=by,
    )
    if draft.replacement is not None:
        Suggestion.objects.create(thread=thread, replacement=draft.replacement)
    record("thread.opened", thread, by=by, kind=draft.kind, suggests=draft.replacement is not None)
    if draft.text:
        say(thread, draft.text, audience.called(draft.mentions), draft.mentions, organisation=organisation, by=by)
    thread_news.tell(thread)
    return thread


@transaction.atomic
def reply(thread: Thread, *, text: str, by: User, mentions: Mentions = NOBODY, for_us_only: bool = False) -> Comment:
    """Add a comment. Also on a report that is frozen, and in a thread that is resolved, which stays so.

    `for_us_only`: whoever writes it was told that only their organisation would read it.
    """
    text = clean_comment(text)
    if not text:
        raise ValidationError({"text": "Enter a reply."})
    for_us_only = for_us_only or thread.is_private
    policies.check_discussed(thread.section.report)
    lock(thread)
    if for_us_only and not thread.is_private:
        raise ValidationError(
            "This thread has been shared with everyone meanwhile, so your reply was not sent. Send it again."
        )
    organisation = thread.only_for or acting_for(by, thread.section.report)
    audience = check_mentions(thread.section, thread.only_for, mentions)
    comment = say(thread, text, audience.called(mentions), mentions, organisation=organisation, by=by)
    record("thread.replied", thread, by=by)
    thread_news.tell(thread)
    return comment


@transaction.atomic
def resolve(thread: Thread, *, by: User) -> None:
    """Say that nothing is left to do. Nothing more where it was resolved; refused while its suggestion waits."""
    lock_open(thread)
    suggestion = suggestion_of(thread)
    if suggestion is not None and suggestion.state == SuggestionState.OPEN:
        raise ValidationError("This thread suggests a change. Accept, decline or withdraw it first.")
    if not thread.is_resolved:
        mark_resolved(thread, by=by)
        record("thread.resolved", thread, by=by)
        thread_news.tell(thread)


@transaction.atomic
def reopen(thread: Thread, *, by: User) -> None:
    """Say that something is left to do after all."""
    lock_open(thread)
    if thread.is_resolved:
        mark_unresolved(thread)
        record("thread.reopened", thread, by=by)
        thread_news.tell(thread)


@transaction.atomic
def share(thread: Thread, *, by: User) -> None:
    """Open an organisation's own thread, with all that was said in it, to everybody who may read its section.

    It cannot be taken back: the database refuses to make a shared thread private.
    """
    lock_open(thread)
    if thread.only_for is None:
        return
    place = rounds.current_for(thread.section.report, thread.organisation)
    thread.only_for, thread.shared_at, thread.shared_by = None, timezone.now(), by
    thread.round, thread.is_late = place.round, place.is_late
    thread.save(update_fields=["only_for", "shared_at", "shared_by", "round", "is_late"])
    # Only now: everybody may read that it was done.
    record("thread.shared", thread, by=by)
    thread_news.tell(thread)


def lock(thread: Thread) -> None:
    """Hold the thread's row until the transaction ends, and read anew what others may have changed."""
    fresh = Thread.objects.select_for_update(of=("self",)).select_related("only_for", "suggestion").get(pk=thread.pk)
    for name in ("only_for", "resolved_at", "resolved_by_id", "shared_at", "shared_by_id"):
        setattr(thread, name, getattr(fresh, name))
    if suggestion_of(fresh) is not None:
        thread.suggestion = fresh.suggestion


def lock_open(thread: Thread) -> None:
    """The same, first with the report: it must be still being written, and the section must be there."""
    lock_section(thread.section)
    lock(thread)


def mark_resolved(thread: Thread, *, by: User) -> None:
    thread.resolved_at, thread.resolved_by = timezone.now(), by
    thread.save(update_fields=["resolved_at", "resolved_by"])


def mark_unresolved(thread: Thread) -> None:
    thread.resolved_at, thread.resolved_by = None, None
    thread.save(update_fields=["resolved_at", "resolved_by"])
