"""When each organisation could read each section. Kept with every change of access, in its transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import User
from documents import truth
from documents.models import ReadingSpan, Report
from reviews.models import ParticipantState, TeamMember


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which somebody could read a section: from `since` on, and before `until`."""

    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether this moment is in it."""
        return self.since <= at and (self.until is None or at < self.until)


def follow(report: Report) -> None:
    """End and begin spans so that they agree with who may read the report's sections now."""
    readers = {
        (section_id, participant_id)
        for section_id, levels in truth.section_levels([report.pk]).items()
        for participant_id in levels
    }
    spans = ReadingSpan.objects.filter(section__report=report, until__isnull=True)
    known = {(section_id, who): pk for pk, section_id, who in spans.values_list("pk", "section_id", "participant_id")}
    now = timezone.now()
    if ended := [pk for pair, pk in known.items() if pair not in readers]:
        # A clock that was set back must not stand in the way of taking access away.
        ReadingSpan.objects.filter(pk__in=ended).update(until=Greatest("since", Value(now)))
    ReadingSpan.objects.bulk_create(
        ReadingSpan(section_id=section_id, participant_id=participant_id, since=now)
        for section_id, participant_id in sorted(readers - known.keys())
    )


def windows_of(user: User, report: Report, section_ids: Iterable[UUID]) -> Mapping[UUID, list[Window]]:
    """When this person's organisations on the review could read these sections, in order and without overlap."""
    own = TeamMember.objects.filter(
        user=user,
        ended_at__isnull=True,
        participant__review_id=report.review_id,
        participant__state=ParticipantState.JOINED,
    )
    spans = ReadingSpan.objects.filter(section_id__in=section_ids, participant_id__in=own.values("participant_id"))
    windows: dict[UUID, list[Window]] = defaultdict(list)
    for section_id, since, until in spans.order_by("since").values_list("section_id", "since", "until"):
        _add(windows[section_id], Window(since, until))
    return windows


def _add(windows: list[Window], window: Window) -> None:
    last = windows[-1] if windows else None
    if last is None or (last.until is not None and last.until < window.since):
        windows.append(window)
    elif last.until is not None and (window.until is None or window.until > last.until):
        windows[-1] = Window(last.since, window.until)
