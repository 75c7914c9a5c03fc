"""What an administrator does with a colleague."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from partnerships.actions import memberships
from tests.partnerships.helpers import ADMIN, MEMBER, employ_by_the_police_too, membership, text_of
from tests.support.cast import Cast
from tests.support.checks import form_errors, fresh

ClientOf = Callable[[User], Client]
BRISTOL = "/organisation/?of=kbsp"


def _address(person: User, what: str) -> str:
    return f"/organisation/people/{membership(person).pk}/{what}/"


def test_changes_a_role_and_says_so(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bella).post(_address(cast.bo, "role"), {"role": ADMIN}, follow=True)

    assert answer.redirect_chain == [(BRISTOL, 302)]
    assert "Bo Test-Quay is now: administrator." in text_of(answer)
    assert membership(cast.bo).is_admin


@pytest.mark.parametrize("role", ["", "lead", "admin\x00", "a" * 10_000])
def test_asks_again_for_a_role_that_does_not_exist(cast: Cast, client_of: ClientOf, role: str) -> None:
    answer = client_of(cast.bella).post(_address(cast.bo, "role"), {"role": role})

    assert answer.status_code == 422
    assert form_errors(answer)
    assert membership(cast.bo).role == MEMBER


def test_the_only_administrator_is_told_what_to_do_first(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bella).post(_address(cast.bella, "role"), {"role": MEMBER})

    assert answer.status_code == 422
    assert "Make somebody else an administrator first" in form_errors(answer)


def test_who_gives_up_administering_sees_the_members_page(cast: Cast, client_of: ClientOf) -> None:
    memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)

    answer = client_of(cast.bella).post(_address(cast.bella, "role"), {"role": MEMBER}, follow=True)

    assert answer.status_code == 200
    assert "Your administrators" in text_of(answer)


def test_asks_before_deactivating(cast: Cast, client_of: ClientOf) -> None:
    page = text_of(client_of(cast.bella).get(_address(cast.bo, "deactivate")))

    assert "Deactivate Bo Test-Quay?" in page
    assert "signed out everywhere at once" in page
    assert fresh(cast.bo).is_active


def test_deactivates_and_ends_the_session(cast: Cast, client_of: ClientOf) -> None:
    theirs = client_of(cast.bo)
    assert theirs.get("/organisation/").status_code == 200

    answer = client_of(cast.bella).post(_address(cast.bo, "deactivate"), follow=True)

    assert "cannot work for Bristol in the portal any more" in text_of(answer)
    assert theirs.get("/organisation/").status_code == 302


def test_refuses_to_deactivate_oneself_in_words(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bella).post(_address(cast.bella, "deactivate"), follow=True)

    assert "You cannot deactivate yourself" in text_of(answer)
    assert fresh(cast.bella).is_active


def test_says_what_ends_for_somebody_who_works_elsewhere_too(cast: Cast, client_of: ClientOf) -> None:
    here = _address(cast.bo, "deactivate")
    employ_by_the_police_too(cast, cast.bo)
    client = client_of(cast.bella)

    assert "their account stays open" in text_of(client.get(here))
    client.post(here)

    assert fresh(cast.bo).is_active
    assert client.get(here).status_code == 404


def test_reactivates(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.amira).post(_address(cast.rita, "reactivate"), follow=True)

    assert "can sign in again" in text_of(answer)
    assert fresh(cast.rita).is_active


def test_reactivating_is_no_link(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.amira).get(_address(cast.rita, "reactivate")).status_code == 405
