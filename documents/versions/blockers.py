"""What stands in the way of freezing a report, as data: told on the page, and asked again when it is frozen.

Only what the person who freezes may see: a comment that another organisation keeps to itself blocks nothing, because that
would tell of it; its organisation is told when the report is frozen (docs/adr, “What a frozen version holds”).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from accounts.models import User
from documents.models import (
    Disposition,
    Report,
    ReportGrant,
    Restriction,
    Section,
    SuggestionState,
    Thread,
    ThreadKind,
    VersionKind,
)
from documents.querysets import ThreadQuerySet
from documents.sign_off import signatures
from documents.threads.access import threads_for
from documents.versions.contents import not_for_all, sections_for

QUOTED = 80


class Obstacle(StrEnum):
    """The kinds, in the order in which they are shown, with what to do."""

    SUGGESTION = "Suggestions to decide: accept or decline each"
    RISK = "Comments about a risk that somebody could be recognised: settle each and mark it as resolved"
    ROUND = "Comments of the open round about such a risk: say what became of each"
    RESTRICTED = "Restricted sections: release each, or hide it, which leaves it out of what is signed"
    ACCESS = "Partnerships that cannot open the report: give each access to it"
    SEAT = "Seats: somebody has to be able to sign for each partnership"
    TEXT = "The text"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that has to be settled first, and where that is done."""

    obstacle: Obstacle
    words: str
    url: str


def blockers_of(report: Report, by: User) -> list[Blocker]:
    """Everything that stands in the way, in the order of `Obstacle`. A constant number of queries."""
    sections = sections_for(report, VersionKind.FROZEN)
    threads = threads_for(by, report).filter(section__in=sections).select_related("section")
    return [
        *_threads(Obstacle.SUGGESTION, threads.filter(suggestion__state=SuggestionState.OPEN)),
        *_threads(Obstacle.RISK, _risks(threads)),
        *_threads(Obstacle.ROUND, _undisposed(threads)),
        *_restricted(report),
        *_without_access(report),
        *_seats(report),
        *_text(report, sections),
    ]


def by_obstacle(blockers: Sequence[Blocker]) -> list[tuple[Obstacle, list[Blocker]]]:
    """For the page."""
    grouped = [(obstacle, [one for one in blockers if one.obstacle == obstacle]) for obstacle in Obstacle]
    return [(obstacle, some) for obstacle, some in grouped if some]


def unheard_risks(report: Report, by: User) -> ThreadQuerySet:
    """Open comments about such a risk that organisations other than this person's keep to themselves."""
    threads = Thread.objects.filter(section__in=sections_for(report, VersionKind.FROZEN), only_for__isnull=False)
    return _risks(threads.select_related("section")).exclude(pk__in=threads_for(by, report).values("pk"))


def thread_url(thread: Thread) -> str:
    """Where a thread is read and settled."""
    return reverse("thread", args=[thread.pk])


def _risks(threads: ThreadQuerySet) -> ThreadQuerySet:
    return threads.filter(kind=ThreadKind.IDENTIFICATION_RISK, resolved_at__isnull=True)


def _undisposed(threads: ThreadQuerySet) -> ThreadQuerySet:
    """Of the open round. Those that are unresolved as well are told as that."""
    return threads.filter(
        kind=ThreadKind.IDENTIFICATION_RISK,
        disposition=Disposition.NONE,
        round__closed_at__isnull=True,
        round__isnull=False,
        resolved_at__isnull=False,
    )


def _threads(obstacle: Obstacle, threads: ThreadQuerySet) -> Iterator[Blocker]:
    for thread in threads:
        where = f"“{thread.section.title}”"
        words = f"{where}, about “{_short(thread.quote)}”" if thread.quote else f"{where}, about the whole section"
        yield Blocker(obstacle, words, thread_url(thread))


def _restricted(report: Report) -> Iterator[Blocker]:
    listed = report.sections.present().filter(restriction=Restriction.LISTED)
    for section in not_for_all(report, listed):
        yield Blocker(Obstacle.RESTRICTED, f"“{section.title}”", reverse("section_release", args=[section.pk]))


def _without_access(report: Report) -> Iterator[Blocker]:
    reached = ReportGrant.objects.filter(report=report).values("participant")
    for participant in signatures.signing_participants(report).exclude(pk__in=reached):
        words = f"{participant.organisation.name} takes part and is to sign, but cannot open the report"
        yield Blocker(Obstacle.ACCESS, words, reverse("report_access", args=[report.pk]))


def _seats(report: Report) -> Iterator[Blocker]:
    sheet = reverse("report_sign_off", args=[report.pk])
    for one in signatures.obstacles(report):
        yield Blocker(Obstacle.SEAT, f"{one.words} {one.changed_by} can change that.", sheet)


def _text(report: Report, sections: Sequence[Section]) -> Iterator[Blocker]:
    if not sections:
        words = "The report has no section that every partnership can read, so there is nothing to sign"
        yield Blocker(Obstacle.TEXT, words, reverse("report_sections", args=[report.pk]))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1].rstrip()}…"
