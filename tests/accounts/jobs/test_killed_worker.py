"""A worker is killed at every step of sending a letter: it is sent by another, or not again; never twice."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.actions import letters
from accounts.actions.notifications import notify
from accounts.jobs.recovery import LONGEST
from accounts.jobs.worker import Worker
from accounts.models import Letter, Notification, User
from documents.notification_kinds import REPLY
from tests.documents.coedit.server import ROOT, database_url
from tests.documents.coedit.waiting import until
from tests.support.cast import Cast, build_cast
from tests.support.mail_server import MailServer, mail_server

PRODUCTION = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "only-to-send-a-letter-" + "x" * 50,
    "ALLOWED_HOSTS": "portal.example",
    "EMAIL_HOST": "127.0.0.1",
    "EMAIL_USE_TLS": "0",
}
Begin = Callable[[MailServer], AbstractContextManager["subprocess.Popen[bytes]"]]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


@pytest.fixture
def begin(tmp_path: Path) -> Begin:
    """Start a worker as a deployment does; it ends by itself when nothing waits, at the latest when the block ends."""

    @contextmanager
    def worker(server: MailServer) -> Iterator["subprocess.Popen[bytes]"]:
        own = {"DATABASE_URL": database_url(), "EMAIL_PORT": str(server.port), "PORTAL_VAR": str(tmp_path)}
        with (tmp_path / "log").open("ab") as log:
            command = [sys.executable, "manage.py", "worker", "--once"]
            process = subprocess.Popen(command, cwd=ROOT, env=os.environ | PRODUCTION | own, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    return worker


def _letter_for(person: User) -> Letter:
    """A letter that waits, with its job."""
    notify([person], REPLY, url="/my-work/")
    Notification.objects.update(mail_due_at=timezone.now())
    letters.prepare(timezone.now())
    return Letter.objects.get(to=person)


def _time_passes() -> None:
    """So long that workers that hold a job are taken for dead."""
    DBTaskResult.objects.running().update(started_at=timezone.now() - LONGEST - timedelta(seconds=1))


def _send_what_waits(settings: LazySettings, server: MailServer) -> None:
    """Another worker, in the test's own process."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    Worker().work()


def _killed_at(step: str, begin: Begin, server: MailServer) -> None:
    server.hold = step
    with begin(server) as worker:
        assert server.reached.wait(60)
        worker.kill()
        worker.wait()
    server.hold = ""
    server.go_on.set()
    _time_passes()


@pytest.mark.parametrize("step", ["greet", "EHLO"])
def test_killed_before_it_claims_the_letter_another_sends_it(
    step: str, people: Cast, begin: Begin, settings: LazySettings
) -> None:
    letter = _letter_for(people.bo)
    with mail_server() as server:
        _killed_at(step, begin, server)
        assert server.letters == []

        _send_what_waits(settings, server)

        letter.refresh_from_db()
        assert len(server.letters) == 1
        assert letter.sent_at


@pytest.mark.parametrize(("step", "arrived"), [("MAIL", 0), ("DATA", 0), ("taken", 1)])
def test_killed_while_it_hands_the_letter_over_it_is_not_sent_again(
    step: str, arrived: int, people: Cast, begin: Begin, settings: LazySettings
) -> None:
    letter = _letter_for(people.bo)
    with mail_server() as server:
        _killed_at(step, begin, server)

        _send_what_waits(settings, server)

        letter.refresh_from_db()
        assert len(server.letters) == arrived
        assert letter.claimed_at
        assert letter.sent_at is None
        assert DBTaskResult.objects.get(task_path__endswith="send_letter").return_value == "unknown"
        # What it was about still waits in the portal.
        assert Notification.objects.get().read_at is None


def test_killed_before_it_notes_that_the_letter_has_left_it_is_not_sent_again(
    people: Cast, begin: Begin, settings: LazySettings
) -> None:
    letter = _letter_for(people.bo)
    with mail_server(hold="taken") as server:
        with begin(server) as worker:
            assert server.reached.wait(60)
            with transaction.atomic():
                # Whoever holds the row keeps the worker from noting anything.
                Letter.objects.select_for_update().get(pk=letter.pk)
                server.go_on.set()
                assert server.answered.wait(60)
                worker.kill()
                worker.wait()
        _time_passes()

        _send_what_waits(settings, server)

        assert len(server.letters) == 1


def test_killed_after_it_has_noted_that_the_letter_left_it_is_not_sent_again(
    people: Cast, begin: Begin, settings: LazySettings
) -> None:
    letter = _letter_for(people.bo)
    with mail_server() as server:
        _killed_at("QUIT", begin, server)

        _send_what_waits(settings, server)

        letter.refresh_from_db()
        assert len(server.letters) == 1
        assert letter.sent_at
        assert DBTaskResult.objects.get(task_path__endswith="send_letter").return_value == "done before"


def test_two_workers_send_every_letter_once(people: Cast, begin: Begin) -> None:
    for person in (people.amira, people.ned, people.nora, people.bella, people.bo, people.gwen, people.piet):
        _letter_for(person)
    with mail_server() as server:
        with begin(server) as one, begin(server) as other:
            assert [one.wait(60), other.wait(60)] == [0, 0]

        assert sorted(str(letter["To"]) for letter in server.letters) == sorted(
            letter.to.email for letter in Letter.objects.select_related("to")
        )


def test_a_worker_that_is_asked_to_end_finishes_the_letter_in_hand(people: Cast, begin: Begin) -> None:
    letter = _letter_for(people.bo)
    with mail_server(hold="DATA") as server:
        with begin(server) as worker:
            assert server.reached.wait(60)
            worker.terminate()
            server.go_on.set()
            assert worker.wait(60) == 0

        letter.refresh_from_db()
        assert letter.sent_at
        assert len(server.letters) == 1
        until(lambda: DBTaskResult.objects.get(task_path__endswith="send_letter").status == TaskResultStatus.SUCCESSFUL)
