"""Does the jobs, one after the other, and looks at the clock in between."""

import logging
from threading import Event
from typing import Any
from uuid import uuid4

from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResult, TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from accounts.jobs import recovery, schedule
from accounts.jobs.recovery import Job

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
# Where the database does not answer, it is asked less and less often.
LONGEST_PAUSE_SECONDS = 30.0
RECOVER_EVERY = 15


class Worker:
    """Several may run at once, in one process or many: a job is claimed by one of them."""

    def __init__(self) -> None:
        self._stop = Event()
        self._looks = 0
        self._runner = Runner(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid4().hex,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Until `stop`. No error ends it, least of all one of the database: it is asked again later."""
        pause = LOOK_SECONDS
        while not self._stop.wait(pause):
            try:
                close_old_connections()
                self.work()
                pause = LOOK_SECONDS
            except Exception as error:  # noqa: BLE001  # without a worker nothing is ever sent again
                logger.error("Jobs wait after an error: %s", type(error).__name__)  # noqa: TRY400
                connection.close()
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def stop(self) -> None:
        """End after the job that is being done."""
        self._stop.set()

    def work(self) -> None:
        """Hand over what is due, and do everything that waits."""
        now = timezone.now()
        if self._looks % RECOVER_EVERY == 0:
            recovery.recover(now)
        self._looks += 1
        schedule.hand_over(now)
        # A look costs no lock; taking a job does.
        while not self._stop.is_set() and DBTaskResult.objects.ready().exists() and (job := self._take()):
            self._runner.run_task(job)

    def _take(self) -> Job | None:
        """Claim the job that is next; None where others have taken all of them meanwhile."""
        with exclusive_transaction():
            job: Job | None = DBTaskResult.objects.ready().get_locked()
            if job:
                job.claim(self._runner.worker_id)
        return job


def report_failure(task_result: TaskResult[Any], **_: Any) -> None:
    """Name a job that failed, and nothing of what it was about: an error's text may name a person."""
    if task_result.status == TaskResultStatus.FAILED:
        problem = task_result.errors[0].exception_class_path
        logger.error("A job failed: %s %s (%s)", task_result.task.module_path, task_result.id, problem)


def connect() -> None:
    """Called once, when the room is ready."""
    task_finished.connect(report_failure, dispatch_uid="accounts.jobs.worker.report_failure")
