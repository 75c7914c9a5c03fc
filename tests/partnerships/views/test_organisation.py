"""The page of one's own organisation."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.models import User
from partnerships.actions import memberships, organisations
from partnerships.models import Invitation
from tests.partnerships.helpers import ADMIN, MEMBER, NEW, employ_by_the_police_too, invite, membership, queries_of, text_of
from tests.support.cast import Cast

ClientOf = Callable[[User], Client]
HERE = "/organisation/"


def test_an_administrator_sees_who_has_a_second_step_and_when_they_last_signed_in(cast: Cast, client_of: ClientOf) -> None:
    Authenticator.objects.create(user=cast.bo, type=Authenticator.Type.TOTP, data={})
    User.objects.filter(pk=cast.bo.pk).update(last_login=datetime(2026, 11, 3, 9, 30, tzinfo=UTC))

    answer = client_of(cast.bella).get(HERE)

    rows = {person.user: has_step for person, has_step in answer.context["rows"]}
    assert rows == {cast.bella: False, cast.bo: True}
    assert "1 person has no second sign-in step yet" in " ".join(text_of(answer).split())
    assert "3 November 2026, 09:30" in text_of(answer)


def test_nobody_of_another_organisation_is_on_it(cast: Cast, client_of: ClientOf) -> None:
    page = text_of(client_of(cast.bella).get(HERE))

    assert cast.bo.full_name in page
    for stranger in (cast.amira, cast.ned, cast.gwen, cast.piet):
        assert stranger.full_name not in page
        assert stranger.email not in page


def test_deactivated_people_can_be_reactivated(cast: Cast, client_of: ClientOf) -> None:
    page = text_of(client_of(cast.amira).get(HERE))

    assert "Deactivated." in page
    assert f"/organisation/people/{membership(cast.rita).pk}/reactivate/" in page


def test_a_member_sees_only_who_the_administrators_are(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.bo).get(HERE)

    assert "rows" not in answer.context
    page = text_of(answer)
    assert cast.bella.full_name in page
    assert cast.bella.email not in page
    assert "Invite a person" not in page


def test_open_and_expired_invitations_are_listed_and_answered_ones_are_not(cast: Cast, client_of: ClientOf) -> None:
    expired = invite(cast, email="late@cast.example").invitation
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    invite(cast)

    page = text_of(client_of(cast.bella).get(HERE))
    assert NEW in page
    assert "Expired on" in page

    Invitation.objects.filter(email=NEW).update(declined_at=timezone.now())
    assert NEW not in text_of(client_of(cast.bella).get(HERE))


def test_present_affiliations_come_before_past_ones(cast: Cast, client_of: ClientOf) -> None:
    for partnership in (cast.bristol, cast.north_somerset):
        organisations.affiliate(partnership=partnership, agency=cast.police, statutory=True, valid_from=date(2019, 9, 29))
    organisations.end_affiliation(cast.bristol.agency_affiliations.get(), valid_to=date(2025, 3, 31))

    answer = client_of(cast.piet).get(HERE)

    assert [organisation for organisation, _ in answer.context["affiliations"]] == [cast.north_somerset, cast.bristol]
    assert "until 31 March 2025" in text_of(answer)


def test_who_works_for_two_can_open_both(cast: Cast, client_of: ClientOf) -> None:
    employ_by_the_police_too(cast, cast.bella, ADMIN)
    client = client_of(cast.bella)

    assert client.get(HERE).context["others"] == [cast.police]
    second = client.get(HERE, {"of": "police"})
    assert second.context["organisation"] == cast.police
    assert {person.user for person, _ in second.context["rows"]} == {cast.piet, cast.bella}
    assert client.get(HERE, {"of": "nsscp"}).status_code == 404


def test_costs_the_same_for_a_small_organisation_and_a_large_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bella)
    invite(cast)
    small = queries_of(lambda: client.get(HERE))

    for number in range(30):
        person = User.objects.create_user(email=f"p{number}@cast.example", full_name=f"Person Test-{number}")
        memberships.add(cast.bristol, person, MEMBER, by=cast.bella)
        invite(cast, email=f"invited{number}@cast.example")

    assert queries_of(lambda: client.get(HERE)) == small
    assert len(client.get(HERE).context["rows"]) == 32
