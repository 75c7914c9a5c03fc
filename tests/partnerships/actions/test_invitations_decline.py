"""Declining an invitation, by whoever holds the link."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from partnerships.access import open_invitation
from partnerships.actions import invitations
from partnerships.models import Invitation
from tests.partnerships.helpers import invite
from tests.support.cast import Cast
from tests.support.checks import last_event, refused


def test_its_link_does_not_work_any_more(cast: Cast) -> None:
    issued = invite(cast)

    invitations.decline(issued.invitation)

    assert open_invitation(issued.token) is None
    event = last_event("invitation.declined")
    assert (event.actor_id, event.organisation_id) == (None, cast.bristol.pk)


def test_cannot_be_done_twice(cast: Cast) -> None:
    invitation = invite(cast).invitation
    invitations.decline(invitation)

    with refused("cannot be used any more"):
        invitations.decline(invitation)


def test_the_database_refuses_an_invitation_decided_twice(cast: Cast) -> None:
    invitation = invite(cast).invitation
    invitations.decline(invitation)

    with pytest.raises(IntegrityError, match="invitation_decided_once"):
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now(), accepted_by=cast.olive)
