"""What is due by the clock is handed over once."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from accounts.jobs import schedule
from accounts.jobs.schedule import Schedule, hand_over
from accounts.models import ScheduledRun
from tests.accounts.jobs.sample import note_midnight

NOON = datetime(2026, 7, 1, 12, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EACH_MINUTE = Schedule("each minute", note_midnight, every=MINUTE)
AT_SEVEN = Schedule("at seven", note_midnight, at=time(7))


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_schedules", {})
    schedule.register(EACH_MINUTE)


@pytest.mark.django_db
def test_what_has_come_due_becomes_a_job() -> None:
    assert hand_over(NOON) == ["each minute"]

    assert [job.task_path for job in DBTaskResult.objects.all()] == ["tests.accounts.jobs.sample.note_midnight"]


@pytest.mark.django_db
def test_a_second_look_in_the_same_minute_hands_over_nothing() -> None:
    hand_over(NOON)

    assert hand_over(NOON + timedelta(seconds=20)) == []
    assert hand_over(NOON + MINUTE) == ["each minute"]


@pytest.mark.django_db
def test_another_worker_that_saw_the_same_hands_over_nothing() -> None:
    ScheduledRun.objects.create(name="each minute", due_at=EACH_MINUTE.last_due(NOON))

    assert schedule._run(EACH_MINUTE, NOON) is False
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_times_that_nobody_looked_at_are_made_up_for_once() -> None:
    hand_over(NOON)

    assert hand_over(NOON + timedelta(hours=5)) == ["each minute"]
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_old_runs_are_forgotten() -> None:
    hand_over(NOON)

    hand_over(NOON + timedelta(days=3))

    assert ScheduledRun.objects.count() == 1


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("now", "due"),
    [
        # 07:00 in London is 06:00 UTC in summer and 07:00 UTC in winter.
        (datetime(2026, 7, 1, 5, 59, tzinfo=UTC), datetime(2026, 6, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), datetime(2026, 7, 1, 6, 0, tzinfo=UTC)),
        (datetime(2026, 12, 1, 6, 59, tzinfo=UTC), datetime(2026, 11, 30, 7, 0, tzinfo=UTC)),
        (datetime(2026, 12, 1, 7, 0, tzinfo=UTC), datetime(2026, 12, 1, 7, 0, tzinfo=UTC)),
    ],
)
def test_a_time_of_day_is_the_portals_time(now: datetime, due: datetime) -> None:
    assert AT_SEVEN.last_due(now) == due
