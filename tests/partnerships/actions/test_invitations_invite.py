"""Inviting somebody to one's organisation."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnerships.access import open_invitation, token_hash
from partnerships.actions import invitations, memberships
from partnerships.models import Invitation
from tests.partnerships.helpers import ADMIN, MEMBER, NEW, invite, mail_to, membership
from tests.support.cast import Cast
from tests.support.checks import last_event, refused


def test_makes_an_open_invitation_for_seven_days(cast: Cast) -> None:
    issued = invite(cast, role=ADMIN)

    found = open_invitation(issued.token)
    assert found == issued.invitation
    assert (found.organisation, found.email, found.role, found.invited_by) == (cast.bristol, NEW, ADMIN, cast.bella)
    assert timedelta(days=6, hours=23) < found.expires_at - timezone.now() <= timedelta(days=7)


def test_the_token_is_stored_nowhere(cast: Cast) -> None:
    issued = invite(cast)

    row = Invitation.objects.filter(pk=issued.invitation.pk).values().get()
    assert row["token_hash"] == token_hash(issued.token)
    assert issued.token not in str(row)


def test_addresses_are_kept_in_lower_case(cast: Cast) -> None:
    assert invite(cast, email="  New@Cast.EXAMPLE ").invitation.email == NEW


def test_sends_a_link_and_no_content_once_it_is_committed(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        issued = invite(cast)
        assert mail.outbox == []

    text = mail_to(NEW)
    assert f"{settings.PORTAL_URL}/invitation/{issued.token}/" in text
    assert all(secret not in text for secret in ("Bristol", cast.bella.full_name, NEW))


def test_is_recorded_without_the_address(cast: Cast) -> None:
    issued = invite(cast)

    event = last_event("invitation.sent")
    assert (event.actor_id, event.organisation_id, event.object_id) == (
        cast.bella.pk,
        cast.bristol.pk,
        str(issued.invitation.pk),
    )
    assert event.data == {"role": MEMBER}


def test_a_colleague_cannot_be_invited_again(cast: Cast) -> None:
    with refused("Bo Test-Quay already belongs to Bristol Partnership"):
        invite(cast, email="BO@cast.example")


def test_a_deactivated_colleague_is_reactivated_instead(cast: Cast) -> None:
    memberships.deactivate(membership(cast.bo), by=cast.bella)

    with refused("was deactivated. Reactivate them instead"):
        invite(cast, email=cast.bo.email)


def test_somebody_who_works_elsewhere_can_be_invited(cast: Cast) -> None:
    assert invite(cast, email=cast.olive.email).invitation.email == cast.olive.email


def test_one_invitation_at_a_time(cast: Cast) -> None:
    invite(cast)

    with refused("has been invited already. Send the invitation again, or withdraw it"):
        invite(cast, email=NEW.upper())


def test_two_organisations_may_invite_the_same_person(cast: Cast) -> None:
    invite(cast)

    assert invitations.invite(cast.police, email=NEW, role=MEMBER, by=cast.piet).invitation.organisation == cast.police


def test_an_expired_invitation_makes_room(cast: Cast) -> None:
    earlier = invite(cast).invitation
    Invitation.objects.filter(pk=earlier.pk).update(expires_at=timezone.now())

    later = invite(cast)

    earlier.refresh_from_db()
    assert earlier.revoked_by == cast.bella
    assert open_invitation(later.token) == later.invitation


def test_the_database_refuses_a_second_open_invitation_for_an_address(cast: Cast) -> None:
    first = invite(cast).invitation
    first.pk, first.token_hash = None, "0" * 64

    with pytest.raises(IntegrityError, match=r"invitation_one_open_per_address|UNIQUE"):
        first.save(force_insert=True)
