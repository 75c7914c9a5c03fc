"""The worker: does what waits, in its order, and stays up."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.actions import letters
from accounts.jobs import schedule, worker
from accounts.jobs.background import BackgroundWorker
from accounts.jobs.worker import Worker
from accounts.models import Letter, Notification, User
from documents.notification_kinds import REPLY
from tests.accounts.jobs.sample import fail, note
from tests.documents.coedit.waiting import until


@pytest.fixture(autouse=True)
def nothing_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_schedules", {})


def _at_once(act: Callable[[], object]) -> None:
    """Two threads do the same, each on a connection of its own."""
    start = Barrier(2)

    def work() -> None:
        try:
            start.wait()
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work), pool.submit(work)]:
            done.result()


@pytest.mark.django_db
def test_it_does_all_that_waits(done: list[str]) -> None:
    note.enqueue("first")
    note.enqueue("second")

    Worker().work()

    assert done == ["first", "second"]
    assert DBTaskResult.objects.successful().count() == 2


@pytest.mark.django_db
def test_it_leaves_what_is_for_later(done: list[str]) -> None:
    note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("later")

    Worker().work()

    assert done == []


@pytest.mark.django_db
def test_a_job_of_an_act_that_did_not_happen_is_not_done(done: list[str]) -> None:
    with transaction.atomic():
        note.enqueue("never")
        transaction.set_rollback(True)

    Worker().work()

    assert done == []


@pytest.mark.django_db
def test_a_job_that_fails_keeps_no_other_from_being_done(done: list[str], caplog: pytest.LogCaptureFixture) -> None:
    failed = fail.enqueue()
    note.enqueue("done")

    Worker().work()

    assert done == ["done"]
    assert DBTaskResult.objects.get(pk=failed.id).status == TaskResultStatus.FAILED
    assert "tests.accounts.jobs.sample.fail" in caplog.text
    assert "rita@cast.example" not in caplog.text


@pytest.mark.django_db
def test_a_look_at_nothing_takes_no_lock(django_assert_num_queries: object) -> None:
    quiet = Worker()
    quiet.work()

    with django_assert_num_queries(1) as seen:  # type: ignore[operator]
        quiet.work()

    assert all(query["sql"].startswith("SELECT") for query in seen)


@pytest.mark.usefixtures("transactional_db")
def test_it_asks_again_where_the_database_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    patient = Worker()
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.01)
    answers = iter([OperationalError("the password is secret"), OperationalError()])

    def answer() -> None:
        if error := next(answers, None):
            raise error
        patient.stop()

    monkeypatch.setattr(patient, "work", answer)

    patient.run()

    assert caplog.text.count("Jobs wait after an error: OperationalError") == 2
    assert "secret" not in caplog.text


@pytest.mark.usefixtures("transactional_db")
def test_it_works_beside_the_pages_until_they_end(done: list[str]) -> None:
    beside = BackgroundWorker()
    beside.start()
    note.enqueue("done")

    until(lambda: done == ["done"])
    beside.end()

    assert not beside._thread.is_alive()


@pytest.mark.usefixtures("transactional_db")
def test_two_workers_that_look_at_once_write_one_letter() -> None:
    person = User.objects.create_user(email="ned@cast.example", full_name="Ned Test-Ashby")
    Notification.objects.bulk_create(
        Notification(to=person, kind=REPLY, url="/", mail_due_at=timezone.now()) for _ in range(20)
    )

    _at_once(lambda: letters.prepare(timezone.now()))

    assert Letter.objects.count() == DBTaskResult.objects.count() == 1
    assert set(Notification.objects.values_list("letter", flat=True)) == {Letter.objects.get().pk}


@pytest.mark.usefixtures("transactional_db")
def test_two_workers_do_every_job_once(done: list[str]) -> None:
    wanted = [str(number) for number in range(40)]
    for word in wanted:
        note.enqueue(word)

    _at_once(lambda: Worker().work())

    assert sorted(done) == sorted(wanted)
