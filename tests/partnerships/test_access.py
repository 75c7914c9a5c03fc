"""Loaders of memberships and invitations: who gets them, and how the others are turned away."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from partnerships import access
from tests.partnerships.helpers import ADMIN, MEMBER, employ_by_the_police_too, invite, membership
from tests.support.cast import Cast


def test_everybody_finds_their_own_organisation(cast: Cast) -> None:
    assert access.own_organisation(cast.bo).organisation == cast.bristol


def test_somebody_who_belongs_nowhere_is_refused(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        access.own_organisation(cast.sid)


@pytest.mark.parametrize("slug", ["nsscp", "no-such-place"])
def test_another_organisation_does_not_exist(cast: Cast, slug: str) -> None:
    with pytest.raises(Http404):
        access.own_organisation(cast.bella, slug)
    with pytest.raises(Http404):
        access.own_administration(cast.bella, slug)


def test_members_do_not_administer(cast: Cast) -> None:
    for slug in ("", "kbsp"):
        with pytest.raises(PermissionDenied):
            access.own_administration(cast.bo, slug)


def test_who_works_for_several_finds_the_one_they_name(cast: Cast) -> None:
    employ_by_the_police_too(cast, cast.bella)

    assert access.own_organisation(cast.bella).organisation == cast.bristol
    assert access.own_organisation(cast.bella, "police").organisation == cast.police
    with pytest.raises(PermissionDenied):
        access.own_administration(cast.bella, "police")


def test_who_administers_the_second_of_two_finds_it_without_naming_it(cast: Cast) -> None:
    employ_by_the_police_too(cast, cast.bo, ADMIN)

    assert access.own_administration(cast.bo).organisation == cast.police


def test_an_administrator_manages_their_own_people(cast: Cast) -> None:
    assert access.managed_membership_for(cast.bella, membership(cast.bo).pk) == membership(cast.bo)


def test_an_administrator_of_two_manages_the_people_of_both_and_nobody_else(cast: Cast) -> None:
    employ_by_the_police_too(cast, cast.bella, ADMIN)

    for person in (cast.bo, cast.piet):
        assert access.managed_membership_for(cast.bella, membership(person).pk).user == person
    with pytest.raises(Http404):
        access.managed_membership_for(cast.bella, membership(cast.ned).pk)


def test_a_colleagues_membership_elsewhere_is_not_theirs_to_manage(cast: Cast) -> None:
    elsewhere = employ_by_the_police_too(cast, cast.bo, MEMBER)

    with pytest.raises(Http404):
        access.managed_membership_for(cast.bella, elsewhere.pk)


def test_people_of_others_do_not_exist(cast: Cast) -> None:
    for pk in (membership(cast.ned).pk, 0, 2**70):
        with pytest.raises(Http404):
            access.managed_membership_for(cast.bella, pk)


def test_members_manage_nobody(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        access.managed_membership_for(cast.bo, membership(cast.bo).pk)


def test_invitations_belong_to_the_administrators_of_their_organisation(cast: Cast) -> None:
    invitation = invite(cast).invitation

    assert access.managed_invitation_for(cast.bella, invitation.pk) == invitation
    with pytest.raises(Http404):
        access.managed_invitation_for(cast.amira, invitation.pk)
    with pytest.raises(Http404):
        access.managed_invitation_for(cast.bella, uuid4())
    with pytest.raises(PermissionDenied):
        access.managed_invitation_for(cast.bo, invitation.pk)


@pytest.mark.parametrize("token", ["", "invented", "0" * 10_000, "\x00", "%00", "Ω"])
def test_an_invented_token_opens_nothing(cast: Cast, token: str) -> None:
    assert access.open_invitation(token) is None
