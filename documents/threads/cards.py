"""Threads as pages without script show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from documents.models import Comment, Section, Suggestion, Thread, ThreadKind
from documents.querysets import ThreadQuerySet
from documents.threads.access import Board, May, may, suggestion_of
from documents.threads.as_json import Talk, mentioned, talk_in
from documents.threads.audience import words_for
from partnerships.models import Organisation


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's comment."""

    text: str
    author: User
    organisation: Organisation
    at: datetime
    mentions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Card:
    """One thread in the viewer's words."""

    thread: Thread
    section: Section
    number: str
    kind: str
    audience: str
    author: User
    organisation: Organisation
    said: Sequence[Said]
    suggestion: Suggestion | None
    may: May
    resolved_by: User | None
    shared_by: User | None
    decided_by: User | None

    @property
    def send_words(self) -> str:
        """What the button of a reply says."""
        only_for = self.thread.only_for
        return (
            f"Send to {only_for.short_name} only" if only_for else f"Send to {self.audience[0].lower()}{self.audience[1:]}"
        )


def cards(threads: ThreadQuerySet, board: Board) -> list[Card]:
    """These threads of a board, from a constant number of queries."""
    talk = talk_in(threads)
    sections = {section.pk: section for section in board.sections}
    return [_card(thread, talk, board, sections[thread.section_id]) for thread in talk.threads]


def _card(thread: Thread, talk: Talk, board: Board, section: Section) -> Card:
    suggestion = suggestion_of(thread)
    thread.section = section
    thread.only_for = talk.organisations[thread.only_for_id] if thread.only_for_id else None
    return Card(
        thread=thread,
        section=section,
        number=board.numbers[section.pk],
        kind=ThreadKind(thread.kind).label,
        audience=words_for(thread),
        author=talk.people[thread.created_by_id],
        organisation=talk.organisations[thread.organisation_id],
        said=[_said(comment, talk) for comment in talk.comments.get(thread.pk, ())],
        suggestion=suggestion,
        may=may(thread, board.viewer),
        resolved_by=talk.person(thread.resolved_by_id),
        shared_by=talk.person(thread.shared_by_id),
        decided_by=talk.person(suggestion.decided_by_id if suggestion else None),
    )


def _said(comment: Comment, talk: Talk) -> Said:
    return Said(
        text=comment.text,
        author=talk.people[comment.created_by_id],
        organisation=talk.organisations[comment.organisation_id],
        at=comment.created_at,
        mentions=[mentioned(one, talk) for one in talk.mentions.get(comment.pk, ())],
    )
