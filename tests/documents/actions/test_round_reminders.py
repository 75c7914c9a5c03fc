"""Reminding organisations that the last day of a comment round is near."""

from accounts.models import Notification
from documents.actions import rounds
from documents.actions.round_reminders import remind
from documents.notification_kinds import ROUND_CLOSING
from reviews.models import ReviewState
from tests.documents.rounds import in_days, opened
from tests.support.cast import Cast


def reminded() -> set[str]:
    return set(Notification.objects.filter(kind=ROUND_CLOSING).values_list("to__full_name", flat=True))


def test_whom_a_round_asks_is_reminded_three_days_before(cast: Cast) -> None:
    opened(cast, closes_on=in_days(3))

    assert remind() == 1
    assert reminded() == {cast.bella.full_name, cast.bo.full_name, cast.piet.full_name}


def test_nobody_is_reminded_earlier(cast: Cast) -> None:
    opened(cast, closes_on=in_days(4))

    assert remind() == 0


def test_nobody_is_reminded_twice(cast: Cast) -> None:
    opened(cast, closes_on=in_days(2))
    remind()

    assert remind() == 0
    assert Notification.objects.filter(kind=ROUND_CLOSING).count() == 3


def test_a_new_last_day_is_told_of_as_well(cast: Cast) -> None:
    made = opened(cast, closes_on=in_days(1))
    remind()
    rounds.change_date(made, closes_on=in_days(3), by=cast.amira)

    assert remind() == 1


def test_nobody_is_reminded_of_what_is_over(cast: Cast) -> None:
    made = opened(cast, closes_on=in_days(1))
    rounds.close(made, by=cast.amira)

    assert remind() == 0


def test_nobody_is_reminded_after_the_last_day(cast: Cast) -> None:
    made = opened(cast, closes_on=in_days(1))
    made.closes_on = in_days(-1)
    made.save()

    assert remind() == 0


def test_nobody_is_reminded_in_a_closed_review(cast: Cast) -> None:
    opened(cast, closes_on=in_days(1))
    cast.review.state = ReviewState.CLOSED
    cast.review.save()

    assert remind() == 0
