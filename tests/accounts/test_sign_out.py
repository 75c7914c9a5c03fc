"""Signing out."""

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from accounts.signals import AccessChange, access_changed
from tests.accounts.helpers import is_signed_in, sign_in, trail
from tests.support.cast import Cast


def test_the_session_ends_and_live_editing_hears_of_it(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign_in(client, cast.ned)
    key, heard = client.session.session_key, []
    listener = lambda change, **_: heard.append(change)  # noqa: E731
    access_changed.connect(listener)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/logout/")

    access_changed.disconnect(listener)
    assert answer["Location"] == "/"
    assert not is_signed_in(client)
    assert heard == [AccessChange(session_keys=frozenset({str(key)}))]
    (event,) = trail("session.ended")
    assert (event.actor_id, event.data) == (cast.ned.pk, {"reason": "signed out"})


def test_a_link_alone_signs_nobody_out(cast: Cast, client_of: Callable[[User], Client]) -> None:
    client = client_of(cast.ned)

    answer = client.get("/accounts/logout/")

    assert "Do you want to sign out?" in answer.content.decode()
    assert is_signed_in(client)
