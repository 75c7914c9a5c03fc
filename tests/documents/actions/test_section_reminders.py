"""Whoever writes a section is told when its day is near, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from documents.actions import restrictions, sections
from documents.actions.section_reminders import remind
from documents.models import ReportState, Restriction
from documents.notification_kinds import SECTION_DUE
from documents.tasks import SCHEDULES
from partnerships.grants import Level
from partnerships.models import Organisation
from tests.documents.helpers import participant
from tests.support.cast import Cast
from tests.support.states import put


def _due_in(cast: Cast, days: int, organisation: Organisation | None = None) -> None:
    day = timezone.localdate() + timedelta(days=days)
    sections.assign(cast.findings, organisation=organisation or cast.bristol, due_on=day, by=cast.amira)


def _told() -> list[str]:
    rows = Notification.objects.filter(kind=SECTION_DUE).order_by("to__full_name")
    return [name.split()[0] for name in rows.values_list("to__full_name", flat=True)]


@pytest.mark.parametrize(("days", "told"), [(4, []), (3, ["Bella"]), (0, ["Bella"])])
def test_it_is_told_three_days_before_and_later(days: int, told: list[str], cast: Cast) -> None:
    _due_in(cast, days)

    remind()

    assert _told() == told


def test_all_who_write_for_the_organisation_are_told(cast: Cast) -> None:
    _due_in(cast, 1, cast.north_somerset)

    remind()

    assert _told() == ["Amira", "Ned"]


def test_nobody_is_told_twice(cast: Cast) -> None:
    _due_in(cast, 1)

    assert [remind(), remind()] == [1, 0]
    assert _told() == ["Bella"]


def test_what_is_done_is_not_reminded_of(cast: Cast) -> None:
    _due_in(cast, 1)
    sections.mark_done(cast.findings, by=cast.bella)

    assert remind() == 0


def test_nor_what_cannot_be_written_any_more(cast: Cast) -> None:
    _due_in(cast, 1)
    put(cast.report, ReportState.FROZEN)

    assert remind() == 0


def test_nobody_is_told_of_a_section_that_was_hidden_from_them(cast: Cast) -> None:
    _due_in(cast, 1)
    levels = {participant(cast.review, cast.north_somerset): Level.EDIT}
    restrictions.restrict(cast.findings, restriction=Restriction.HIDDEN, levels=levels, by=cast.amira)

    remind()

    assert _told() == []


@pytest.mark.no_database
def test_it_comes_due_every_morning() -> None:
    assert "documents.remind_of_sections" in {schedule.name for schedule in SCHEDULES}
