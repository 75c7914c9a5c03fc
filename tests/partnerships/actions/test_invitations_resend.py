"""Sending an invitation again."""

from datetime import timedelta

from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnerships.access import open_invitation
from partnerships.actions import invitations
from partnerships.models import Invitation
from tests.partnerships.helpers import NEW, invite, mail_to
from tests.support.cast import Cast
from tests.support.checks import last_event, refused


def test_the_new_link_works_and_the_old_one_does_not(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first = invite(cast)

    with django_capture_on_commit_callbacks(execute=True):
        second = invitations.resend(first.invitation, by=cast.bella)

    assert open_invitation(first.token) is None
    assert open_invitation(second.token) == first.invitation
    assert second.token in mail_to(NEW)
    assert last_event("invitation.sent_again").actor_id == cast.bella.pk


def test_an_expired_one_opens_for_another_seven_days(cast: Cast) -> None:
    first = invite(cast).invitation
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now() - timedelta(days=30))

    again = invitations.resend(first, by=cast.bella)

    found = open_invitation(again.token)
    assert found is not None
    assert found.expires_at > timezone.now() + timedelta(days=6)


def test_one_that_has_been_answered_cannot_be_sent_again(cast: Cast) -> None:
    invitation = invite(cast).invitation
    invitations.decline(invitation)

    with refused("answered or withdrawn meanwhile"):
        invitations.resend(invitation, by=cast.bella)
