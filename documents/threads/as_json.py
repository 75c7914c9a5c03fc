"""Threads as the page's script reads them. A constant number of queries, however many there are."""

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from documents.models import Comment, Disposition, Mention, Section, SuggestionState, Thread, ThreadKind
from documents.querysets import ThreadQuerySet
from documents.threads.access import Board, Viewer, may, suggestion_of
from documents.threads.audience import readers_of
from documents.threads.fingerprint import fingerprint
from partnerships.models import Organisation

Json = dict[str, Any]
_NOBODY = UUID(int=0)
_MAY = ("reply", "resolve", "reopen", "share", "accept", "decline", "withdraw")


@dataclass(frozen=True, slots=True)
class Talk:
    """Threads with their comments, and everybody whom these name."""

    threads: Sequence[Thread]
    comments: Mapping[UUID, Sequence[Comment]]
    mentions: Mapping[UUID, Sequence[Mention]]
    people: Mapping[UUID, User]
    organisations: Mapping[UUID, Organisation]

    def person(self, pk: UUID | None) -> User | None:
        return self.people[pk] if pk else None


@dataclass(frozen=True, slots=True)
class Told:
    """What a page is told: JSON, and the sections that there are threads about."""

    text: str
    about: frozenset[str]


def talk_in(threads: ThreadQuerySet) -> Talk:
    """Read these threads: five queries."""
    listed = list(threads.select_related("suggestion", "round"))
    chosen = threads.order_by().values("pk")
    comments = list(Comment.objects.filter(thread__in=chosen))
    mentions = list(Mention.objects.filter(comment__thread__in=chosen).order_by("pk"))
    return Talk(
        listed,
        _grouped(comments, "thread_id"),
        _grouped(mentions, "comment_id"),
        User.objects.in_bulk(_people(listed, comments, mentions)),
        Organisation.objects.in_bulk(_organisations(listed, comments, mentions)),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """The threads of a report (or of one of its sections) that a person may see, and whom they may mention; not read yet."""

    board: Board
    threads: ThreadQuerySet
    mentionable: Json
    etag: str

    def told(self) -> Told:
        """Read them all."""
        listed = threads_json(self.threads, self.board.viewer)
        text = json.dumps({"threads": listed, **self.mentionable, "etag": self.etag})
        return Told(text, frozenset(thread["section"] for thread in listed))


def asked_of(board: Board, section: Section | None = None) -> Asked:
    """What would be told now, with the ETag of that."""
    threads = board.threads if section is None else board.threads.filter(section=section)
    mentionable = _mentionable(board, section)
    return Asked(board, threads, mentionable, fingerprint(board, threads, mentionable))


def threads_json(threads: ThreadQuerySet, viewer: Viewer) -> list[Json]:
    """These threads, the oldest first."""
    talk = talk_in(threads)
    return [_thread(thread, talk, viewer) for thread in talk.threads]


def address_of(pk: UUID) -> str:
    """A thread's page. Not by `reverse`, which would take a tenth of the time of a long list."""
    return _address().replace(str(_NOBODY), str(pk))


@cache
def _address() -> str:
    return reverse("thread", args=[_NOBODY])


def thread_json(thread: Thread, viewer: Viewer) -> Json:
    """One thread as it is now."""
    return threads_json(Thread.objects.filter(pk=thread.pk), viewer)[0]


def _thread(thread: Thread, talk: Talk, viewer: Viewer) -> Json:
    suggestion, allowed = suggestion_of(thread), may(thread, viewer)
    only_for = talk.organisations[thread.only_for_id] if thread.only_for_id else None
    return {
        "id": str(thread.pk),
        "section": str(thread.section_id),
        "kind": thread.kind,
        "kindLabel": ThreadKind(thread.kind).label,
        "onlyFor": {"id": str(only_for.pk), "shortName": only_for.short_name} if only_for else None,
        "author": _author(talk, thread.created_by_id, thread.organisation_id),
        "at": thread.created_at.isoformat(),
        "isMine": thread.created_by_id == viewer.user.pk,
        "anchor": _anchor(thread),
        "resolved": _act(talk, thread.resolved_by_id, thread.resolved_at),
        "shared": _act(talk, thread.shared_by_id, thread.shared_at),
        "round": {"name": thread.round.name, "isLate": thread.is_late} if thread.round else None,
        "disposition": _disposition(thread, talk),
        "suggestion": {
            "replacement": suggestion.replacement,
            "state": suggestion.state,
            "stateLabel": SuggestionState(suggestion.state).label,
            "decidedBy": _name(talk, suggestion.decided_by_id),
            "decidedAt": suggestion.decided_at.isoformat() if suggestion.decided_at else None,
        }
        if suggestion
        else None,
        "comments": [_comment(comment, talk) for comment in talk.comments.get(thread.pk, ())],
        "may": {name: getattr(allowed, name) for name in _MAY} | {"reopenSuggestion": allowed.reopen_suggestion},
        "url": address_of(thread.pk),
    }


def _comment(comment: Comment, talk: Talk) -> Json:
    return {
        "id": str(comment.pk),
        "author": _author(talk, comment.created_by_id, comment.organisation_id),
        "at": comment.created_at.isoformat(),
        "text": comment.text,
        "mentions": [mentioned(one, talk) for one in talk.mentions.get(comment.pk, ())],
    }


def mentioned(mention: Mention, talk: Talk) -> str:
    """Who is called, in words."""
    user, organisation = talk.person(mention.user_id), mention.organisation_id
    if user is not None:
        return user.full_name
    return talk.organisations[organisation].short_name if organisation else ""


def _author(talk: Talk, user_id: UUID, organisation_id: UUID) -> Json:
    user, organisation = talk.people[user_id], talk.organisations[organisation_id]
    return {
        "name": user.full_name,
        "initials": user.initials,
        "organisation": {
            "id": str(organisation.pk),
            "shortName": organisation.short_name,
            "colour": organisation.colour,
            "initials": organisation.initials,
        },
    }


def _anchor(thread: Thread) -> Json | None:
    if not thread.start:
        return None
    start, end = (b64encode(bytes(position)).decode() for position in (thread.start, thread.end))
    return {"start": start, "end": end, "quote": thread.quote, "before": thread.before, "after": thread.after}


def _disposition(thread: Thread, talk: Talk) -> Json | None:
    act = _act(talk, thread.disposed_by_id, thread.disposed_at)
    return act and {"label": Disposition(thread.disposition).label, "reason": thread.disposition_reason, **act}


def _act(talk: Talk, by: UUID | None, at: datetime | None) -> Json | None:
    return {"by": _name(talk, by), "at": at.isoformat()} if at else None


def _name(talk: Talk, user_id: UUID | None) -> str | None:
    return talk.people[user_id].full_name if user_id else None


def _mentionable(board: Board, section: Section | None) -> Json:
    """Who may be called; `readers`: the organisations that can read each section, for a thread about it calls only these."""
    everybody, readers = readers_of(board.viewer.report)
    listed = [one.pk for one in board.sections] if section is None else [section.pk]
    audience = everybody.of(set().union(*(readers[pk] for pk in listed)))
    return {
        "mentionable": {
            "people": [
                {
                    "id": str(pk),
                    "name": user.full_name,
                    "organisation": organisation.short_name,
                    "organisationId": str(organisation.pk),
                }
                for pk, (user, organisation) in audience.people.items()
                if pk != board.viewer.user.pk
            ],
            "organisations": [{"id": str(pk), "name": one.short_name} for pk, one in audience.organisations.items()],
        },
        "readers": {str(pk): sorted(map(str, readers[pk])) for pk in listed},
    }


def _grouped(rows: Iterable[Any], key: str) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, key)].append(row)
    return dict(grouped)


def _people(threads: Iterable[Thread], comments: Iterable[Comment], mentions: Iterable[Mention]) -> set[UUID]:
    ids = {comment.created_by_id for comment in comments} | {mention.user_id for mention in mentions}
    for thread in threads:
        suggestion = suggestion_of(thread)
        decided_by = suggestion.decided_by_id if suggestion else None
        ids |= {thread.created_by_id, thread.resolved_by_id, thread.shared_by_id, thread.disposed_by_id, decided_by}
    return {pk for pk in ids if pk}


def _organisations(threads: Iterable[Thread], comments: Iterable[Comment], mentions: Iterable[Mention]) -> set[UUID]:
    ids = {row.organisation_id for rows in (threads, comments, mentions) for row in rows}
    return {pk for pk in ids | {thread.only_for_id for thread in threads} if pk}
