"""Background jobs of this room that come due by the clock."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from accounts.actions import letters
from accounts.jobs import recovery
from accounts.jobs.schedule import Schedule


@task()
def prepare_letters() -> None:
    """Write the e-mails that are due."""
    letters.prepare(timezone.now())


@task()
def prune_jobs() -> None:
    """Forget jobs that were done a while ago."""
    recovery.prune(timezone.now())


SCHEDULES = (
    Schedule("accounts.prepare_letters", prepare_letters, every=timedelta(minutes=1)),
    Schedule("accounts.prune_jobs", prune_jobs, every=timedelta(hours=1)),
)
