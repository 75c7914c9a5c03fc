"""What follows a commit may fail without harm."""

import pytest
from django.conf import LazySettings
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks

from partnerships.actions import invitations
from partnerships.models import Invitation, MembershipRole
from tests.support.cast import Cast


def test_an_invitation_stands_although_its_mail_cannot_be_sent(
    cast: Cast,
    settings: LazySettings,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with django_capture_on_commit_callbacks(execute=True):
        invitations.invite(cast.bristol, email="new@cast.example", role=MembershipRole.MEMBER, by=cast.bella)

    assert Invitation.objects.filter(organisation=cast.bristol, email="new@cast.example").exists()
    assert mail.outbox == []
    assert "send_invitation" in caplog.text
    assert "new@cast.example" not in caplog.text
