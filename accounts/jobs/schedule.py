"""What is due at certain times. Every room registers its own in its AppConfig.ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_tasks.base import Task

from accounts.models import ScheduledRun

KEPT = timedelta(days=2)
EPOCH = datetime(2020, 1, 1, tzinfo=timezone.get_fixed_timezone(0))


@dataclass(frozen=True, slots=True)
class Schedule:
    """A job that comes due again and again: every so often, or (with `at`) every day at a time in the portal's time zone."""

    name: str
    task: Task[[], None]
    every: timedelta = timedelta(days=1)
    at: time | None = None

    def last_due(self, now: datetime) -> datetime:
        """When it was last due; that nobody was there then does not matter."""
        if self.at is None:
            return now - (now - EPOCH) % self.every
        local = timezone.localtime(now)
        day = local.date() if local.time() >= self.at else local.date() - timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, self.at))


_schedules: dict[str, Schedule] = {}


def register(*schedules: Schedule) -> None:
    """Make schedules known; a name is used once."""
    _schedules.update({schedule.name: schedule for schedule in schedules})


def hand_over(now: datetime) -> list[str]:
    """Enqueue what has come due since the last look, each once, however many workers look; the names of what was."""
    known: Mapping[str, datetime] = dict(
        ScheduledRun.objects.filter(name__in=_schedules).values_list("name").annotate(Max("due_at"))
    )
    behind = [one for one in _schedules.values() if one.name not in known or known[one.name] < one.last_due(now)]
    return [schedule.name for schedule in behind if _run(schedule, now)]


@transaction.atomic
def _run(schedule: Schedule, now: datetime) -> bool:
    """Note the run and enqueue its job, both or none. False where another worker has."""
    _, is_ours = ScheduledRun.objects.get_or_create(name=schedule.name, due_at=schedule.last_due(now))
    if is_ours:
        ScheduledRun.objects.filter(name=schedule.name, due_at__lt=now - KEPT).delete()
        schedule.task.enqueue()
    return is_ours
