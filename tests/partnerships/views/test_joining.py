"""The door: what somebody sees who opens the link of an invitation."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from partnerships.actions import invitations, memberships
from partnerships.actions.invitations import Issued
from partnerships.models import Invitation, Membership
from tests.partnerships.helpers import MEMBER, NEW, invite, membership, text_of
from tests.support.cast import PASSWORD, Cast
from tests.support.checks import form_errors, last_event, nothing_changes

ClientOf = Callable[[User], Client]
ANSWERS = {"full_name": "New  Test-Person ", "password": PASSWORD, "agree": "on"}


def _link(issued: Issued, what: str = "") -> str:
    return f"/invitation/{issued.token}/{what}"


def _close(cast: Cast, issued: Issued, how: str) -> None:
    rows = Invitation.objects.filter(pk=issued.invitation.pk)
    match how:
        case "expired":
            rows.update(expires_at=timezone.now())
        case "used":
            invitations.accept_as_new(issued.invitation, full_name="First Test-Come", password=None)
        case "withdrawn":
            invitations.revoke(issued.invitation, by=cast.bella)
        case "declined":
            invitations.decline(issued.invitation)


def test_somebody_new_sees_who_invites_them_and_to_what(cast: Cast) -> None:
    page = text_of(Client().get(_link(invite(cast))))

    for words in ("Bella Test-Harbour", "Bristol Partnership", NEW, "I agree to keep this information safe"):
        assert words in page


def test_somebody_new_gets_in_with_a_name_and_a_password(cast: Cast) -> None:
    client = Client()

    answer = client.post(_link(invite(cast)), ANSWERS)

    person = User.objects.get(email=NEW)
    assert (answer.status_code, client.session["_auth_user_id"]) == (302, str(person.pk))
    assert (person.full_name, membership(person).organisation) == ("New Test-Person", cast.bristol)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"full_name": " "}, "Enter your full name"),
        ({"full_name": "x" * 151}, "at most 150 characters"),
        ({"password": ""}, "Choose a password"),
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
        ({"password": "New Test-Person"}, "too similar"),
        ({"agree": ""}, "Tick the box if you agree"),
    ],
)
def test_says_what_is_wrong_and_leaves_the_invitation_open(cast: Cast, changes: dict[str, str], words: str) -> None:
    issued = invite(cast)

    with nothing_changes():
        answer = Client().post(_link(issued), ANSWERS | changes)

    assert answer.status_code == 422
    assert words in form_errors(answer)
    assert PASSWORD not in text_of(answer)


def test_opening_the_link_uses_nothing_up(cast: Cast) -> None:
    issued = invite(cast)

    with nothing_changes():
        Client().get(_link(issued))
        Client().head(_link(issued))

    assert Client().get(_link(issued)).status_code == 200


@pytest.mark.parametrize("how", ["expired", "used", "withdrawn", "declined"])
@pytest.mark.parametrize("what", ["", "decline/"])
def test_a_closed_link_names_nothing_and_says_what_to_do(cast: Cast, how: str, what: str) -> None:
    issued = invite(cast)
    _close(cast, issued, how)

    with nothing_changes():
        answers = [Client().get(_link(issued, what)), Client().post(_link(issued, what), ANSWERS)]

    for answer in answers:
        page = text_of(answer)
        assert answer.status_code == 404
        assert "ask the person who invited you for a new invitation" in page
        for secret in ("Bristol", "Bella", NEW):
            assert secret not in page


def test_an_invented_link_looks_the_same_as_a_used_one(cast: Cast) -> None:
    issued = invite(cast)
    _close(cast, issued, "used")

    assert text_of(Client().get("/invitation/invented/")) == text_of(Client().get(_link(issued)))


def test_who_has_an_account_signs_in_first_and_comes_back(cast: Cast) -> None:
    issued = invite(cast, email=cast.olive.email)

    with nothing_changes():
        page = text_of(Client().get(_link(issued)))
        Client().post(_link(issued), ANSWERS)

    assert "An invitation is never accepted without you" in page
    assert f"?next=/invitation/{issued.token}/" in page


def test_who_has_a_closed_account_is_told_whom_to_ask(cast: Cast) -> None:
    issued = invite(cast, email=cast.rita.email)

    with nothing_changes():
        page = text_of(Client().post(_link(issued), ANSWERS))

    assert "Ask an administrator of the organisation you worked for to reactivate it" in page


def test_who_is_signed_in_accepts_by_agreeing(cast: Cast, client_of: ClientOf) -> None:
    issued, client = invite(cast, email=cast.olive.email), client_of(cast.olive)

    assert client.post(_link(issued), {"agree": ""}).status_code == 422
    answer = client.post(_link(issued), {"agree": "on"}, follow=True)

    assert "You belong to Bristol Partnership now" in text_of(answer)
    assert answer.context["organisation"] == cast.bristol


@pytest.mark.parametrize("what", ["", "decline/"])
def test_somebody_else_is_told_so_and_changes_nothing(cast: Cast, client_of: ClientOf, what: str) -> None:
    issued, client = invite(cast), client_of(cast.gwen)
    client.get(_link(issued, what))

    before = Invitation.objects.values().get()
    answer = client.post(_link(issued, what), ANSWERS)

    assert answer.status_code == 403
    assert "This invitation is for somebody else" in text_of(answer)
    assert "Bristol" not in text_of(answer)
    assert Invitation.objects.values().get() == before
    assert not Membership.objects.filter(user=cast.gwen, organisation=cast.bristol).exists()


def test_somebody_who_became_a_member_meanwhile_is_told_so(cast: Cast, client_of: ClientOf) -> None:
    issued = invite(cast, email=cast.olive.email)
    memberships.add(cast.bristol, cast.olive, MEMBER, by=cast.bella)

    answer = client_of(cast.olive).post(_link(issued), {"agree": "on"})

    assert "already belongs to Bristol Partnership" in form_errors(answer)


def test_declining_asks_first(cast: Cast) -> None:
    issued, client = invite(cast), Client()

    assert "Decline the invitation?" in text_of(client.get(_link(issued, "decline/")))
    assert "You have declined the invitation" in text_of(client.post(_link(issued, "decline/")))

    assert last_event("invitation.declined").organisation_id == cast.bristol.pk
    assert client.get(_link(issued)).status_code == 404


def test_the_page_is_kept_in_no_cache(cast: Cast) -> None:
    assert "no-store" in Client().get(_link(invite(cast)))["Cache-Control"]
