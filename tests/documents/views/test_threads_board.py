"""GET /reports/<pk>/threads/: the threads that a person may see, as the page's script reads them."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent, User
from documents.actions import suggestions, threads
from documents.models import Comment, Section, Thread
from tests.documents.talk import PASSAGE, opened, suggested, user
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def board(client: Client, cast: Cast, **asked: object) -> dict[str, Any]:
    wanted = {name: str(value) for name, value in asked.items()}
    answer = client.get(reverse("report_threads", args=[cast.report.pk]), wanted)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def test_a_thread_says_who_what_where_and_what_one_may_do(cast: Cast, client_of: ClientOf) -> None:
    thread = opened(cast.introduction, cast.piet, "Was it May?", mentions=user(cast.ned.pk))

    (told,) = board(client_of(cast.gwen), cast)["threads"]

    police = {"id": str(cast.police.pk), "shortName": "Police", "colour": cast.police.colour, "initials": "AS"}
    piet = {"name": "Piet Test-Constable", "initials": "PT", "organisation": police}
    comment = Comment.objects.get()
    assert told == {
        "id": str(thread.pk),
        "section": str(cast.introduction.pk),
        "kind": "general",
        "kindLabel": "General",
        "onlyFor": None,
        "author": piet,
        "at": thread.created_at.isoformat(),
        "isMine": False,
        "anchor": {
            "start": "AQ==",
            "end": "Ag==",
            "quote": PASSAGE.quote,
            "before": PASSAGE.before,
            "after": PASSAGE.after,
        },
        "resolved": None,
        "shared": None,
        "round": None,
        "disposition": None,
        "suggestion": None,
        "comments": [
            {
                "id": str(comment.pk),
                "author": piet,
                "at": comment.created_at.isoformat(),
                "text": "Was it May?",
                "mentions": ["Ned Test-Ashby"],
            }
        ],
        "may": {
            "reply": False,
            "resolve": False,
            "reopen": False,
            "share": False,
            "accept": False,
            "decline": False,
            "withdraw": False,
            "reopenSuggestion": False,
        },
        "url": f"/threads/{thread.pk}/",
    }
    assert b64decode(told["anchor"]["start"]) == PASSAGE.start


def test_what_one_may_do_follows_from_level_and_place(cast: Cast, client_of: ClientOf) -> None:
    opened(cast.introduction, cast.piet)
    suggested(cast.introduction, cast.piet)

    def may(person: User) -> list[set[str]]:
        return [
            {name for name, allowed in one["may"].items() if allowed} for one in board(client_of(person), cast)["threads"]
        ]

    assert may(cast.bella) == [{"reply", "resolve"}, {"reply", "accept", "decline"}]
    assert may(cast.piet) == [{"reply", "resolve"}, {"reply", "withdraw"}]
    assert may(cast.nora) == [{"reply"}, {"reply"}]
    assert may(cast.gwen) == [set(), set()]


def test_a_decided_suggestion_says_by_whom(cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet, "fewer words")
    suggestions.accept(thread, by=cast.bella)
    decided_at = thread.suggestion.decided_at
    assert decided_at is not None

    (told,) = board(client_of(cast.piet), cast)["threads"]

    assert told["suggestion"] == {
        "replacement": "fewer words",
        "state": "accepted",
        "stateLabel": "Accepted",
        "decidedBy": "Bella Test-Harbour",
        "decidedAt": decided_at.isoformat(),
    }
    assert told["resolved"]["by"] == "Bella Test-Harbour"


def test_one_sees_only_what_one_may(cast: Cast, client_of: ClientOf) -> None:
    everybodys = opened(cast.introduction, cast.amira)
    north_somersets = opened(cast.introduction, cast.amira, only_for_us=True)
    bristols = opened(cast.introduction, cast.bella, only_for_us=True)
    listed = opened(cast.restricted_listed, cast.ned)
    hidden = opened(cast.restricted_hidden, cast.bella)

    def seen(person: User) -> set[str]:
        return {one["id"] for one in board(client_of(person), cast)["threads"]}

    def ids(*expected: Thread) -> set[str]:
        return {str(thread.pk) for thread in expected}

    assert seen(cast.amira) == seen(cast.nora) == ids(everybodys, north_somersets, listed)
    assert seen(cast.bella) == seen(cast.bo) == ids(everybodys, bristols, listed, hidden)
    assert seen(cast.gwen) == seen(cast.piet) == ids(everybodys)


def test_a_section_can_be_asked_for_alone(cast: Cast, client_of: ClientOf) -> None:
    opened(cast.introduction, cast.amira)
    there = opened(cast.findings, cast.amira)

    told = board(client_of(cast.gwen), cast, section=cast.findings.pk)

    assert [one["id"] for one in told["threads"]] == [str(there.pk)]


@pytest.mark.parametrize("name", ["restricted_listed", "restricted_hidden", "deleted"])
def test_a_section_that_one_cannot_read_has_none(name: str, cast: Cast, client_of: ClientOf) -> None:
    address = reverse("report_threads", args=[cast.report.pk])
    section: Section = getattr(cast, name)

    assert client_of(cast.gwen).get(address, {"section": str(section.pk)}).status_code == 404
    assert client_of(cast.gwen).get(address, {"section": "nonsense"}).status_code == 404


def test_those_can_be_mentioned_who_can_read_it(cast: Cast, client_of: ClientOf) -> None:
    told = board(client_of(cast.bella), cast)
    alone = board(client_of(cast.bella), cast, section=cast.restricted_listed.pk)

    def names(answer: dict[str, Any]) -> set[str]:
        return {one["name"] for kind in ("people", "organisations") for one in answer["mentionable"][kind]}

    north_somerset = {"Amira Test-Okafor", "Ned Test-Ashby", "Nora Test-Quill", "North Somerset"}
    both = {"Bo Test-Quay", "Bristol"} | north_somerset
    assert names(told) == both | {"Gwen Test-Vale", "Piet Test-Constable", "South Gloucestershire", "Police"}
    assert names(alone) == both
    assert set(told["readers"][str(cast.restricted_hidden.pk)]) == {str(cast.bristol.pk)}
    assert str(cast.restricted_hidden.pk) not in board(client_of(cast.amira), cast)["readers"]


def test_nothing_is_sent_twice_while_nothing_changes(cast: Cast, client_of: ClientOf) -> None:
    opened(cast.introduction, cast.amira)
    client, address = client_of(cast.gwen), reverse("report_threads", args=[cast.report.pk])
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    threads.resolve(Thread.objects.get(), by=cast.amira)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert first["ETag"] == f'"{first.json()["etag"]}"'
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_reading_is_on_record_once_an_hour(cast: Cast, client_of: ClientOf) -> None:
    opened(cast.restricted_listed, cast.ned)
    client = client_of(cast.bella)

    board(client, cast)
    board(client, cast, section=cast.restricted_listed.pk)

    (event,) = AuditEvent.objects.filter(verb="report.read", actor_id=cast.bella.pk)
    assert event.data == {"view": "threads", "restricted": [str(cast.restricted_listed.pk)]}


def test_the_number_of_queries_does_not_grow(cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast.bella), reverse("report_threads", args=[cast.report.pk])
    thread = opened(cast.introduction, cast.amira, mentions=user(cast.ned.pk))
    threads.reply(thread, text="Yes.", by=cast.piet)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)

    many(cast.findings, cast, 500)
    with CaptureQueriesContext(connection) as lots:
        told = client.get(address).json()

    assert len(told["threads"]) == 501
    assert len(lots) == len(few)
    assert len(lots) <= 35


def many(section: Section, cast: Cast, count: int) -> None:
    authors = [(cast.amira, cast.north_somerset), (cast.bella, cast.bristol), (cast.piet, cast.police)]
    made = [
        Thread(section=section, start=b"\1", end=b"\2", quote="words", created_by=by, organisation=place)
        for by, place in (authors[number % 3] for number in range(count))
    ]
    Thread.objects.bulk_create(made)
    Comment.objects.bulk_create(
        Comment(thread=one, text="Is that so?", created_by=one.created_by, organisation=one.organisation) for one in made
    )
