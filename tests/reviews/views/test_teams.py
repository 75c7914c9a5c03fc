"""An organisation's team on a review: chosen by its administrator or its team's lead."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from partnerships.models import TeamRole
from reviews.actions import teams
from tests.partnerships.helpers import text_of
from tests.reviews.helpers import part_of, place_of, sees
from tests.support.cast import Cast
from tests.support.checks import form_errors

ClientOf = Callable[[User], Client]


def _add(cast: Cast) -> str:
    return f"/reviews/teams/{part_of(cast, cast.north_somerset).pk}/add/"


def _place(person: User, what: str) -> str:
    return f"/reviews/members/{place_of(person).pk}/{what}/"


def test_offers_the_active_colleagues_who_are_not_on_it(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.amira).get(_add(cast)).context["people"] == [cast.olive]


def test_adds_a_colleague(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.amira).post(_add(cast), {"person": cast.olive.pk, "role": "reviewer"}, follow=True)

    assert answer.redirect_chain == [(f"/reviews/{cast.review.pk}/people/", 302)]
    assert "Olive Test-Marsh is on the team now, as reviewer" in text_of(answer)
    assert sees(cast.olive, cast.review)


def test_says_when_nobody_is_left_to_add(cast: Cast, client_of: ClientOf) -> None:
    teams.add(part_of(cast, cast.north_somerset), cast.olive, TeamRole.OBSERVER, by=cast.amira)

    assert "Everybody is on the team already" in text_of(client_of(cast.amira).get(_add(cast)))


@pytest.mark.parametrize("who", ["bo", "rita", "sid", "ned"])
def test_takes_nobody_else(cast: Cast, client_of: ClientOf, who: str) -> None:
    answer = client_of(cast.amira).post(_add(cast), {"person": getattr(cast, who).pk, "role": "author"})

    assert answer.status_code == 422
    assert "added or deactivated meanwhile" in form_errors(answer)


@pytest.mark.parametrize(("person", "role"), [("", ""), ("x" * 9999, "boss"), ("\x00", "\x00")])
def test_says_what_is_wrong(cast: Cast, client_of: ClientOf, person: str, role: str) -> None:
    answer = client_of(cast.amira).post(_add(cast), {"person": person, "role": role})

    assert answer.status_code == 422
    assert len(answer.context["form"].errors) == 2


def test_changes_a_role(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bella).post(_place(cast.bo, "role"), {"role": "author"}, follow=True)

    assert "Bo Test-Quay is now author on this review" in text_of(answer)
    assert place_of(cast.bo).role == TeamRole.AUTHOR


def test_asks_again_for_a_role_that_does_not_exist(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bella).post(_place(cast.bo, "role"), {"role": "owner"})

    assert answer.status_code == 422
    assert place_of(cast.bo).role == TeamRole.OBSERVER


def test_asks_before_removing_and_then_they_cannot_open_it(cast: Cast, client_of: ClientOf) -> None:
    theirs, client = client_of(cast.bo), client_of(cast.bella)
    here = _place(cast.bo, "remove")
    assert "Remove Bo Test-Quay from the review?" in text_of(client.get(here))
    assert theirs.get(f"/reviews/{cast.review.pk}/").status_code == 200

    answer = client.post(here, follow=True)

    assert "Bo Test-Quay is not on the review any more" in text_of(answer)
    assert theirs.get(f"/reviews/{cast.review.pk}/").status_code == 404
    assert client.post(here).status_code == 404


def test_an_administrator_who_removes_themselves_comes_to_their_teams_page(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bella).post(_place(cast.bella, "remove"), follow=True)

    assert answer.redirect_chain[0][0] == f"/reviews/invitations/{part_of(cast, cast.bristol).pk}/"
    assert "You are not on it yourself" in text_of(answer)


def test_a_lead_who_removes_themselves_comes_to_their_reviews(cast: Cast, client_of: ClientOf) -> None:
    teams.change_role(place_of(cast.bo), TeamRole.LEAD, by=cast.bella)

    answer = client_of(cast.bo).post(_place(cast.bo, "remove"), follow=True)

    assert answer.redirect_chain == [("/reviews/", 302)]


def test_a_lead_who_steps_down_loses_the_teams_pages(cast: Cast, client_of: ClientOf) -> None:
    teams.change_role(place_of(cast.bo), TeamRole.LEAD, by=cast.bella)
    client = client_of(cast.bo)

    client.post(_place(cast.bo, "role"), {"role": "reviewer"})

    assert client.get(_place(cast.bella, "remove")).status_code == 403
