"""What a comment round is about: whom it asks, what they have said in it, and what stands in the way of closing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from documents.access import report_level_on
from documents.models import CommentRound, Disposition, Report, ReportGrant, Thread, ThreadKind
from documents.querysets import ThreadQuerySet
from documents.threads.access import Viewer, threads_for
from partnerships.grants import Level
from reviews.access import is_lead
from reviews.models import Participant, ParticipantState, TeamMember


@dataclass(frozen=True, slots=True)
class Progress:
    """What an organisation that a round asks has said so far, as far as whoever looks may see it."""

    participant: Participant
    comments: int
    late: int
    decided: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a round stands for whoever looks."""

    progress: Sequence[Progress]
    comments: int
    undecided: int
    risks: int
    days_left: int

    @property
    def decided(self) -> int:
        return self.comments - self.undecided


def round_for(user: User, pk: UUID) -> CommentRound:
    """A round of a report that this person may read."""
    found = CommentRound.objects.select_related("report__review", "opened_by", "closed_by").filter(pk=pk).first()
    if found is None or report_level_on(user, found.report) is None:
        raise Http404
    return found


def managed_round_for(user: User, pk: UUID) -> CommentRound:
    """A round that a lead of the review opens and closes; 403 for the report's other readers."""
    found = round_for(user, pk)
    if not is_lead(user, found.report.review):
        raise PermissionDenied
    return found


def can_comment(report: Report) -> list[Participant]:
    """The organisations that may comment on a report, partnerships and agencies by name, the lead first."""
    grants = ReportGrant.objects.filter(report=report, level__gte=Level.COMMENT)
    joined = Participant.objects.filter(state=ParticipantState.JOINED, report_grants__in=grants).select_related(
        "organisation"
    )
    return list(joined.select_related("organisation").order_by("-is_lead", "organisation__name"))


def invited_people(comment_round: CommentRound) -> list[User]:
    """Everybody whom the organisations that it asks have on the review now."""
    rows = TeamMember.objects.filter(
        ended_at__isnull=True,
        participant__state=ParticipantState.JOINED,
        participant__round_invitations__round=comment_round,
    )
    return [row.user for row in rows.select_related("user").order_by("added_at")]


def blockers_of(comment_round: CommentRound, user: User) -> ThreadQuerySet:
    """Comments of it about an identification risk that wait for a decision, as far as this person may see them.

    What they may not see does not keep them from closing: that would tell of it.
    """
    return _risks(threads_of(comment_round, user)).select_related("section", "organisation")


def threads_of(comment_round: CommentRound, user: User) -> ThreadQuerySet:
    """The comments of a round that this person may see. The database lets no private one into a round."""
    return threads_for(user, comment_round.report).filter(round=comment_round)


def undecided(threads: ThreadQuerySet) -> ThreadQuerySet:
    """Those of these shared comments of which nobody has said what became of them."""
    return threads.filter(disposition=Disposition.NONE, only_for__isnull=True)


def standing_of(comment_round: CommentRound, user: User) -> Standing:
    """How far a round has come, from a constant number of queries."""
    threads = threads_of(comment_round, user)
    rows = threads.order_by().values("organisation").annotate(**_COUNTS)
    counted: Mapping[UUID, Mapping[str, object]] = {row["organisation"]: row for row in rows}
    invited = Participant.objects.filter(round_invitations__round=comment_round).select_related("organisation")
    return Standing(
        progress=[_progress(one, counted.get(one.organisation_id, {})) for one in invited.order_by("organisation__name")],
        comments=sum(int(str(row["comments"])) for row in counted.values()),
        undecided=undecided(threads).count(),
        risks=_risks(threads).count(),
        days_left=(comment_round.closes_on - timezone.localdate()).days,
    )


_COUNTS = {
    "comments": Count("pk"),
    "late": Count("pk", filter=Q(is_late=True)),
    "decided": Count("pk", filter=~Q(disposition=Disposition.NONE)),
    "last": Max("created_at"),
}


def _progress(participant: Participant, row: Mapping[str, object]) -> Progress:
    comments, late, decided = (int(str(row.get(name, 0))) for name in ("comments", "late", "decided"))
    last = row.get("last")
    return Progress(participant, comments, late, decided, last if isinstance(last, datetime) else None)


def _risks(threads: ThreadQuerySet) -> ThreadQuerySet:
    return undecided(threads).filter(kind=ThreadKind.IDENTIFICATION_RISK)


def may_dispose(thread: Thread, viewer: Viewer) -> bool:
    """Decide what becomes of it: the review's leads. A private comment is its organisation's own."""
    return viewer.leads and not thread.is_private
