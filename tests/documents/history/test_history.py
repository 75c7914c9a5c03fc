"""The sessions of work that the log tells of, and who sees which."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.actions import grants, sections
from documents.history.sessions import Work, work_in
from documents.models import ReadingSpan, Restriction, Section, SectionUpdate
from documents.spans import Window, windows_of
from partnerships.grants import Level
from tests.documents.helpers import participant, write
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def write_at(section: Section, minutes: int, *, by: User) -> int:
    """One row of the log, so many minutes after noon."""
    write(section, f"Words of minute {minutes}.", by=by)
    row = SectionUpdate.objects.order_by("-pk")[0]
    SectionUpdate.objects.filter(pk=row.pk).update(at=NOON + timedelta(minutes=minutes))
    return row.pk


def always(*some: Section) -> dict[UUID, list[Window]]:
    return {section.pk: [Window(NOON - timedelta(days=1))] for section in some}


def minutes(works: list[Work]) -> list[tuple[int, int]]:
    """From which minute to which they went."""
    return [tuple(round((at - NOON) / timedelta(minutes=1)) for at in (work.began, work.ended)) for work in works]  # type: ignore[misc]


def readable(user: User, section: Section) -> list[Window]:
    return list(windows_of(user, section.report, [section.pk])[section.pk])


def test_rows_of_one_person_with_short_pauses_are_one_session(cast: Cast) -> None:
    for minute in (0, 20, 45):
        write_at(cast.introduction, minute, by=cast.ned)

    assert minutes(work_in(always(cast.introduction))) == [(0, 45)]


def test_after_a_long_pause_a_new_session_begins_and_the_latest_comes_first(cast: Cast) -> None:
    for minute in (0, 10, 41, 50):
        write_at(cast.introduction, minute, by=cast.ned)

    assert minutes(work_in(always(cast.introduction))) == [(41, 50), (0, 10)]


def test_a_pause_of_exactly_half_an_hour_is_no_end(cast: Cast) -> None:
    for minute in (0, 30):
        write_at(cast.introduction, minute, by=cast.ned)

    assert minutes(work_in(always(cast.introduction))) == [(0, 30)]


def test_two_people_at_the_same_time_have_a_session_each(cast: Cast) -> None:
    for minute, who in ((0, cast.ned), (1, cast.bella), (2, cast.ned), (3, cast.bella)):
        write_at(cast.introduction, minute, by=who)

    works = work_in(always(cast.introduction))

    assert minutes(works) == [(1, 3), (0, 2)]
    assert [work.author_id for work in works] == [cast.bella.pk, cast.ned.pk]
    assert [work.organisation_id for work in works] == [cast.bristol.pk, cast.north_somerset.pk]


def test_each_section_has_its_own_sessions(cast: Cast) -> None:
    for minute, section in ((0, cast.introduction), (1, cast.findings)):
        write_at(section, minute, by=cast.ned)

    assert len(work_in(always(cast.introduction, cast.findings))) == 2
    assert minutes(work_in(always(cast.findings))) == [(1, 1)]


def test_however_many_rows_there_are_one_query_finds_the_sessions(cast: Cast) -> None:
    for minute in range(0, 400, 20):
        write_at(cast.introduction, minute, by=cast.ned)

    with CaptureQueriesContext(connection) as queries:
        assert len(work_in(always(cast.introduction))) == 1

    assert len(queries) == 1


def test_no_session_reaches_over_a_time_that_could_not_be_read(cast: Cast) -> None:
    for minute in (0, 10, 20, 30):
        write_at(cast.introduction, minute, by=cast.ned)
    at = [NOON + timedelta(minutes=minute) for minute in (-1, 5, 15, 60)]

    works = work_in({cast.introduction.pk: [Window(at[0], at[1]), Window(at[2])]})

    assert minutes(works) == [(20, 30), (0, 0)]


def test_without_any_time_there_is_no_history(cast: Cast) -> None:
    write_at(cast.introduction, 0, by=cast.ned)

    assert work_in({}) == []
    assert work_in({cast.introduction.pk: []}) == []


def test_an_organisation_that_has_had_access_from_the_start_has_one_window(cast: Cast) -> None:
    (window,) = readable(cast.gwen, cast.introduction)

    assert window.until is None
    assert window.since <= cast.introduction.created_at + timedelta(minutes=1)


def test_who_is_not_on_the_review_has_no_window(cast: Cast) -> None:
    assert readable(cast.olive, cast.introduction) == []
    assert readable(cast.sid, cast.introduction) == []


def test_a_restriction_ends_the_window_of_those_outside_and_its_release_begins_another(cast: Cast) -> None:
    joined = {participant(cast.review, place): Level.EDIT for place in (cast.north_somerset, cast.bristol)}

    sections.restrict(cast.introduction, restriction=Restriction.HIDDEN, levels=joined, by=cast.amira)
    assert [window.until is None for window in readable(cast.gwen, cast.introduction)] == [False]
    sections.release(cast.introduction, by=cast.amira)

    before, after = readable(cast.gwen, cast.introduction)
    assert before.until is not None
    assert before.until <= after.since
    assert after.until is None
    assert len(readable(cast.ned, cast.introduction)) == 1


def test_access_that_was_taken_away_and_given_again_counts_from_then(cast: Cast) -> None:
    gwens = participant(cast.review, cast.south_gloucestershire)

    grants.set_report_level(cast.report, gwens, None, by=cast.amira)
    grants.set_report_level(cast.report, gwens, Level.VIEW, by=cast.amira)

    assert [window.until is None for window in readable(cast.gwen, cast.introduction)] == [False, True]


def test_a_change_of_level_is_no_new_window(cast: Cast) -> None:
    before = ReadingSpan.objects.count()

    grants.set_report_level(cast.report, participant(cast.review, cast.police), Level.EDIT, by=cast.amira)

    assert ReadingSpan.objects.count() == before
