"""Jobs that failed, or whose worker died, come back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.jobs import recovery
from accounts.jobs.recovery import KEPT_DONE, LONGEST, WAITS, Job, prune, recover
from tests.accounts.jobs.sample import fail, note

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def _job(*, attempts: int, started: datetime | None = None) -> Job:
    """A job that so many workers have begun."""
    job = DBTaskResult.objects.get(pk=note.enqueue("done").id)
    for number in range(attempts):
        job.claim(f"worker {number}")
    DBTaskResult.objects.filter(pk=job.pk).update(started_at=started)
    job.refresh_from_db()
    return job


def _failed(*, attempts: int) -> Job:
    job = _job(attempts=attempts, started=timezone.now())
    job.set_failed(RuntimeError())
    return job


def test_a_job_whose_worker_died_is_given_to_another() -> None:
    now = timezone.now()
    job = _job(attempts=1, started=now - LONGEST - SECOND)

    recover(now)

    job.refresh_from_db()
    assert job.status == TaskResultStatus.READY
    assert DBTaskResult.objects.ready().count() == 1


def test_a_job_that_is_being_done_is_left_alone() -> None:
    now = timezone.now()
    job = _job(attempts=1, started=now - LONGEST + SECOND)

    assert recover(now) == 0

    job.refresh_from_db()
    assert job.status == TaskResultStatus.RUNNING


def test_a_job_by_which_every_worker_died_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    now = timezone.now()
    job = _job(attempts=len(WAITS) + 1, started=now - LONGEST - SECOND)

    recover(now)

    job.refresh_from_db()
    assert job.status == TaskResultStatus.FAILED
    assert "given up" in caplog.text
    assert recover(now) == 0


@pytest.mark.parametrize("attempts", range(1, len(WAITS) + 1))
def test_a_failed_job_is_tried_again_after_a_growing_wait(attempts: int) -> None:
    job = _failed(attempts=attempts)

    recover(timezone.now())

    job.refresh_from_db()
    assert job.status == TaskResultStatus.READY
    assert timedelta(0) <= job.run_after - timezone.now() + SECOND - (WAITS[attempts - 1] - SECOND) <= 3 * SECOND
    assert list(WAITS) == sorted(WAITS)


def test_a_job_that_failed_as_often_as_it_may_stays_failed() -> None:
    job = _failed(attempts=len(WAITS) + 1)

    assert recover(timezone.now()) == 0

    job.refresh_from_db()
    assert job.status == TaskResultStatus.FAILED


def test_another_worker_that_looks_at_the_same_time_changes_nothing() -> None:
    _failed(attempts=1)

    assert [recover(timezone.now()), recover(timezone.now())] == [1, 0]


def test_a_job_that_has_been_begun_again_meanwhile_is_left_alone() -> None:
    now = timezone.now()
    seen = _job(attempts=1, started=now - LONGEST - SECOND)
    recover(now)
    DBTaskResult.objects.get(pk=seen.pk).claim("another")

    assert recovery._give_back(seen, now) is False

    assert DBTaskResult.objects.get(pk=seen.pk).status == TaskResultStatus.RUNNING


def test_jobs_that_were_done_a_while_ago_are_forgotten() -> None:
    old, new, failed = note.enqueue("old"), note.enqueue("new"), fail.enqueue()
    for one in (old, new):
        DBTaskResult.objects.get(pk=one.id).set_successful(None)
    DBTaskResult.objects.get(pk=failed.id).set_failed(RuntimeError())
    DBTaskResult.objects.filter(pk__in=[old.id, failed.id]).update(finished_at=timezone.now() - KEPT_DONE - SECOND)

    prune(timezone.now())

    assert {str(pk) for pk in DBTaskResult.objects.values_list("pk", flat=True)} == {new.id, failed.id}
