"""/reports/<pk>/comments/: the comments that one may see and how to look for some; and all of a person's suggestions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from documents.actions import threads
from documents.models import Section, Thread, ThreadKind
from documents.threads.listing import THREADS_A_PAGE, Comments
from tests.documents.helpers import said
from tests.documents.talk import anew, opened, suggested, user
from tests.support.cast import Cast
from tests.support.states import freeze

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def listed(client: Client, cast: Cast, **asked: object) -> Comments:
    wanted = {name: str(value) for name, value in asked.items()}
    answer = client.get(reverse("report_comments", args=[cast.report.pk]), wanted)
    found: Comments = answer.context["found"]
    return found


def ids(found: Comments) -> list[object]:
    return [card.thread.pk for card in found.cards]


def test_the_newest_comes_first_and_only_open_ones_unless_asked(cast: Cast, client_of: ClientOf) -> None:
    old, new = opened(cast.introduction, cast.piet), opened(cast.findings, cast.bella)
    done = opened(cast.findings, cast.bella)
    threads.resolve(done, by=cast.bella)
    client = client_of(cast.gwen)

    assert ids(listed(client, cast)) == [new.pk, old.pk]
    assert ids(listed(client, cast, state="resolved")) == [done.pk]
    assert ids(listed(client, cast, state="all")) == [done.pk, new.pk, old.pk]


def test_one_can_look_for_section_kind_person_and_ones_own(cast: Cast, client_of: ClientOf) -> None:
    police = opened(cast.introduction, cast.piet, kind=ThreadKind.IDENTIFICATION_RISK)
    bristol = opened(cast.findings, cast.bella, mentions=user(cast.ned.pk))
    north_somerset = opened(cast.findings, cast.amira)
    threads.reply(police, text="Yes.", by=cast.nora)
    ned, nora = client_of(cast.ned), client_of(cast.nora)

    assert ids(listed(ned, cast, section=cast.introduction.pk)) == [police.pk]
    assert ids(listed(ned, cast, kind="identification_risk")) == [police.pk]
    assert ids(listed(ned, cast, person=cast.bella.pk)) == [bristol.pk]
    assert ids(listed(ned, cast, whose="mine")) == [bristol.pk]
    assert ids(listed(nora, cast, whose="mine")) == [police.pk]
    assert ids(listed(nora, cast, whose="ours")) == [north_somerset.pk]


@pytest.mark.parametrize("asked", [{"section": "x"}, {"person": "x"}, {"kind": "x"}])
def test_nonsense_finds_nothing(asked: dict[str, str], cast: Cast, client_of: ClientOf) -> None:
    opened(cast.introduction, cast.piet)

    assert ids(listed(client_of(cast.ned), cast, **asked)) == []
    assert len(ids(listed(client_of(cast.ned), cast, page="x"))) == 1


def test_each_section_says_how_many(cast: Cast, client_of: ClientOf) -> None:
    opened(cast.findings, cast.piet)
    threads.resolve(opened(cast.findings, cast.piet), by=cast.piet)
    opened(cast.restricted_hidden, cast.bella)

    def counts(person: User) -> list[tuple[str, str, int, int, bool]]:
        return [(about.number, about.section.title, *about[2:]) for about in listed(client_of(person), cast).counts]

    everybodys = [("1", "Introduction", 0, 0), ("2", "Findings", 1, 2)]
    assert counts(cast.gwen) == [(*about, False) for about in everybodys]
    assert counts(cast.piet) == [(*about, True) for about in everybodys]
    both = [*everybodys, ("3", "Restricted and listed", 0, 0)]
    assert counts(cast.amira) == [(*about, True) for about in both]
    assert counts(cast.bella) == [(*about, True) for about in [*both, ("4", "Restricted and hidden", 1, 1)]]


def test_five_thousand_make_pages_with_no_more_queries(cast: Cast, client_of: ClientOf) -> None:
    opened(cast.introduction, cast.piet)
    client = client_of(cast.bella)
    listed(client, cast)
    with CaptureQueriesContext(connection) as few:
        listed(client, cast)

    many(cast.findings, cast, 5_000)
    with CaptureQueriesContext(connection) as lots:
        found = listed(client, cast)

    assert (found.all, len(found.cards), found.page.has_next) == (5_001, THREADS_A_PAGE, True)
    assert len(lots) <= len(few)
    assert len(listed(client, cast, page=201).cards) == 1


def test_filters_are_kept_from_page_to_page(cast: Cast, client_of: ClientOf) -> None:
    many(cast.findings, cast, 30)

    page = client_of(cast.bella).get(reverse("report_comments", args=[cast.report.pk]), {"state": "all"}).content.decode()

    assert "?state=all&amp;page=2" in page


def test_all_of_a_persons_suggestions_are_declined_after_asking(cast: Cast, client_of: ClientOf) -> None:
    waiting = [suggested(cast.introduction, cast.piet, f"words {number}") for number in range(3)]
    other = suggested(cast.introduction, cast.nora)
    client, address = client_of(cast.bella), reverse("person_suggestions", args=[cast.report.pk, cast.piet.pk])
    assert listed(client, cast, person=cast.piet.pk).to_decide == 3

    asked = client.get(address).content.decode()
    told = said(client.post(address, follow=True))

    assert "Decline 3 suggestions by Piet Test-Constable?" in asked
    assert told == "3 suggestions declined. The text stays as it is."
    assert [anew(one).suggestion.state for one in [*waiting, other]] == [*["declined"] * 3, "open"]
    assert client.get(address).status_code == 404


def test_the_script_gets_their_ids_and_declines_them_too(cast: Cast, client_of: ClientOf) -> None:
    thread = suggested(cast.introduction, cast.piet)
    suggested(cast.introduction, cast.piet, only_for_us=True)
    client, address = client_of(cast.bella), reverse("person_suggestions", args=[cast.report.pk, cast.piet.pk])

    named: Any = client.get(address, headers={"Accept": "application/json"}).json()
    declined: Any = client.post(address, "{}", content_type="application/json").json()

    assert named == {"threads": [str(thread.pk)]}
    assert declined == {"declined": 1, "threads": [str(thread.pk)]}


def test_on_a_frozen_report_nothing_is_there_to_decide(cast: Cast, client_of: ClientOf) -> None:
    suggested(cast.introduction, cast.piet)
    freeze(cast.report)
    client = client_of(cast.bella)

    assert listed(client, cast, person=cast.piet.pk).to_decide == 0
    assert client.post(reverse("person_suggestions", args=[cast.report.pk, cast.piet.pk])).status_code == 403


def many(section: Section, cast: Cast, count: int) -> None:
    Thread.objects.bulk_create(
        Thread(section=section, quote="words", created_by=cast.bella, organisation=cast.bristol, start=b"", end=b"")
        for _ in range(count)
    )
