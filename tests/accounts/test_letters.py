"""E-mails about notifications: batched, one digest a day, a link and no content, to those who still want and may."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actions import letters, mail_choices, users
from accounts.actions.notifications import BATCH, mark_read, notify
from accounts.delivery import NotSentError, send_letter
from accounts.jobs.worker import Worker
from accounts.models import How, Letter, Notification, User
from accounts.notification_scopes import scope_of
from documents.actions import restrictions
from documents.models import Restriction
from documents.notification_kinds import ASKED_TO_SIGN, MENTION, REPLY, ROUND_OPENED
from partnerships.grants import Level
from reviews.actions import teams
from reviews.models import TeamMember
from tests.documents.helpers import participant
from tests.support.cast import Cast
from tests.support.mail_server import mail_server

LATER = BATCH + timedelta(seconds=1)


def _tell(person: User, *kinds: str, scope: str = "") -> None:
    for kind in kinds:
        notify([person], kind, url="/my-work/", scope=scope)


def _sent_after(wait: timedelta) -> list[EmailMessage]:
    """What leaves when so much time has passed."""
    letters.prepare(timezone.now() + wait)
    Worker().work()
    return mail.outbox


def _body(letter: EmailMessage) -> str:
    return str(letter.body)


def test_what_happens_within_a_few_minutes_is_told_in_one_letter(cast: Cast) -> None:
    _tell(cast.bo, REPLY)
    _tell(cast.bo, MENTION)

    (letter,) = _sent_after(LATER)

    assert letter.to == [cast.bo.email]
    assert "- Comments and suggestions: 2" in _body(letter)


def test_nothing_leaves_before_the_few_minutes_have_passed(cast: Cast) -> None:
    _tell(cast.bo, REPLY)

    assert _sent_after(timedelta(0)) == []


def test_each_group_has_a_letter_of_its_own(cast: Cast) -> None:
    _tell(cast.bo, REPLY, ROUND_OPENED)

    sent = _sent_after(LATER)

    assert sorted("rounds" if "Comment rounds" in _body(letter) else "comments" for letter in sent) == ["comments", "rounds"]


def test_the_day_is_told_in_one_letter_whatever_the_groups(cast: Cast) -> None:
    mail_choices.choose(cast.bo, {"comments": How.DAILY, "rounds": How.DAILY})
    _tell(cast.bo, REPLY, REPLY, ROUND_OPENED)

    (letter,) = _sent_after(timedelta(days=1))

    assert letter.subject == "Your day in the Joint Review Portal"
    assert "- Comments and suggestions: 2\n- Comment rounds: 1\n" in _body(letter)


def test_a_letter_holds_a_link_and_nothing_of_what_it_is_about(cast: Cast) -> None:
    scope = scope_of("section", cast.findings.pk)
    notify([cast.bo], REPLY, url="/my-work/", scope=scope, organisation=cast.north_somerset, by=cast.amira)

    (letter,) = _sent_after(LATER)

    everything = f"{letter.subject} {_body(letter)} {letter.extra_headers}"
    assert "/notifications/" in everything
    for secret in ("Findings", "A joint report", "A test review", "North Somerset", "Amira", "Bo ", str(cast.bo.pk)):
        assert secret not in everything
    assert letter.subject == "There is something for you in the Joint Review Portal"


def test_a_letter_can_be_stopped_by_one_click(cast: Cast) -> None:
    _tell(cast.bo, REPLY)

    (letter,) = _sent_after(LATER)

    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Unsubscribe"].strip("<>") in _body(letter)


def test_what_was_read_in_the_portal_is_not_told_again(cast: Cast) -> None:
    _tell(cast.bo, REPLY)
    mark_read(Notification.objects.get())

    assert _sent_after(LATER) == []


def test_what_is_read_before_the_letter_leaves_is_not_told(cast: Cast) -> None:
    _tell(cast.bo, REPLY)
    letters.prepare(timezone.now() + LATER)
    mark_read(Notification.objects.get())

    Worker().work()

    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_nothing_is_told_of_what_the_reader_may_no_longer_open(cast: Cast) -> None:
    _tell(cast.ned, REPLY, scope=scope_of("report", cast.report.pk))
    teams.remove(TeamMember.objects.get(user=cast.ned), by=cast.amira)

    assert _sent_after(LATER) == []
    assert Notification.objects.get().mail_due_at is None


def test_access_that_ends_while_the_letter_waits_stops_it(cast: Cast) -> None:
    _tell(cast.gwen, REPLY, scope=scope_of("section", cast.introduction.pk))
    letters.prepare(timezone.now() + LATER)
    levels = {participant(cast.review, cast.bristol): Level.EDIT}
    restrictions.restrict(cast.introduction, restriction=Restriction.HIDDEN, levels=levels, by=cast.amira)

    Worker().work()

    assert mail.outbox == []


def test_none_is_written_to_deactivated_people(cast: Cast) -> None:
    _tell(cast.bo, REPLY)
    users.deactivate(cast.bo, by=cast.bella)

    assert letters.prepare(timezone.now() + LATER) == 0
    assert not Letter.objects.exists()


def test_deactivated_people_get_no_letter(cast: Cast) -> None:
    _tell(cast.bo, REPLY)
    letters.prepare(timezone.now() + LATER)
    _tell(cast.bo, ROUND_OPENED)
    users.deactivate(cast.bo, by=cast.bella)

    assert _sent_after(LATER) == []


def test_who_changes_to_no_email_gets_none_of_what_waits(cast: Cast) -> None:
    _tell(cast.bo, REPLY, ASKED_TO_SIGN)
    mail_choices.choose(cast.bo, {"comments": How.NONE})

    (letter,) = _sent_after(LATER)

    assert "Signing" in _body(letter)


def test_a_second_look_writes_no_second_letter(cast: Cast) -> None:
    _tell(cast.bo, REPLY)
    moment = timezone.now() + LATER

    assert [letters.prepare(moment), letters.prepare(moment)] == [1, 0]
    assert DBTaskResult.objects.count() == Letter.objects.count() == 1


def test_a_job_that_is_done_twice_sends_once(cast: Cast) -> None:
    _tell(cast.bo, REPLY)
    letters.prepare(timezone.now() + LATER)
    pk = str(Letter.objects.get().pk)

    assert [send_letter.call(pk), send_letter.call(pk)] == ["sent", "done before"]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("step", ["greet", "MAIL", "RCPT", "taken"])
def test_a_letter_that_the_server_refuses_is_sent_later(step: str, cast: Cast, settings: LazySettings) -> None:
    _tell(cast.bo, REPLY)
    letters.prepare(timezone.now() + LATER)
    pk = str(Letter.objects.get().pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server(refuse=step) as server:
        settings.EMAIL_PORT = server.port
        with pytest.raises(NotSentError) as refusal:
            send_letter.call(pk)
        assert "@" not in str(refusal.value)
        assert Letter.objects.get().claimed_at is None
        server.refuse, taken = "", len(server.letters)

        assert send_letter.call(pk) == "sent"

        assert len(server.letters) == taken + 1


@pytest.mark.parametrize("step", ["MAIL", "DATA", "taken"])
def test_a_letter_is_not_sent_again_where_the_server_hangs_up_on_it(
    step: str, cast: Cast, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    _tell(cast.bo, REPLY)
    letters.prepare(timezone.now() + LATER)
    pk = str(Letter.objects.get().pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server(drop=step) as server:
        settings.EMAIL_PORT = server.port
        assert send_letter.call(pk) == "unknown"
        server.drop, taken = "", len(server.letters)

        assert send_letter.call(pk) == "unknown"

        assert len(server.letters) == taken
    assert pk in caplog.text
    assert cast.bo.email not in caplog.text


def test_a_server_that_hangs_up_before_it_has_a_letter_gets_it_later(cast: Cast, settings: LazySettings) -> None:
    _tell(cast.bo, REPLY)
    letters.prepare(timezone.now() + LATER)
    pk = str(Letter.objects.get().pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server(drop="EHLO") as server:
        settings.EMAIL_PORT = server.port
        with pytest.raises(NotSentError):
            send_letter.call(pk)
        server.drop = ""

        assert send_letter.call(pk) == "sent"


def test_a_server_that_is_away_costs_no_letter(cast: Cast, settings: LazySettings) -> None:
    _tell(cast.bo, REPLY)
    letters.prepare(timezone.now() + LATER)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(NotSentError):
        send_letter.call(str(Letter.objects.get().pk))

    assert Letter.objects.get().claimed_at is None
