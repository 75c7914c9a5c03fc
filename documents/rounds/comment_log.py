"""All comments on a report, or of one round, as a table that can be taken out of the portal.

It holds only what whoever takes it out may see. What an organisation keeps to itself is left out unless it is their own and
they ask for it; it is marked in each row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from documents.models import CommentRound, Disposition, Report, Section, Thread, ThreadKind
from documents.threads.access import Board, board_for, suggestion_of
from documents.threads.as_json import Talk, talk_in
from documents.threads.audience import words_for

COLUMNS = (
    "Number",
    "Section number",
    "Section",
    "Kind",
    "Person",
    "Organisation",
    "When",
    "Words",
    "Comment",
    "Suggested instead",
    "Replies",
    "Round",
    "State",
    "Decision",
    "Reason",
    "Decided by",
    "Decided on",
    "Who can see it",
)
DELETE = "(to delete these words)"


@dataclass(frozen=True, slots=True)
class CommentLog:
    """A table with what has to be known about it: how it is marked, and who took it out when."""

    marking: str
    title: str
    notes: Sequence[str]
    rows: Sequence[Sequence[str]]
    # The sections that the rows are about.
    sections: Sequence[Section]

    columns = COLUMNS


def comment_log_of(user: User, report: Report, comment_round: CommentRound | None, *, ours: bool) -> CommentLog:
    """What this person can take out; the number of queries does not grow with the comments."""
    board = board_for(user, report)
    threads = board.threads if ours else board.threads.filter(only_for__isnull=True)
    threads = threads if comment_round is None else threads.filter(round=comment_round)
    talk = talk_in(threads.order_by("created_at", "id"))
    place = {section.pk: number for number, section in enumerate(board.sections)}
    listed = sorted(talk.threads, key=lambda thread: place[thread.section_id])
    about = {thread.section_id for thread in listed}
    return CommentLog(
        marking=report.review.get_marking_display(),
        title=f"Comments on “{report.title}”" + (f": {comment_round.name}" if comment_round else ""),
        notes=[
            f"Taken out of the portal by {user.full_name} on {_moment(timezone.now())}.",
            "It holds what that person could see. Keep it as safe as the report, and delete it when you are done.",
        ],
        rows=[_row(number, thread, talk, board) for number, thread in enumerate(listed, start=1)],
        sections=[section for section in board.sections if section.pk in about],
    )


def _row(number: int, thread: Thread, talk: Talk, board: Board) -> list[str]:
    section = next(one for one in board.sections if one.pk == thread.section_id)
    thread.section, thread.only_for = section, talk.organisations[thread.only_for_id] if thread.only_for_id else None
    first, replies = _said(thread, talk)
    decider = talk.person(thread.disposed_by_id)
    return [
        str(number),
        board.numbers[section.pk],
        section.title,
        ThreadKind(thread.kind).label,
        talk.people[thread.created_by_id].full_name,
        talk.organisations[thread.organisation_id].name,
        _moment(thread.created_at),
        thread.quote,
        first,
        _suggested(thread),
        replies,
        _round(thread),
        "Resolved" if thread.is_resolved else "Open",
        Disposition(thread.disposition).label,
        thread.disposition_reason,
        decider.full_name if decider else "",
        _moment(thread.disposed_at) if thread.disposed_at else "",
        words_for(thread),
    ]


def _said(thread: Thread, talk: Talk) -> tuple[str, str]:
    """What opened the thread, and the replies, one after another."""
    comments = list(talk.comments.get(thread.pk, ()))
    # A suggestion needs no words; what is said about it later is a reply, whoever says it.
    opens = comments and comments[0].created_by_id == thread.created_by_id
    first, replies = (comments[0].text, comments[1:]) if opens else ("", comments)
    return first, "\n\n".join(
        f"{talk.people[one.created_by_id].full_name}, {talk.organisations[one.organisation_id].short_name}, "
        f"{_moment(one.created_at)}: {one.text}"
        for one in replies
    )


def _suggested(thread: Thread) -> str:
    suggestion = suggestion_of(thread)
    return "" if suggestion is None else f"{suggestion.replacement or DELETE} [{suggestion.get_state_display()}]"


def _round(thread: Thread) -> str:
    if thread.round is None:
        return ""
    return f"{thread.round.name} (late)" if thread.is_late else thread.round.name


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
