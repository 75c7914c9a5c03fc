"""Seats of a partnership: which there are, who holds them, who stands in, from when to when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnerships.actions import memberships, seats
from partnerships.models import Seat, SeatHolder
from partnerships.seating import could_hold, held_by, present_seats, seatings
from tests.partnerships.helpers import membership
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused
from tests.support.seats import LONG_AGO, affiliate, seat

TODAY = timezone.localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def chair(cast: Cast) -> Seat:
    """Bristol's, held by Bella for long."""
    return seat(cast.bristol, "Independent chair", cast.bella, by=cast.bella)


def who_signs(cast: Cast, on: date = TODAY) -> list[str]:
    """For Bristol, by seat: the holder's and the deputies' first names."""
    listed = seatings(present_seats([cast.bristol]), on=on)
    return [" ".join([one.seat.name, *(person.full_name.split()[0] for person in one.people)]) for one in listed]


def test_a_seat_is_added_after_the_others_and_recorded(cast: Cast, chair: Seat) -> None:
    council = seats.add(cast.bristol, name="  Council ", by=cast.bella)

    assert who_signs(cast) == ["Independent chair Bella", "Council"]
    event = last_event("seat.added")
    assert (event.object_id, event.organisation_id) == (str(council.pk), cast.bristol.pk)


def test_agencies_have_no_seats(cast: Cast) -> None:
    with refused("Only partnerships sign"):
        seats.add(cast.police, name="Chief constable", by=cast.piet)


@pytest.mark.parametrize(
    ("name", "words"),
    [(" ", "Enter what the seat is called"), ("a" * 121, "It has 121"), ("independent CHAIR", "already has a seat called")],
)
def test_a_name_is_given_once_and_can_be_read(cast: Cast, chair: Seat, name: str, words: str) -> None:
    with refused(words):
        seats.add(cast.bristol, name=name, by=cast.bella)


def test_the_database_keeps_names_apart(cast: Cast, chair: Seat) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(partnership=cast.bristol, name="Independent chair", created_by=cast.bella)


def test_a_seat_speaks_for_an_agency_that_works_in_the_partnership(cast: Cast) -> None:
    with refused("does not work in Bristol Partnership"):
        seats.add(cast.bristol, name="Police", agency=cast.police, by=cast.bella)
    affiliate(cast, cast.bristol)

    police = seats.add(cast.bristol, name="Police", agency=cast.police, by=cast.bella)

    assert could_hold(police) == [cast.bella, cast.bo, cast.piet]


def test_a_seat_is_renamed(cast: Cast, chair: Seat) -> None:
    seats.rename(chair, name="Chair", by=cast.bella)

    assert who_signs(cast) == ["Chair Bella"]
    with nothing_changes():
        seats.rename(chair, name="Chair", by=cast.bella)


def test_a_seat_moves_up(cast: Cast, chair: Seat) -> None:
    council = seats.add(cast.bristol, name="Council", by=cast.bella)

    seats.move_up(council, by=cast.bella)

    assert who_signs(cast) == ["Council", "Independent chair Bella"]
    with nothing_changes():
        seats.move_up(council, by=cast.bella)


def test_a_seat_that_has_ended_is_asked_no_more_and_can_be_added_anew(cast: Cast, chair: Seat) -> None:
    seats.end(chair, by=cast.bella)

    assert who_signs(cast) == []
    with refused("This seat has ended"):
        seats.rename(chair, name="Chair", by=cast.bella)
    seats.add(cast.bristol, name="Independent chair", by=cast.bella)


def test_a_new_holder_ends_the_one_before_on_the_day_before(cast: Cast, chair: Seat) -> None:
    seats.appoint(chair, user=cast.bo, valid_from=TOMORROW, by=cast.bella)

    assert who_signs(cast) == ["Independent chair Bella"]
    assert who_signs(cast, on=TOMORROW) == ["Independent chair Bo"]


def test_a_deputy_stands_in_within_their_days_only(cast: Cast, chair: Seat) -> None:
    seats.appoint(chair, user=cast.bo, is_deputy=True, valid_from=TODAY, valid_to=TODAY, by=cast.bella)

    assert who_signs(cast) == ["Independent chair Bella Bo"]
    assert who_signs(cast, on=YESTERDAY) == who_signs(cast, on=TOMORROW) == ["Independent chair Bella"]
    assert held_by(cast.bo).exists()
    assert not held_by(cast.bo, on=TOMORROW).exists()


def test_whoever_can_sign_in_no_more_signs_nothing(cast: Cast, chair: Seat) -> None:
    seats.appoint(chair, user=cast.bo, is_deputy=True, valid_from=LONG_AGO, by=cast.bella)
    memberships.deactivate(membership(cast.bo), by=cast.bella)

    assert who_signs(cast) == ["Independent chair Bella"]


def test_somebody_of_another_organisation_holds_no_seat(cast: Cast, chair: Seat) -> None:
    with refused("Choose somebody who works for Bristol Partnership"):
        seats.appoint(chair, user=cast.gwen, valid_from=TODAY, by=cast.bella)


def test_a_last_day_comes_after_the_first(cast: Cast, chair: Seat) -> None:
    with refused("The last day comes before the first one"):
        seats.appoint(chair, user=cast.bo, is_deputy=True, valid_from=TODAY, valid_to=YESTERDAY, by=cast.bella)


def test_a_seat_is_not_promised_twice(cast: Cast, chair: Seat) -> None:
    seats.appoint(chair, user=cast.bo, valid_from=TOMORROW, by=cast.bella)

    with refused("Bo Test-Quay holds this seat on some of these days"):
        seats.appoint(chair, user=cast.bella, valid_from=TODAY, by=cast.bella)


def test_nobody_has_two_places_in_one_seat(cast: Cast, chair: Seat) -> None:
    with refused("already has a place in this seat"):
        seats.appoint(chair, user=cast.bella, is_deputy=True, valid_from=TODAY, by=cast.bella)


def test_days_are_corrected(cast: Cast, chair: Seat) -> None:
    holder = SeatHolder.objects.get(seat=chair)

    seats.change_days(holder, valid_from=LONG_AGO, valid_to=YESTERDAY, by=cast.bella)

    assert who_signs(cast) == ["Independent chair"]
    assert last_event("seat.days_changed").data["until"] == YESTERDAY.isoformat()


def test_days_of_two_holders_do_not_overlap(cast: Cast, chair: Seat) -> None:
    later = seats.appoint(chair, user=cast.bo, valid_from=TOMORROW, by=cast.bella)

    with refused("Somebody else holds this seat"):
        seats.change_days(later, valid_from=TODAY, valid_to=None, by=cast.bella)


def test_a_mistaken_appointment_is_taken_back(cast: Cast, chair: Seat) -> None:
    deputy = seats.appoint(chair, user=cast.bo, is_deputy=True, valid_from=LONG_AGO, by=cast.bella)

    seats.remove(deputy, by=cast.bella)

    assert who_signs(cast) == ["Independent chair Bella"]
    assert last_event("seat.appointment_removed").data["person"] == str(cast.bo.pk)
    with refused("removed meanwhile"):
        seats.remove(SeatHolder(pk=deputy.pk or 10**9, seat=chair, user=cast.bo), by=cast.bella)
