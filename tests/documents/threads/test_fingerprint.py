"""Whether the threads that somebody sees have changed is told without reading them, and never wrongly."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from documents.actions import dispositions, restrictions, suggestions, threads
from documents.models import Comment, Disposition, Restriction, Section, Thread
from partnerships.grants import Level
from partnerships.models import Organisation, TeamRole
from reviews.models import TeamMember
from tests.documents.helpers import participant
from tests.documents.talk import anew, opened, suggested
from tests.support.cast import Cast
from tests.support.checks import fresh
from tests.support.states import freeze

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def asked(client: Client, cast: Cast, etag: str = "", **query: str) -> Any:
    return client.get(reverse("report_threads", args=[cast.report.pk]), query, headers={"If-None-Match": etag})


def dispose(thread: Thread, by: User) -> None:
    dispositions.dispose(thread, disposition=Disposition.NOTED, reason="Noted.", resolve=False, by=by)


def restrict(cast: Cast) -> None:
    levels = {participant(cast.review, cast.bristol): Level.EDIT}
    section = Section.objects.get(pk=cast.findings.pk)
    restrictions.restrict(section, restriction=Restriction.LISTED, levels=levels, by=fresh(cast.amira))


ACTS: list[Callable[[Cast, Thread, Thread], object]] = [
    lambda cast, _thread, _change: opened(cast.findings, cast.piet),
    lambda cast, thread, _change: threads.reply(thread, text="No.", by=cast.bella),
    lambda cast, thread, _change: threads.resolve(thread, by=cast.bella),
    lambda cast, thread, _change: dispose(thread, cast.amira),
    lambda cast, _thread, change: suggestions.accept(change, by=cast.bella),
    lambda cast, _thread, change: suggestions.decline(change, by=cast.bella),
    lambda cast, _thread, change: suggestions.withdraw(change, by=cast.piet),
    lambda cast, *_: threads.share(Thread.objects.get(only_for=cast.north_somerset), by=cast.amira),
    lambda cast, *_: freeze(cast.report),
    lambda cast, *_: User.objects.filter(pk=cast.piet.pk).update(full_name="Piet Otherwise"),
    lambda cast, *_: Organisation.objects.filter(pk=cast.police.pk).update(short_name="The police"),
    lambda cast, *_: restrict(cast),
    lambda cast, *_: TeamMember.objects.filter(user=cast.gwen).update(role=TeamRole.REVIEWER),
]


@pytest.mark.parametrize("act", ACTS)
def test_whatever_changes_what_is_told_is_told(
    act: Callable[[Cast, Thread, Thread], object], cast: Cast, client_of: ClientOf
) -> None:
    thread, change = opened(cast.introduction, cast.piet), suggested(cast.introduction, cast.piet)
    opened(cast.introduction, cast.amira, only_for_us=True)
    client = client_of(cast.gwen)
    before = asked(client, cast)
    assert asked(client, cast, before["ETag"]).status_code == 304

    act(cast, thread, change)
    after = asked(client, cast)

    said = [{name: value for name, value in one.json().items() if name != "etag"} for one in (before, after)]
    assert (before["ETag"] != after["ETag"]) or said[0] == said[1]
    assert asked(client, cast, before["ETag"]).status_code == (200 if before["ETag"] != after["ETag"] else 304)


def test_what_was_done_is_not_hidden_by_doing_the_reverse(cast: Cast, client_of: ClientOf) -> None:
    one, other = opened(cast.introduction, cast.piet), opened(cast.introduction, cast.piet)
    threads.resolve(one, by=cast.bella)
    client = client_of(cast.gwen)
    before = asked(client, cast)["ETag"]

    threads.reopen(anew(one), by=cast.bella)
    threads.resolve(other, by=cast.bella)

    assert asked(client, cast, before).status_code == 200


def test_another_ones_private_threads_change_nothing(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.gwen)
    before = asked(client, cast)["ETag"]

    opened(cast.introduction, cast.bella, only_for_us=True)

    assert asked(client, cast, before).status_code == 304


def test_two_people_and_two_sections_have_different_ones(cast: Cast, client_of: ClientOf) -> None:
    everything = asked(client_of(cast.gwen), cast)["ETag"]

    assert asked(client_of(cast.piet), cast)["ETag"] != everything
    assert asked(client_of(cast.gwen), cast, section=str(cast.findings.pk))["ETag"] != everything


def test_where_nothing_has_changed_no_thread_is_read(cast: Cast, client_of: ClientOf) -> None:
    opened(cast.introduction, cast.piet)
    client = client_of(cast.gwen)
    etag = asked(client, cast)["ETag"]

    with CaptureQueriesContext(connection) as queries:
        assert asked(client, cast, etag).status_code == 304

    assert not any(f'"{Comment._meta.db_table}"."text"' in one["sql"] for one in queries)
