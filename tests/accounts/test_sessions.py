"""The list of one's sessions, and ending them."""

from collections.abc import Callable

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actions import users
from accounts.models import User
from accounts.sessions import is_live
from accounts.signals import AccessChange, access_changed
from accounts.templatetags.accounts import browser
from tests.accounts.helpers import is_signed_in, trail
from tests.support.cast import Cast

LIST = "/accounts/sessions/"
ClientOf = Callable[[User], Client]


def row_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_it_shows_ones_own_and_nobody_elses(cast: Cast, client_of: ClientOf) -> None:
    here, elsewhere = client_of(cast.ned), client_of(cast.ned)
    client_of(cast.nora)

    page = here.get(LIST)

    assert [row.session_key for row in page.context["rows"]] == [here.session.session_key, elsewhere.session.session_key]
    assert page.content.decode().count("This is where you are now") == 1


def test_a_session_that_has_ended_is_not_shown(cast: Cast, client_of: ClientOf) -> None:
    here, elsewhere = client_of(cast.ned), client_of(cast.ned)
    Session.objects.filter(session_key=elsewhere.session.session_key).delete()

    assert len(here.get(LIST).context["rows"]) == 1


def test_it_does_not_show_the_keys(cast: Cast, client_of: ClientOf) -> None:
    here = client_of(cast.ned)

    assert str(here.session.session_key) not in here.get(LIST).content.decode()


def test_one_can_be_ended_at_once(
    cast: Cast, client_of: ClientOf, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    here, elsewhere = client_of(cast.ned), client_of(cast.ned)
    key, heard = str(elsewhere.session.session_key), []
    listener = lambda change, **_: heard.append(change)  # noqa: E731
    access_changed.connect(listener)

    with django_capture_on_commit_callbacks(execute=True):
        here.post(f"/accounts/sessions/{row_of(elsewhere).pk}/end/")

    access_changed.disconnect(listener)
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert not is_live(key, cast.ned.pk)
    assert heard == [AccessChange(session_keys=frozenset({key}))]
    assert trail("session.ended")[0].data == {"reason": "ended"}


def test_nobody_ends_somebody_elses(cast: Cast, client_of: ClientOf) -> None:
    neds, noras = client_of(cast.ned), client_of(cast.nora)

    answer = neds.post(f"/accounts/sessions/{row_of(noras).pk}/end/")

    assert answer.status_code == 404
    assert is_signed_in(noras)


def test_the_one_in_use_is_ended_by_signing_out(cast: Cast, client_of: ClientOf) -> None:
    here = client_of(cast.ned)

    here.post(f"/accounts/sessions/{row_of(here).pk}/end/")

    assert "Use “Sign out” to end it." in here.get(LIST).content.decode()
    assert is_signed_in(here)


def test_all_can_be_ended_here_too(cast: Cast, client_of: ClientOf) -> None:
    here, elsewhere, noras = client_of(cast.ned), client_of(cast.ned), client_of(cast.nora)

    answer = here.post("/accounts/sessions/end/")

    assert answer["Location"] == "/accounts/login/"
    assert "You are signed out everywhere." in here.get("/accounts/login/").content.decode()
    assert not is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert is_signed_in(noras)
    assert trail("session.all_ended")[0].data == {"count": 2, "kept_one": False}


def test_deactivating_ends_them_all(cast: Cast, client_of: ClientOf) -> None:
    clients = [client_of(cast.ned), client_of(cast.ned)]

    users.deactivate(cast.ned, by=cast.amira)

    assert not any(is_signed_in(client) for client in clients)


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/18 Safari/605.1", "Safari on Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8", "An unknown browser"),
    ],
)
def test_browsers_have_the_names_that_people_know(user_agent: str, name: str) -> None:
    assert browser(user_agent) == name
