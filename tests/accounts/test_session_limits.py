"""A session ends when it was unused or open for too long."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.sessions import is_live
from tests.accounts.helpers import trail
from tests.support.cast import Cast

ClientOf = Callable[[User], Client]


def age(client: Client, **columns: timedelta) -> str:
    """Let time pass for a session; return its key."""
    key = str(client.session.session_key)
    now = timezone.now()
    UserSession.objects.filter(session_key=key).update(**{name: now - ago for name, ago in columns.items()})
    return key


@pytest.mark.parametrize(
    ("passed", "reason", "words"),
    [
        ({"last_seen_at": timedelta(minutes=61)}, "idle", "you did nothing here for a while"),
        ({"created_at": timedelta(hours=12, minutes=1)}, "age", "you signed in long ago"),
    ],
    ids=["idle", "absolute"],
)
def test_beyond_its_limit_it_ends_and_says_why(
    cast: Cast, client_of: ClientOf, passed: dict[str, timedelta], reason: str, words: str
) -> None:
    client = client_of(cast.ned)
    key = age(client, **passed)
    live_before = is_live(key, cast.ned.pk)

    answer = client.get("/my-work/", follow=True)

    assert not live_before  # open sockets end too, even where no page is asked for
    assert answer.redirect_chain == [("/accounts/login/?next=/my-work/", 302)]
    assert words in answer.content.decode()
    assert (trail("session.ended")[0].actor_id, trail("session.ended")[0].data) == (None, {"reason": reason})
    assert not UserSession.objects.filter(session_key=key).exists()


def test_just_within_both_limits_it_goes_on(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.ned)
    key = age(client, last_seen_at=timedelta(minutes=59), created_at=timedelta(hours=11, minutes=59))

    assert client.get("/my-work/").status_code == 200
    assert is_live(key, cast.ned.pk)


def test_doing_something_puts_off_the_idle_limit_but_not_the_absolute_one(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.ned)
    key = age(client, last_seen_at=timedelta(minutes=59), created_at=timedelta(hours=3))

    client.get("/my-work/")

    row = UserSession.objects.get(session_key=key)
    assert timezone.now() - row.last_seen_at < timedelta(minutes=1)
    assert timezone.now() - row.created_at > timedelta(hours=2)


def test_what_a_page_asks_by_itself_puts_nothing_off(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.ned)
    key = age(client, last_seen_at=timedelta(minutes=59))

    client.get(f"/reports/{cast.report.pk}/token/")

    assert timezone.now() - UserSession.objects.get(session_key=key).last_seen_at > timedelta(minutes=58)


def test_a_deactivated_persons_session_is_not_live(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.ned)
    User.objects.filter(pk=cast.ned.pk).update(is_active=False, deactivated_at=timezone.now())

    assert not is_live(str(client.session.session_key), cast.ned.pk)


def test_a_session_begun_with_another_password_is_not_live(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.ned)
    cast.ned.set_password("four-hills-one-harbour")
    cast.ned.save()

    assert not is_live(str(client.session.session_key), cast.ned.pk)


def test_somebody_elses_session_is_not_ones_own(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.ned)

    assert not is_live(str(client.session.session_key), cast.nora.pk)
