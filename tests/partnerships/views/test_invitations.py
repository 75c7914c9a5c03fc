"""What an administrator does with invitations."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from partnerships.access import open_invitation
from partnerships.actions import invitations
from partnerships.models import Invitation
from tests.partnerships.helpers import ADMIN, MEMBER, NEW, employ_by_the_police_too, invite, mail_to, text_of
from tests.support.cast import Cast
from tests.support.checks import form_errors, nothing_changes

ClientOf = Callable[[User], Client]
INVITE = "/organisation/invitations/new/"


def test_invites_and_says_so(
    cast: Cast, client_of: ClientOf, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(cast.bella).post(INVITE, {"email": NEW, "role": MEMBER}, follow=True)

    assert "The invitation is on its way" in text_of(answer)
    assert "/invitation/" in mail_to(NEW)
    assert Invitation.objects.get(email=NEW).organisation == cast.bristol


def test_invites_to_the_organisation_named(cast: Cast, client_of: ClientOf) -> None:
    employ_by_the_police_too(cast, cast.bella, ADMIN)
    client = client_of(cast.bella)

    assert "Avon and Somerset Police" in text_of(client.get(f"{INVITE}?of=police"))
    client.post(f"{INVITE}?of=police", {"email": NEW, "role": MEMBER})

    assert Invitation.objects.get(email=NEW).organisation == cast.police


def test_cannot_invite_to_another_organisation(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.amira)

    with nothing_changes():
        answer = client.post(f"{INVITE}?of=police", {"email": NEW, "role": MEMBER})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("", "Enter the person’s work e-mail address"),
        ("nobody", "in full, such as name@council.example"),
        ("a@b@c.example", "in full"),
        (f"{'a' * 300}@cast.example", "at most 254 characters"),
        ("new@cast.example\x00", "Null characters"),
        ("bo@cast.example", "Bo Test-Quay already belongs to Bristol Partnership"),
    ],
)
def test_keeps_what_was_typed_and_says_what_is_wrong(cast: Cast, client_of: ClientOf, email: str, words: str) -> None:
    answer = client_of(cast.bella).post(INVITE, {"email": email, "role": ADMIN})

    assert answer.status_code == 422
    assert words in form_errors(answer)
    assert answer.context["form"]["role"].value() == ADMIN
    assert not Invitation.objects.exists()


def test_says_that_somebody_is_invited_already(cast: Cast, client_of: ClientOf) -> None:
    invite(cast)

    answer = client_of(cast.bella).post(INVITE, {"email": NEW, "role": MEMBER})

    assert "has been invited already" in form_errors(answer)


def test_sends_again(
    cast: Cast, client_of: ClientOf, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first = invite(cast)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(cast.bella).post(f"/organisation/invitations/{first.invitation.pk}/resend/", follow=True)

    assert "A new link is on its way" in text_of(answer)
    assert len(mail.outbox) == 1
    assert open_invitation(first.token) is None


def test_asks_before_withdrawing(cast: Cast, client_of: ClientOf) -> None:
    issued = invite(cast)
    client, here = client_of(cast.bella), f"/organisation/invitations/{issued.invitation.pk}/revoke/"

    assert f"Withdraw the invitation to {NEW}?" in text_of(client.get(here))
    assert open_invitation(issued.token) is not None

    assert "Its link does not work any more" in text_of(client.post(here, follow=True))
    assert open_invitation(issued.token) is None


def test_withdrawing_what_has_been_accepted_meanwhile_changes_nothing(cast: Cast, client_of: ClientOf) -> None:
    invitation = invite(cast).invitation
    invitations.accept_as_new(invitation, full_name="New Test-Person", password=None)

    answer = client_of(cast.bella).post(f"/organisation/invitations/{invitation.pk}/revoke/", follow=True)

    assert "answered or withdrawn meanwhile" in text_of(answer)
    assert User.objects.filter(email=NEW, is_active=True).exists()
