"""Two people who act in the same moment, each on a connection of their own: one comes second, and is told so."""

import pytest

from partnerships.actions import invitations, memberships
from partnerships.models import Invitation, Membership, TeamRole
from reviews.actions import participants, teams
from reviews.models import Participant, TeamMember
from tests.partnerships.helpers import ADMIN, MEMBER, NEW, invite, membership
from tests.reviews.helpers import WHY, ask_the_police_again, part_of, sees
from tests.support.cast import PASSWORD, Cast
from tests.support.together import together

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_of_two_administrators_who_demote_each_other_one_stays(cast: Cast) -> None:
    memberships.change_role(membership(cast.bo), ADMIN, by=cast.bella)
    bella, bo = membership(cast.bella), membership(cast.bo)

    refusals = together(
        lambda: memberships.change_role(bo, MEMBER, by=cast.bella),
        lambda: memberships.change_role(bella, MEMBER, by=cast.bo),
    )

    assert len(refusals) == 1
    assert "only administrator" in refusals[0]
    assert Membership.objects.filter(organisation=cast.bristol, role=ADMIN).count() == 1


def test_a_link_that_is_used_twice_at_once_makes_one_account(cast: Cast) -> None:
    invitation = invite(cast).invitation
    copies = [Invitation.objects.get(pk=invitation.pk) for _ in range(2)]

    refusals = together(
        lambda: invitations.accept_as_new(copies[0], full_name="New Test-Person", password=PASSWORD),
        lambda: invitations.accept_as_new(copies[1], full_name="New Test-Person", password=PASSWORD),
    )

    assert refusals == ["This invitation cannot be used any more. Ask the person who sent it for a new one."]
    assert Membership.objects.filter(user__email=NEW).count() == 1


def test_a_person_invited_twice_at_once_is_invited_once(cast: Cast) -> None:
    refusals = together(lambda: invite(cast), lambda: invite(cast))

    assert len(refusals) == 1
    assert Invitation.objects.filter(email=NEW).count() == 1


def test_an_invitation_to_a_review_that_is_accepted_and_withdrawn_at_once_is_one_of_both(cast: Cast) -> None:
    invitation = ask_the_police_again(cast)
    copies = [Participant.objects.get(pk=invitation.pk) for _ in range(2)]

    refusals = together(
        lambda: participants.accept(copies[0], team={cast.piet: TeamRole.AUTHOR}, by=cast.piet),
        lambda: participants.withdraw(copies[1], by=cast.amira),
    )

    assert len(refusals) == 1
    invitation.refresh_from_db()
    assert sees(cast.piet, cast.review) == (invitation.state == "joined")


def test_a_person_added_while_their_organisation_leaves_keeps_no_access(cast: Cast) -> None:
    lead, bristol = part_of(cast, cast.north_somerset), part_of(cast, cast.bristol)
    teams.remove(TeamMember.objects.get(user=cast.bo), by=cast.bella)

    together(
        lambda: participants.leave(bristol, reason=WHY, by=cast.bella),
        lambda: teams.add(Participant.objects.get(pk=bristol.pk), cast.bo, TeamRole.AUTHOR, by=cast.bella),
    )

    assert not sees(cast.bo, cast.review)
    assert sees(cast.amira, lead.review)
    assert not TeamMember.objects.filter(participant=bristol, ended_at=None).exists()
