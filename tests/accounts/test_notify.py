"""Telling people that something happened."""

from collections.abc import Iterable

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import users
from accounts.actions.notifications import BATCH, notify
from accounts.models import How, MailChoice, Notification, User
from accounts.notification_scopes import scope_of
from documents.actions import sections, threads
from documents.notification_kinds import REPLY, ROUND_OPENED
from documents.threads.drafts import Draft
from reviews.actions import teams
from reviews.models import TeamMember
from tests.support.cast import Cast


def _told(cast: Cast, people: Iterable[User], scope: str, by: User | None = None) -> list[User]:
    """Whom a notification reached."""
    notify(people, REPLY, url=reverse("report", args=[cast.report.pk]), scope=scope, organisation=cast.bristol, by=by)
    return [row.to for row in Notification.objects.select_related("to").order_by("to__full_name")]


def test_those_who_may_open_it_are_told(cast: Cast) -> None:
    assert _told(cast, [cast.ned, cast.bella], scope_of("report", cast.report.pk)) == [cast.bella, cast.ned]


def test_whoever_did_it_is_not_told(cast: Cast) -> None:
    assert _told(cast, [cast.ned, cast.bella], scope_of("report", cast.report.pk), by=cast.bella) == [cast.ned]


def test_nobody_is_told_twice(cast: Cast) -> None:
    assert _told(cast, [cast.ned, cast.ned], scope_of("report", cast.report.pk)) == [cast.ned]


def test_deactivated_people_are_not_told(cast: Cast) -> None:
    assert _told(cast, [cast.rita], "") == []


def test_nobody_is_told_of_a_report_that_they_cannot_open(cast: Cast) -> None:
    assert _told(cast, [cast.olive, cast.sid], scope_of("report", cast.report.pk)) == []


def test_nobody_is_told_of_a_section_whose_text_they_cannot_read(cast: Cast) -> None:
    scope = scope_of("section", cast.restricted_hidden.pk)

    assert _told(cast, [cast.amira, cast.bo, cast.gwen], scope) == [cast.bo]


def test_nobody_is_told_of_another_organisations_own_thread(cast: Cast) -> None:
    own = threads.open(cast.introduction, Draft("Between us.", only_for_us=True), by=cast.bella)

    assert _told(cast, [cast.amira, cast.bo, cast.piet], scope_of("thread", own.pk)) == [cast.bo]


def test_a_thread_goes_with_its_section(cast: Cast) -> None:
    thread = threads.open(cast.restricted_listed, Draft("Is this right?"), by=cast.bella)

    assert _told(cast, [cast.ned, cast.gwen], scope_of("thread", thread.pk)) == [cast.ned]


def test_a_thing_that_nobody_knows_of_cannot_be_named(cast: Cast) -> None:
    with pytest.raises(ValueError, match="Nobody knows"):
        scope_of("teapot", cast.report.pk)


def test_it_names_the_organisation_and_where_to_look(cast: Cast) -> None:
    notify([cast.ned], ROUND_OPENED, url="/reports/", organisation=cast.bristol)

    told = Notification.objects.get()

    assert (told.organisation_name, told.url, told.read_at) == ("Bristol", "/reports/", None)


def test_an_email_waits_a_few_minutes_for_others_of_its_group(cast: Cast) -> None:
    before = timezone.now()

    notify([cast.ned], REPLY, url="/reports/")

    due = Notification.objects.get().mail_due_at
    assert due is not None
    assert before + BATCH <= due <= timezone.now() + BATCH


def test_who_wants_no_email_of_a_group_is_told_in_the_portal_only(cast: Cast) -> None:
    MailChoice.objects.create(user=cast.ned, group="comments", how=How.NONE)

    notify([cast.ned], REPLY, url="/reports/")
    notify([cast.ned], ROUND_OPENED, url="/reports/")

    due = {row.kind: row.mail_due_at for row in Notification.objects.all()}
    assert due[REPLY] is None
    assert due[ROUND_OPENED] is not None


def test_who_wants_one_email_a_day_gets_it_at_the_next_seven_in_the_morning(cast: Cast) -> None:
    MailChoice.objects.create(user=cast.ned, group="comments", how=How.DAILY)

    notify([cast.ned], REPLY, url="/reports/")

    due = Notification.objects.get().mail_due_at
    assert due is not None
    assert (timezone.localtime(due).hour, timezone.localtime(due).minute) == (7, 0)
    assert timezone.now() < due


def test_what_a_person_may_no_longer_open_is_not_told_to_them_again(cast: Cast) -> None:
    teams.remove(TeamMember.objects.get(user=cast.ned), by=cast.amira)

    assert _told(cast, [cast.ned], scope_of("report", cast.report.pk)) == []


def test_a_deleted_section_is_nobodys(cast: Cast) -> None:
    sections.delete(cast.introduction, by=cast.amira)

    assert _told(cast, [cast.ned], scope_of("section", cast.introduction.pk)) == []


def test_a_closed_account_is_told_nothing(cast: Cast) -> None:
    users.deactivate(cast.bo, by=cast.bella)
    cast.bo.refresh_from_db()

    assert _told(cast, [cast.bo], scope_of("report", cast.report.pk)) == []
