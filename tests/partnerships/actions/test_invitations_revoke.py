"""Withdrawing an invitation."""

from partnerships.access import open_invitation
from partnerships.actions import invitations
from tests.partnerships.helpers import NEW, invite
from tests.support.cast import Cast
from tests.support.checks import last_event, refused


def test_its_link_does_not_work_any_more(cast: Cast) -> None:
    issued = invite(cast)

    invitations.revoke(issued.invitation, by=cast.bella)

    assert open_invitation(issued.token) is None
    assert last_event("invitation.revoked").actor_id == cast.bella.pk


def test_the_person_can_be_invited_again(cast: Cast) -> None:
    invitations.revoke(invite(cast).invitation, by=cast.bella)

    assert invite(cast).invitation.email == NEW


def test_cannot_be_done_twice(cast: Cast) -> None:
    invitation = invite(cast).invitation
    invitations.revoke(invitation, by=cast.bella)

    with refused("answered or withdrawn meanwhile"):
        invitations.revoke(invitation, by=cast.bella)


def test_comes_too_late_after_an_acceptance(cast: Cast) -> None:
    invitation = invite(cast).invitation
    invitations.accept_as_new(invitation, full_name="New Test-Person", password=None)

    with refused("answered or withdrawn meanwhile"):
        invitations.revoke(invitation, by=cast.bella)
