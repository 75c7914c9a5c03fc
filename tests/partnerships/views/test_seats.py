"""The pages on which an administrator says who signs for the partnership."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from partnerships.models import Seat, SeatHolder
from tests.partnerships.helpers import text_of
from tests.support.cast import Cast
from tests.support.checks import form_errors
from tests.support.seats import affiliate, seat

ClientOf = Callable[[User], Client]
SEATS = "/organisation/seats/?of=kbsp"
FROM_TODAY = {"valid_from_day": "1", "valid_from_month": "11", "valid_from_year": "2026"}


@pytest.fixture
def chair(cast: Cast) -> Seat:
    return seat(cast.bristol, "Independent chair", cast.bella, by=cast.bella)


def test_the_organisation_page_leads_to_the_seats(cast: Cast, client_of: ClientOf) -> None:
    assert "/organisation/seats/?of=kbsp" in client_of(cast.bella).get("/organisation/").content.decode()
    assert "/organisation/seats/" not in client_of(cast.bo).get("/organisation/").content.decode()
    assert "/organisation/seats/" not in client_of(cast.piet).get("/organisation/").content.decode()


def test_a_partnership_without_seats_is_told_what_that_means(cast: Cast, client_of: ClientOf) -> None:
    assert "No report that your partnership takes part in can be frozen" in text_of(client_of(cast.bella).get(SEATS))


def test_shows_who_signs(cast: Cast, client_of: ClientOf, chair: Seat) -> None:
    page = text_of(client_of(cast.bella).get(SEATS))

    assert "Independent chair" in page
    assert "Bella Test-Harbour" in page
    assert "From 1 January 2020" in page


def test_adds_a_seat_for_an_agency(cast: Cast, client_of: ClientOf) -> None:
    affiliate(cast, cast.bristol)

    answer = client_of(cast.bella).post(
        "/organisation/seats/new/?of=kbsp", {"name": "Police", "agency": str(cast.police.pk)}, follow=True
    )

    assert answer.redirect_chain == [(SEATS, 302)]
    assert Seat.objects.get(partnership=cast.bristol).agency == cast.police


@pytest.mark.parametrize("posted", [{"name": " "}, {"name": "a" * 10_000}, {"name": "Police", "agency": "x\x00"}])
def test_asks_again_and_keeps_what_was_typed(cast: Cast, client_of: ClientOf, posted: dict[str, str]) -> None:
    answer = client_of(cast.bella).post("/organisation/seats/new/?of=kbsp", posted)

    assert answer.status_code == 422
    assert form_errors(answer)
    assert not Seat.objects.exists()


def test_names_a_deputy_of_the_agency(cast: Cast, client_of: ClientOf) -> None:
    affiliate(cast, cast.bristol)
    police = seat(cast.bristol, "Police", cast.bella, by=cast.bella, agency=cast.police)

    answer = client_of(cast.bella).post(
        f"/organisation/seats/{police.pk}/appoint/",
        {"user": str(cast.piet.pk), "part": "deputy", **FROM_TODAY},
        follow=True,
    )

    assert "Piet Test-Constable has a place in the seat “Police”" in text_of(answer)
    assert SeatHolder.objects.get(user=cast.piet).is_deputy


def test_a_stranger_is_not_on_offer(cast: Cast, client_of: ClientOf, chair: Seat) -> None:
    answer = client_of(cast.bella).post(
        f"/organisation/seats/{chair.pk}/appoint/", {"user": str(cast.gwen.pk), "part": "holder", **FROM_TODAY}
    )

    assert "That person cannot hold this seat" in form_errors(answer)


def test_a_refusal_of_the_action_is_shown_at_its_field(cast: Cast, client_of: ClientOf, chair: Seat) -> None:
    holder = SeatHolder.objects.get(seat=chair)
    ends_before = {"valid_to_day": "1", "valid_to_month": "1", "valid_to_year": "2025"}

    answer = client_of(cast.bella).post(f"/organisation/seats/holders/{holder.pk}/days/", FROM_TODAY | ends_before)

    assert answer.status_code == 422
    assert answer.context["form"].errors["valid_to"] == ["The last day comes before the first one."]


def test_asks_before_a_seat_ends_and_before_an_appointment_is_taken_back(
    cast: Cast, client_of: ClientOf, chair: Seat
) -> None:
    bella, holder = client_of(cast.bella), SeatHolder.objects.get(seat=chair)

    assert "End the seat “Independent chair”?" in text_of(bella.get(f"/organisation/seats/{chair.pk}/end/"))
    assert "is void at once" in text_of(bella.get(f"/organisation/seats/holders/{holder.pk}/remove/"))
    bella.post(f"/organisation/seats/holders/{holder.pk}/remove/")
    bella.post(f"/organisation/seats/{chair.pk}/end/")

    chair.refresh_from_db()
    assert chair.ended_by == cast.bella
    assert not SeatHolder.objects.exists()


def test_renames_and_moves(cast: Cast, client_of: ClientOf, chair: Seat) -> None:
    bella, council = client_of(cast.bella), seat(cast.bristol, "Council", cast.bo, by=cast.bella)

    bella.post(f"/organisation/seats/{council.pk}/rename/", {"name": "City council"})
    bella.post(f"/organisation/seats/{council.pk}/up/")

    assert list(Seat.objects.values_list("name", flat=True)) == ["City council", "Independent chair"]
