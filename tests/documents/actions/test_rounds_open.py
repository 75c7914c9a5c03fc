"""Opening a comment round: organisations are asked for their comments until a day."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notification
from documents.actions import grants, rounds
from documents.models import Report, ReportState
from documents.notification_kinds import ROUND_OPENED
from partnerships.grants import Level
from tests.documents.helpers import participant
from tests.documents.rounds import comment, in_days, opened
from tests.support.cast import Cast
from tests.support.checks import last_event, refused


def test_asks_organisations_until_a_day(cast: Cast) -> None:
    made = opened(cast, name="  Factual   accuracy ", note=" Look at the dates. ")

    assert (made.number, made.name, made.note) == (1, "Factual accuracy", "Look at the dates.")
    assert {one.participant.organisation for one in made.invitations.all()} == {cast.bristol, cast.police}
    event = last_event("round.opened")
    assert event.data["closes_on"] == in_days(7).isoformat()
    assert event.data["organisations"] == sorted([str(cast.bristol.pk), str(cast.police.pk)])


def test_tells_everybody_whom_it_asks_and_nobody_else(cast: Cast) -> None:
    opened(cast, cast.bristol)

    told = Notification.objects.filter(kind=ROUND_OPENED)
    assert {one.to for one in told} == {cast.bella, cast.bo}


def test_is_refused_with_a_date_in_the_past(cast: Cast) -> None:
    with refused("This day is in the past. Choose today or a later day."):
        opened(cast, closes_on=in_days(-1))


def test_may_close_today(cast: Cast) -> None:
    assert opened(cast, closes_on=in_days(0)).closed_at is None


def test_is_refused_without_organisations(cast: Cast) -> None:
    with refused("Choose at least one organisation."):
        rounds.open(cast.report, name="Nobody", closes_on=in_days(1), participants=[], by=cast.amira)


def test_is_refused_for_who_cannot_comment(cast: Cast) -> None:
    with refused("South Gloucestershire cannot comment on this report."):
        opened(cast, cast.bristol, cast.south_gloucestershire)


def test_is_refused_for_who_has_lost_the_report(cast: Cast) -> None:
    grants.set_report_level(cast.report, participant(cast.review, cast.police), None, by=cast.amira)

    with refused("Police cannot comment on this report."):
        opened(cast, cast.police)


def test_is_refused_while_another_is_open(cast: Cast) -> None:
    opened(cast)

    with refused("“Factual accuracy” is still open."):
        opened(cast, name="Second")


def test_is_refused_without_a_name(cast: Cast) -> None:
    with refused("Enter a name"):
        opened(cast, name=" ")


def test_is_refused_with_a_name_or_a_note_that_is_too_long(cast: Cast) -> None:
    with refused("The name has 121 characters."):
        opened(cast, name="n" * 121)
    with refused("The note has 2001 characters."):
        opened(cast, note="n" * 2001)


def test_is_refused_on_a_report_that_is_not_being_written(cast: Cast) -> None:
    grants.set_report_level(cast.report, participant(cast.review, cast.police), Level.COMMENT, by=cast.amira)
    cast.review.state = "closed"
    cast.review.save()

    with refused("This review is closed"):
        opened(cast)


def test_numbers_go_on(cast: Cast) -> None:
    rounds.close(opened(cast), by=cast.amira)

    assert opened(cast, name="Second").number == 2


def test_a_comment_made_meanwhile_belongs_to_it(cast: Cast) -> None:
    made = opened(cast)

    thread = comment(cast.introduction, cast.bella)

    assert (thread.round, thread.is_late) == (made, False)


def test_a_comment_of_somebody_who_was_not_asked_does_not(cast: Cast) -> None:
    opened(cast, cast.police)

    assert comment(cast.introduction, cast.bella).round is None


def test_a_private_comment_does_not(cast: Cast) -> None:
    opened(cast)

    assert comment(cast.introduction, cast.bella, private=True).round is None


def test_the_database_lets_no_private_comment_in(cast: Cast) -> None:
    thread = comment(cast.introduction, cast.bella, private=True)
    thread.round = opened(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        thread.save()


def test_a_comment_on_the_last_day_is_in_time(cast: Cast) -> None:
    opened(cast, closes_on=in_days(0))

    assert not comment(cast.introduction, cast.piet).is_late


def test_a_comment_after_the_last_day_is_late(cast: Cast) -> None:
    made = opened(cast)
    made.closes_on = in_days(-1)
    made.save()

    thread = comment(cast.introduction, cast.piet)

    assert (thread.round, thread.is_late) == (made, True)


def test_a_comment_after_it_was_closed_is_late(cast: Cast) -> None:
    made = opened(cast)
    rounds.close(made, by=cast.amira)

    thread = comment(cast.introduction, cast.piet)

    assert (thread.round, thread.is_late) == (made, True)


def test_a_new_round_takes_the_place_of_the_old(cast: Cast) -> None:
    rounds.close(opened(cast), by=cast.amira)
    second = opened(cast, name="Second")

    thread = comment(cast.introduction, cast.piet)

    assert (thread.round, thread.is_late) == (second, False)


def test_the_report_has_to_be_open(cast: Cast) -> None:
    assert Report.objects.get(pk=cast.report.pk).state == ReportState.DRAFTING
