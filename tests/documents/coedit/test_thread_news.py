"""Pages that have a section open hear that its threads have changed: those only whose person may see the thread."""

import json
from collections.abc import Callable

import pytest
from django.db import transaction

from accounts.models import User
from documents.actions import suggestions, threads
from documents.coedit.link import CloseCode
from documents.models import Section
from reviews.actions import teams
from reviews.models import TeamMember
from tests.documents.coedit.conftest import RawOf, TokenOf
from tests.documents.coedit.raw import RawClient
from tests.documents.talk import anew, opened, suggested
from tests.support.cast import Cast

Joined = Callable[[User, Section], RawClient]


@pytest.fixture
def joined(raw: RawOf, token_of: TokenOf) -> Joined:
    def make(person: User, section: Section) -> RawClient:
        client = raw()
        client.join(section.pk, token_of(person))
        return client

    return make


def frames(client: RawClient, cast: Cast) -> list[tuple[str, str, str]]:
    """All that the socket says from now on until news of a thread for everybody, made last, has come."""
    before = len(client.heard)
    opened(cast.introduction, cast.piet)
    while client.heard[before:].count(news(cast.introduction)) == 0:
        client.expect("stateless")
    return client.heard[before:]


def news(section: Section) -> tuple[str, str, str]:
    """What a socket says when threads of a section have changed."""
    return f"section:{section.pk}", "stateless", told(section)


def told(section: Section) -> str:
    return json.dumps({"type": "threads", "section": str(section.pk)}, separators=(",", ":"))


def test_everybody_with_the_section_open_hears_of_a_thread_for_everybody(cast: Cast, joined: Joined) -> None:
    bella, gwen = joined(cast.bella, cast.introduction), joined(cast.gwen, cast.introduction)

    opened(cast.introduction, cast.piet, "Was it May?")

    assert bella.expect("stateless") == told(cast.introduction)
    assert gwen.expect("stateless") == told(cast.introduction)


def test_every_change_is_told(cast: Cast, joined: Joined) -> None:
    piet = joined(cast.piet, cast.introduction)
    thread, change = opened(cast.introduction, cast.piet), suggested(cast.introduction, cast.piet)
    assert piet.expect("stateless") == piet.expect("stateless") == told(cast.introduction)

    for act, what, person in (
        (threads.resolve, thread, cast.bella),
        (threads.reopen, thread, cast.bella),
        (suggestions.accept, change, cast.bella),
        (suggestions.reopen, change, cast.bella),
        (suggestions.decline, change, cast.bella),
        (suggestions.reopen, change, cast.bella),
        (suggestions.withdraw, change, cast.piet),
    ):
        act(anew(what), by=person)
        assert piet.expect("stateless") == told(cast.introduction)
    threads.reply(anew(thread), text="Yes.", by=cast.bella)
    assert piet.expect("stateless") == told(cast.introduction)


def test_not_a_frame_comes_to_another_organisation_for_a_private_thread(cast: Cast, joined: Joined) -> None:
    bo = joined(cast.bo, cast.introduction)
    others = [joined(person, cast.introduction) for person in (cast.amira, cast.gwen, cast.piet)]

    thread = opened(cast.introduction, cast.bella, only_for_us=True)
    threads.reply(anew(thread), text="Between us.", by=cast.bella)
    threads.resolve(anew(thread), by=cast.bella)
    change = suggested(cast.introduction, cast.bella, only_for_us=True)
    suggestions.decline(anew(change), by=cast.bella)

    assert [bo.expect("stateless") for _ in range(5)] == [told(cast.introduction)] * 5
    # Had anything been said to them, it would have come before what is said last.
    opened(cast.introduction, cast.piet)
    for other in others:
        before = len(other.heard)
        other.expect("stateless")
        assert other.heard[before:] == [news(cast.introduction)]
        assert other.settle(cast.introduction.pk) == []


def test_sharing_is_told_to_everybody(cast: Cast, joined: Joined) -> None:
    gwen = joined(cast.gwen, cast.introduction)
    thread = opened(cast.introduction, cast.bella, only_for_us=True)

    threads.share(anew(thread), by=cast.bella)

    assert gwen.expect("stateless") == told(cast.introduction)
    assert frames(gwen, cast) == [news(cast.introduction)]


def test_nobody_hears_of_a_section_that_they_do_not_have_open(cast: Cast, joined: Joined) -> None:
    bella = joined(cast.bella, cast.introduction)

    opened(cast.restricted_hidden, cast.bella)
    opened(cast.findings, cast.bella)

    assert frames(bella, cast) == [news(cast.introduction)]


def test_nothing_is_told_of_what_was_not_committed(cast: Cast, joined: Joined) -> None:
    bella = joined(cast.bella, cast.introduction)

    with transaction.atomic():
        opened(cast.introduction, cast.piet)
        transaction.set_rollback(True)

    assert frames(bella, cast) == [news(cast.introduction)]


def test_who_has_left_their_organisations_team_hears_nothing(cast: Cast, joined: Joined) -> None:
    bo = joined(cast.bo, cast.introduction)
    teams.remove(TeamMember.objects.get(user=cast.bo), by=cast.bella)
    assert bo.expect_end()[0] == CloseCode.FORBIDDEN

    opened(cast.introduction, cast.bella, only_for_us=True)

    assert "stateless" not in {what for _, what, _ in bo.heard}
