"""An administrator takes away a second sign-in step that a colleague has lost."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from partnerships.actions import memberships
from tests.accounts.helpers import give_app, give_recovery_codes, is_signed_in, letters, sign_in
from tests.partnerships.helpers import membership
from tests.support.cast import Cast
from tests.support.checks import last_event, refused


def test_the_person_is_signed_out_and_sets_it_up_anew(
    cast: Cast, client_of: Callable[[User], Client], client: Client
) -> None:
    give_app(cast.ned)
    give_recovery_codes(cast.ned)
    elsewhere = client_of(cast.ned)

    memberships.reset_second_step(membership(cast.ned), by=cast.amira)

    assert not Authenticator.objects.filter(user=cast.ned).exists()
    assert not is_signed_in(elsewhere)
    sign_in(client, cast.ned)
    assert client.get("/my-work/")["Location"] == "/accounts/2fa/"


def test_it_is_on_record_for_both(cast: Cast) -> None:
    memberships.reset_second_step(membership(cast.ned), by=cast.amira)

    event = last_event("membership.second_step_reset")
    assert (event.actor_id, event.organisation_id) == (cast.amira.pk, cast.north_somerset.pk)
    assert event.data["person"] == str(cast.ned.pk)
    assert last_event("second_step.reset").object_id == str(cast.ned.pk)


def test_the_person_is_told(cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        memberships.reset_second_step(membership(cast.ned), by=cast.amira)

    (letter,) = letters()
    assert (letter.to, letter.subject) == (["ned@cast.example"], "A change to how you sign in")
    assert "took away the second sign-in step" in letter.body


def test_nobody_takes_away_their_own(cast: Cast) -> None:
    with refused("Ask another administrator"):
        memberships.reset_second_step(membership(cast.amira), by=cast.amira)


def test_the_page_asks_first_and_then_says_what_happens_next(cast: Cast, client_of: Callable[[User], Client]) -> None:
    give_app(cast.ned)
    client, address = client_of(cast.amira), f"/organisation/people/{membership(cast.ned).pk}/second-step/"

    people = client.get("/organisation/").content.decode()
    question = client.get(address).content.decode()
    answer = client.post(address, follow=True).content.decode()

    assert people.count(address) == 1
    assert "call them on a number that you know" in question
    assert "sets up a new second sign-in step at the next sign-in" in answer
