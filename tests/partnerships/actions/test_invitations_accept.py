"""Accepting an invitation: single use, within seven days, by the person it was sent to."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from accounts.single_sign_on import Identity, InvitationRefusedError
from partnerships.actions import invitations
from partnerships.models import Invitation
from tests.partnerships.helpers import ADMIN, NEW, invite, membership
from tests.support.cast import PASSWORD, Cast
from tests.support.checks import last_event, nothing_changes, refused

Closing = Callable[[Cast, Invitation], object]


def _expire(cast: Cast, invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())


CLOSED: dict[str, Closing] = {
    "used": lambda cast, invitation: invitations.accept_as_new(invitation, full_name="First Test-Come", password=None),
    "declined": lambda cast, invitation: invitations.decline(invitation),
    "withdrawn": lambda cast, invitation: invitations.revoke(invitation, by=cast.bella),
    "expired": _expire,
}


def _identity(cast: Cast, *, organisation: str = "kbsp", address: str = NEW) -> Identity:
    return Identity(
        provider_id="entra", uid="1", organisation=organisation, addresses=frozenset({address}), full_name="New Test-Person"
    )


def test_somebody_new_gets_an_account_and_a_place(cast: Cast) -> None:
    invitation = invite(cast, role=ADMIN).invitation

    person = invitations.accept_as_new(invitation, full_name="New Test-Person", password=PASSWORD)

    assert (person.email, person.full_name, person.check_password(PASSWORD)) == (NEW, "New Test-Person", True)
    assert EmailAddress.objects.get(user=person).verified
    assert (membership(person).organisation, membership(person).role) == (cast.bristol, ADMIN)
    assert last_event("invitation.accepted").actor_id == person.pk
    assert last_event("membership.added").data == {"person": str(person.pk), "role": ADMIN}


def test_somebody_who_works_elsewhere_joins_as_well(cast: Cast) -> None:
    invitation = invite(cast, email=cast.olive.email).invitation

    invitations.accept(invitation, user=cast.olive)

    assert {one.organisation for one in cast.olive.memberships.all()} == {cast.north_somerset, cast.bristol}
    invitation.refresh_from_db()
    assert invitation.accepted_by == cast.olive


def test_an_account_is_never_made_for_an_address_that_has_one(cast: Cast) -> None:
    invitation = invite(cast, email=cast.olive.email).invitation

    with refused("has an account. Sign in to accept"):
        invitations.accept_as_new(invitation, full_name="Olive Test-Marsh", password=PASSWORD)


def test_a_matching_address_alone_accepts_nothing(cast: Cast) -> None:
    invitation = invite(cast, email=cast.olive.email).invitation

    assert invitation.accepted_at is None
    assert membership(cast.olive).organisation == cast.north_somerset


def test_is_refused_to_somebody_else(cast: Cast) -> None:
    invitation = invite(cast).invitation

    with refused("sent to another e-mail address"):
        invitations.accept(invitation, user=cast.gwen)


@pytest.mark.parametrize("how", CLOSED)
def test_a_closed_invitation_opens_no_door(cast: Cast, how: str) -> None:
    invitation = invite(cast).invitation
    CLOSED[how](cast, invitation)

    with refused("cannot be used any more"):
        invitations.accept_as_new(invitation, full_name="Second Test-Come", password=PASSWORD)


def test_a_password_that_is_easy_to_guess_leaves_the_invitation_open(cast: Cast) -> None:
    invitation = invite(cast).invitation

    with refused("too common|too short"):
        invitations.accept_as_new(invitation, full_name="New Test-Person", password="password")


def test_single_sign_on_makes_the_account_without_a_password(cast: Cast) -> None:
    invitation = invite(cast).invitation

    person = invitations.accept_by_identity(str(invitation.pk), _identity(cast))

    assert not person.has_usable_password()
    assert membership(person).organisation == cast.bristol


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"organisation": "sgcp"}, "cannot be used"), ({"address": "else@cast.example"}, "another e-mail address")],
)
def test_single_sign_on_accepts_only_for_its_own_organisation_and_address(
    cast: Cast, changes: dict[str, str], words: str
) -> None:
    invitation = invite(cast).invitation

    with nothing_changes(), pytest.raises(InvitationRefusedError, match=words):
        invitations.accept_by_identity(str(invitation.pk), _identity(cast, **changes))


def test_single_sign_on_never_takes_over_an_account(cast: Cast) -> None:
    invitation = invite(cast, email=cast.olive.email).invitation

    with nothing_changes(), pytest.raises(InvitationRefusedError, match="has an account"):
        invitations.accept_by_identity(str(invitation.pk), _identity(cast, address=cast.olive.email))
    assert User.objects.filter(email=cast.olive.email).count() == 1
