"""The list of comments on a report: filters, counts and a page of them, quick with thousands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from documents import policies
from documents.models import Comment, Report, Section, SuggestionState, Thread, ThreadKind
from documents.querysets import ThreadQuerySet
from documents.threads.access import Board, board_for, may_decide
from documents.threads.cards import Card, cards
from partnerships.grants import Level
from partnerships.paging import Leaf, leaf

THREADS_A_PAGE = 25
OPEN, RESOLVED, ALL = "open", "resolved", "all"
MINE, OURS = "mine", "ours"
STATES = ((OPEN, "Open"), (RESOLVED, "Resolved"), (ALL, "Open and resolved"))
WHOSE = ((MINE, "Mine: where I take part"), (OURS, "My organisation’s"))


class About(NamedTuple):
    """How much there is about a section, and whether the viewer may add to it."""

    section: Section
    number: str
    open: int
    all: int
    may_comment: bool


@dataclass(frozen=True, slots=True)
class Comments:
    """A page of the list, and what one can look for."""

    page: Leaf[Thread]
    cards: Sequence[Card]
    counts: Sequence[About]
    asked: Mapping[str, str]
    sections: Sequence[tuple[UUID, str]]
    people: Sequence[tuple[UUID, str]]
    # Of the person asked for: how many suggestions wait that this viewer may decide.
    to_decide: int

    kinds = ThreadKind.choices
    states = STATES
    whose = WHOSE

    @property
    def open(self) -> int:
        return sum(count.open for count in self.counts)

    @property
    def all(self) -> int:
        return sum(count.all for count in self.counts)


def comments_of(user: User, report: Report, wanted: Mapping[str, str]) -> Comments:
    """What a person sees who asks for this; the number of queries does not grow with the threads."""
    board = board_for(user, report)
    asked = {name: wanted.get(name, "") for name in ("section", "state", "whose", "kind", "person")}
    asked["state"] = asked["state"] or OPEN
    page = leaf(_found(board, asked).order_by("-created_at", "-id"), wanted.get("page"), size=THREADS_A_PAGE)
    shown = Thread.objects.filter(pk__in=[thread.pk for thread in page]).order_by("-created_at", "-id")
    people = User.objects.filter(pk__in=board.threads.order_by().values("created_by")).order_by("full_name")
    person = _id(asked["person"])
    return Comments(
        page=page,
        cards=cards(shown, board),
        counts=_counts(board),
        asked=asked,
        sections=[(section.pk, _title(board, section)) for section in board.sections],
        people=list(people.values_list("pk", "full_name")),
        to_decide=len(_decidable(board, person)) if person else 0,
    )


def waiting_of(user: User, report: Report, person: UUID) -> list[Thread]:
    """One person's suggestions that wait and that this one may decide; PermissionDenied where these are none of them."""
    board = board_for(user, report)
    decidable = _decidable(board, person)
    if not decidable and _waiting(board, person).exists():
        raise PermissionDenied
    return decidable


def _decidable(board: Board, person: UUID) -> list[Thread]:
    if not policies.is_open(board.viewer.report):
        return []
    waiting = _waiting(board, person).select_related("section__report__review", "suggestion")
    return [thread for thread in waiting if may_decide(thread, board.viewer)]


def _waiting(board: Board, person: UUID) -> ThreadQuerySet:
    waiting: ThreadQuerySet = board.threads.filter(created_by=person, suggestion__state=SuggestionState.OPEN)
    return waiting


def _found(board: Board, asked: Mapping[str, str]) -> ThreadQuerySet:
    """What fits; nonsense fits nothing."""
    threads = board.threads
    if asked["state"] in (OPEN, RESOLVED):
        threads = threads.filter(resolved_at__isnull=asked["state"] == OPEN)
    if asked["kind"]:
        threads = threads.filter(kind=asked["kind"])
    for name, column in (("section", "section"), ("person", "created_by")):
        if asked[name]:
            threads = threads.filter(**{column: _id(asked[name])})
    if asked["whose"] == OURS:
        threads = threads.filter(organisation__in=list(board.viewer.places))
    if asked["whose"] == MINE:
        me = board.viewer.user.pk
        said = Comment.objects.filter(Q(created_by=me) | Q(mentions__user=me), thread=OuterRef("pk"))
        threads = threads.filter(Q(created_by=me) | Exists(said))
    return threads


def _counts(board: Board) -> list[About]:
    """Of every section that the viewer may read, in order."""
    rows = board.threads.order_by().values("section").annotate(all=Count("pk"), resolved=Count("resolved_at"))
    found = {row["section"]: (row["all"] - row["resolved"], row["all"]) for row in rows}
    levels, is_open = board.viewer.levels, policies.is_open(board.viewer.report)
    return [
        About(
            section,
            board.numbers[section.pk],
            *found.get(section.pk, (0, 0)),
            may_comment=is_open and levels[section.pk] >= Level.COMMENT,
        )
        for section in board.sections
    ]


def _title(board: Board, section: Section) -> str:
    return f"{board.numbers[section.pk]} {section.title}".strip()


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
