"""The only way to obtain threads of comments, and what a person may do with each.

A thread about a section that one may not read does not exist (404). Nor does one that another organisation keeps to itself,
not even for the review's lead. The same `may` decides button, endpoint and what the page is told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from documents import policies
from documents.access import level_on, report_level_on, section_for
from documents.models import Report, Section, Suggestion, SuggestionState, Thread
from documents.numbering import numbers
from documents.outline import known_sections
from documents.querysets import ThreadQuerySet
from partnerships.grants import Level, checker_for
from partnerships.models import TeamRole
from reviews.access import is_lead
from reviews.models import ParticipantState, TeamMember


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks at threads of a report: for whom they are on the review, in which role, and their levels."""

    user: User
    report: Report
    levels: Mapping[UUID, Level]  # of the sections that they may read
    places: Mapping[UUID, str]  # organisation id -> role
    leads: bool

    def level(self, thread: Thread) -> Level:
        return self.levels[thread.section_id]


@dataclass(frozen=True, slots=True)
class May:
    """What a person may do with a thread now."""

    reply: bool
    resolve: bool
    reopen: bool
    share: bool
    accept: bool
    decline: bool
    withdraw: bool
    reopen_suggestion: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The threads of a report that a person may see, and the sections that they may read, in order."""

    viewer: Viewer
    sections: Sequence[Section]
    numbers: Mapping[UUID, str]
    threads: ThreadQuerySet


def organisations_of(user: User, review_id: UUID) -> dict[UUID, str]:
    """For whom this person is on a review now, with their role in each team."""
    rows = TeamMember.objects.filter(
        user=user,
        ended_at__isnull=True,
        participant__review_id=review_id,
        participant__state=ParticipantState.JOINED,
    )
    return dict(rows.order_by("added_at").values_list("participant__organisation_id", "role"))


def board_for(user: User, report: Report) -> Board:
    """What a person who may read this report sees of its threads. The report's review must be loaded."""
    known, levels = known_sections(user, report)
    readable = {section.pk: level for section in known if (level := levels[section.pk]) is not None}
    viewer = Viewer(user, report, readable, organisations_of(user, report.review_id), is_lead(user, report.review))
    threads = Thread.objects.filter(section__in=list(readable)).heard_by(viewer.places)
    return Board(viewer, [section for section in known if section.pk in readable], numbers(known), threads)


def threads_for(user: User, report: Report) -> ThreadQuerySet:
    """The threads of a report that this person may see."""
    threads: ThreadQuerySet = board_for(user, report).threads
    return threads


def viewer_of(user: User, section: Section) -> Viewer:
    """A person who may read this section, as somebody who looks at its threads."""
    level = level_on(user, section)
    levels = {} if level is None else {section.pk: level}
    report = section.report
    return Viewer(user, report, levels, organisations_of(user, report.review_id), is_lead(user, report.review))


def thread_for(user: User, pk: UUID) -> tuple[Thread, Viewer]:
    """A thread that this person may see, with what they may do."""
    thread = Thread.objects.select_related("section__report__review", "suggestion").filter(pk=pk).first()
    if thread is None:
        raise Http404
    viewer = viewer_of(user, thread.section)
    if not viewer.levels or (thread.only_for_id and thread.only_for_id not in viewer.places):
        raise Http404
    return thread, viewer


def thread_to(user: User, pk: UUID, allowed: Callable[[Thread, Viewer], bool]) -> Thread:
    """A thread that this person may do something with; 403 for its other readers.

    Where they might if the report were open, it is left to the action, which says what it is instead.
    """
    thread, viewer = thread_for(user, pk)
    if not allowed(thread, viewer) and not allowed(thread, _as_if_open(viewer, thread.section)):
        raise PermissionDenied
    return thread


def suggestion_to(user: User, pk: UUID, allowed: Callable[[Thread, Viewer], bool]) -> Thread:
    """The same of a thread that suggests a change; 404 where it does not."""
    thread = thread_to(user, pk, allowed)
    if suggestion_of(thread) is None:
        raise Http404
    return thread


def commentable_section_for(user: User, pk: UUID) -> Section:
    """A section that this person may comment on. One that was deleted meanwhile is left to the action, which says so."""
    deleted = Section.objects.select_related("report__review").filter(pk=pk, deleted_at__isnull=False).first()
    if deleted is None:
        return section_for(user, pk, at_least=Level.COMMENT)
    had = checker_for(user).level(deleted)
    if had is None or report_level_on(user, deleted.report) is None:
        raise Http404
    if had < Level.COMMENT:
        raise PermissionDenied
    return deleted


def _as_if_open(viewer: Viewer, section: Section) -> Viewer:
    level = checker_for(viewer.user).level(section)
    return viewer if level is None else replace(viewer, levels={section.pk: level})


def suggestion_of(thread: Thread) -> Suggestion | None:
    """The change that a thread proposes, if it does. The thread's suggestion should be loaded."""
    suggestion: Suggestion | None = getattr(thread, "suggestion", None)
    return suggestion


# Who may do what, whatever the state of things.


def may_comment(thread: Thread, viewer: Viewer) -> bool:
    """Reply to it."""
    return viewer.level(thread) >= Level.COMMENT


def may_settle(thread: Thread, viewer: Viewer) -> bool:
    """Resolve it and open it again: writers of the section, whoever opened it and their colleagues, and the lead."""
    own = thread.organisation_id in viewer.places
    return viewer.level(thread) == Level.EDIT or (may_comment(thread, viewer) and (own or viewer.leads))


def may_share(thread: Thread, viewer: Viewer) -> bool:
    """Open it to everybody: whoever opened it, and the leads of their organisation's team. Words of colleagues are in it."""
    leads = viewer.places.get(thread.organisation_id) == TeamRole.LEAD
    return may_comment(thread, viewer) and (leads or thread.created_by_id == viewer.user.pk)


def may_decide(thread: Thread, viewer: Viewer) -> bool:
    """Accept and decline what it suggests, and open that again."""
    return viewer.level(thread) == Level.EDIT


def may_withdraw(thread: Thread, viewer: Viewer) -> bool:
    """Take back what one has suggested."""
    return may_comment(thread, viewer) and thread.created_by_id == viewer.user.pk


def may_reopen_suggestion(thread: Thread, viewer: Viewer) -> bool:
    """Open a decided suggestion again: a withdrawn one is its author's."""
    suggestion = suggestion_of(thread)
    is_withdrawn = suggestion is not None and suggestion.state == SuggestionState.WITHDRAWN
    return may_withdraw(thread, viewer) if is_withdrawn else may_decide(thread, viewer)


def may(thread: Thread, viewer: Viewer) -> May:
    """What of all this can be done now."""
    suggestion, is_open = suggestion_of(thread), policies.is_open(viewer.report)
    waits = suggestion is not None and suggestion.state == SuggestionState.OPEN
    settles = is_open and may_settle(thread, viewer)
    decides = is_open and waits and may_decide(thread, viewer)
    return May(
        reply=may_comment(thread, viewer),
        resolve=settles and not thread.is_resolved and not waits,
        reopen=settles and thread.is_resolved,
        share=is_open and thread.is_private and may_share(thread, viewer),
        accept=decides,
        decline=decides,
        withdraw=is_open and waits and may_withdraw(thread, viewer),
        reopen_suggestion=(is_open and suggestion is not None and not waits and may_reopen_suggestion(thread, viewer)),
    )
