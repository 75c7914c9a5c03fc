"""Loaders of reviews, participants and places: who gets them, and how the others are turned away."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from partnerships.actions import memberships
from partnerships.models import TeamRole
from reviews import access
from reviews.actions import participants, teams
from tests.partnerships.helpers import ADMIN, employ_by_the_police_too, membership
from tests.reviews.helpers import WHY, ask_the_police_again, part_of, place_of
from tests.support.cast import Cast
from tests.support.checks import fresh

ON = ["amira", "ned", "nora", "bella", "bo", "gwen", "piet"]


@pytest.mark.parametrize("who", ON)
def test_everybody_on_the_review_finds_it(cast: Cast, who: str) -> None:
    assert access.review_for(fresh(getattr(cast, who)), cast.review.pk) == cast.review


@pytest.mark.parametrize("who", ["olive", "sid", "rita"])
def test_it_does_not_exist_for_anybody_else(cast: Cast, who: str) -> None:
    for load in (access.review_for, access.lead_review_for):
        with pytest.raises(Http404):
            load(fresh(getattr(cast, who)), cast.review.pk)


def test_a_review_that_does_not_exist_looks_the_same(cast: Cast) -> None:
    with pytest.raises(Http404):
        access.review_for(fresh(cast.amira), uuid4())


@pytest.mark.parametrize("who", [who for who in ON if who != "amira"])
def test_only_a_lead_of_the_organisation_that_leads_manages_it(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        access.lead_review_for(fresh(getattr(cast, who)), cast.review.pk)


def test_a_lead_of_another_team_does_not_manage_the_review(cast: Cast) -> None:
    teams.change_role(place_of(cast.bella), TeamRole.LEAD, by=cast.bella)

    assert not access.is_lead(fresh(cast.bella), cast.review)
    assert access.is_lead(fresh(cast.amira), cast.review)


def test_a_deactivated_lead_leads_nothing(cast: Cast) -> None:
    memberships.change_role(membership(cast.ned), ADMIN, by=cast.amira)
    memberships.deactivate(membership(cast.amira), by=cast.ned)

    assert not access.is_lead(fresh(cast.amira), cast.review)
    with pytest.raises(Http404):
        access.team_member_for(fresh(cast.amira), cast.review)


def test_with_two_places_the_one_of_the_lead_organisation_counts(cast: Cast) -> None:
    employ_by_the_police_too(cast, cast.ned)
    teams.add(part_of(cast, cast.police), cast.ned, TeamRole.OBSERVER, by=cast.piet)

    assert access.team_member_for(cast.ned, cast.review).participant.organisation == cast.north_somerset


class TestAnOrganisationsPart:
    """What `participant_for_admin` gives to whom."""

    def test_belongs_to_its_administrator_on_the_team_or_not(self, cast: Cast) -> None:
        teams.remove(place_of(cast.bella), by=cast.bella)

        assert access.participant_for_admin(cast.bella, part_of(cast, cast.bristol).pk).organisation == cast.bristol

    @pytest.mark.parametrize("who", ["bo", "amira", "gwen", "sid"])
    def test_does_not_exist_for_others(self, cast: Cast, who: str) -> None:
        with pytest.raises(Http404):
            access.participant_for_admin(getattr(cast, who), part_of(cast, cast.bristol).pk)

    def test_does_not_exist_for_a_deactivated_administrator(self, cast: Cast) -> None:
        memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)
        memberships.deactivate(membership(cast.bella), by=cast.bo)

        with pytest.raises(Http404):
            access.participant_for_admin(fresh(cast.bella), part_of(cast, cast.bristol).pk)


class TestATeam:
    """Who chooses it: `managed_participant_for`, `managed_member_for` and `managed_teams`."""

    def _may(self, cast: Cast, who: User) -> bool:
        bristol = part_of(cast, cast.bristol)
        loaded = access.managed_participant_for(fresh(who), bristol.pk) == bristol
        assert access.managed_teams(fresh(who), cast.review) == {bristol.pk}
        return loaded

    def test_is_chosen_by_the_administrator(self, cast: Cast) -> None:
        assert self._may(cast, cast.bella)

    def test_is_chosen_by_the_teams_lead(self, cast: Cast) -> None:
        teams.change_role(place_of(cast.bo), TeamRole.LEAD, by=cast.bella)

        assert self._may(cast, cast.bo)

    @pytest.mark.parametrize("who", ["amira", "bo", "gwen"])
    def test_is_refused_to_others_on_the_review(self, cast: Cast, who: str) -> None:
        with pytest.raises(PermissionDenied):
            access.managed_participant_for(fresh(getattr(cast, who)), part_of(cast, cast.bristol).pk)
        with pytest.raises(PermissionDenied):
            access.managed_member_for(fresh(getattr(cast, who)), place_of(cast.bella).pk)

    @pytest.mark.parametrize("who", ["olive", "sid", "rita"])
    def test_does_not_exist_for_strangers(self, cast: Cast, who: str) -> None:
        with pytest.raises(Http404):
            access.managed_participant_for(fresh(getattr(cast, who)), part_of(cast, cast.bristol).pk)
        with pytest.raises(Http404):
            access.managed_member_for(fresh(getattr(cast, who)), place_of(cast.bo).pk)

    def test_does_not_exist_after_the_organisation_has_left(self, cast: Cast) -> None:
        bristol, place = part_of(cast, cast.bristol), place_of(cast.bo)
        participants.leave(bristol, reason=WHY, by=cast.bella)

        with pytest.raises(Http404):
            access.managed_participant_for(fresh(cast.bella), bristol.pk)
        with pytest.raises(Http404):
            access.managed_member_for(fresh(cast.bella), place.pk)

    @pytest.mark.parametrize("pk", [0, 2**70])
    def test_a_place_that_does_not_exist_looks_the_same(self, cast: Cast, pk: int) -> None:
        with pytest.raises(Http404):
            access.managed_member_for(fresh(cast.bella), pk)


class TestAnInvitation:
    """Who may withdraw it: `invited_participant_for_lead`."""

    def test_is_the_leads_to_withdraw(self, cast: Cast) -> None:
        invitation = ask_the_police_again(cast)

        assert access.invited_participant_for_lead(fresh(cast.amira), invitation.pk) == invitation

    def test_is_refused_to_others_on_the_review_and_does_not_exist_for_the_rest(self, cast: Cast) -> None:
        invitation = ask_the_police_again(cast)

        with pytest.raises(PermissionDenied):
            access.invited_participant_for_lead(fresh(cast.bella), invitation.pk)
        with pytest.raises(Http404):
            access.invited_participant_for_lead(fresh(cast.piet), invitation.pk)
        with pytest.raises(Http404):
            access.invited_participant_for_lead(fresh(cast.amira), uuid4())


class TestOpening:
    """For which partnership somebody may open a review: `opening_organisation`."""

    def test_an_administrators_own_partnership(self, cast: Cast) -> None:
        assert access.opening_organisation(cast.bella) == cast.bristol
        assert access.opening_organisation(cast.bella, "kbsp") == cast.bristol

    @pytest.mark.parametrize("who", ["bo", "piet", "sid"])
    def test_no_member_no_agency_and_no_system_administrator(self, cast: Cast, who: str) -> None:
        with pytest.raises(PermissionDenied):
            access.opening_organisation(getattr(cast, who))

    def test_who_administers_an_agency_too_opens_for_the_partnership(self, cast: Cast) -> None:
        employ_by_the_police_too(cast, cast.bella, ADMIN)

        assert access.opening_organisation(cast.bella) == cast.bristol
        with pytest.raises(PermissionDenied):
            access.opening_organisation(cast.bella, "police")

    def test_another_partnership_does_not_exist(self, cast: Cast) -> None:
        with pytest.raises(Http404):
            access.opening_organisation(cast.bella, "nsscp")
