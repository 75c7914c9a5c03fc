"""Jobs that failed, or whose worker died, come back."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)
Job = DBTaskResult[..., Any]

# A job that runs for longer is taken for dead. One that is only slow may then run twice, which does no harm to it.
LONGEST = timedelta(minutes=10)
# How long to wait after each failure; there is one attempt more than there are waits.
WAITS = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
# Finished jobs are of no use but to those who look for a fault.
KEPT_DONE, KEPT_FAILED = timedelta(days=1), timedelta(days=30)


def recover(now: datetime) -> int:
    """Give every job that a dead worker held, or that failed and may be tried again, back to the workers."""
    abandoned = DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST)
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - KEPT_FAILED)
    return sum(_give_back(job, now) for job in [*abandoned, *failed])


def prune(now: datetime) -> None:
    """Forget jobs that were done a while ago."""
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEPT_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEPT_FAILED).delete()


def _give_back(job: Job, now: datetime) -> bool:
    """Only as long as it is still as we saw it: another worker may look at the same time."""
    attempts = len(job.worker_ids)
    same = DBTaskResult.objects.filter(pk=job.pk, status=job.status, started_at=job.started_at)
    if attempts > len(WAITS):
        return job.status == TaskResultStatus.RUNNING and bool(same.update(**_given_up(job, now)))
    wait = WAITS[attempts - 1] if job.status == TaskResultStatus.FAILED else timedelta(0)
    changed = same.update(status=TaskResultStatus.READY, run_after=(job.finished_at or now) + wait, finished_at=None)
    if changed and job.status == TaskResultStatus.RUNNING:
        logger.warning("A job was left by its worker and is given to another: %s %s", job.task_path, job.pk)
    return bool(changed)


def _given_up(job: Job, now: datetime) -> dict[str, object]:
    logger.error("A job is given up: every worker that took it died: %s %s", job.task_path, job.pk)
    return {"status": TaskResultStatus.FAILED, "finished_at": now}
