"""The list of a report's versions."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.actions import sections, states, versions
from documents.lifecycle import REOPEN
from documents.versions import listing
from tests.documents.helpers import write
from tests.documents.versions_helpers import freeze, milestone
from tests.support.cast import Cast
from tests.support.checks import fresh
from tests.support.signing import NO, signs

ClientOf = Callable[[User], Client]


def rows(client: Client, cast: Cast) -> list[listing.Row]:
    found: list[listing.Row] = client.get(reverse("report_versions", args=[cast.report.pk])).context["rows"]
    return found


def test_says_who_kept_each_when_and_why(cast: Cast, client_of: ClientOf) -> None:
    versions.name(cast.report, name="For the families", reason="They asked to read it.", by=cast.bella)

    page = client_of(cast.piet).get(reverse("report_versions", args=[cast.report.pk])).content.decode()

    for words in ("Version 1", "For the families", "They asked to read it.", "Bella Test-Harbour, Bristol", "Saved copy"):
        assert words in page


def test_says_what_has_changed_since_the_one_before(cast: Cast, client_of: ClientOf) -> None:
    milestone(cast)
    write(cast.findings, "Four new words here.", by=cast.bella)
    sections.delete(cast.introduction, by=cast.amira)
    sections.add(cast.report, title="Conclusions", by=cast.amira)
    milestone(cast)
    milestone(cast)

    third, second, first = rows(client_of(cast.amira), cast)

    assert third.since
    assert third.since.words == "The same text, letter for letter"
    assert second.since
    assert second.since.words == "1 section changed, 1 new, 1 taken out: 4 words added, 0 removed"
    assert first.since is None


def test_a_change_that_one_may_not_read_is_none(cast: Cast, client_of: ClientOf) -> None:
    milestone(cast)
    write(cast.restricted_hidden, "Only Bristol reads this.", by=cast.bella)
    milestone(cast)

    assert [row.since.words for row in rows(client_of(cast.bella), cast) if row.since] == [
        "1 section changed: 4 words added, 0 removed"
    ]
    assert [row.since.words for row in rows(client_of(cast.amira), cast) if row.since] == [
        "The same text, letter for letter"
    ]


def test_a_frozen_version_says_where_it_stands(cast: Cast, client_of: ClientOf) -> None:
    freeze(cast)
    assert [row.state for row in rows(client_of(cast.gwen), cast)] == ["frozen"]

    states.move(cast.report, REOPEN, by=fresh(cast.amira), reason="A street was named.")

    assert [row.state for row in rows(client_of(cast.gwen), cast)] == ["reopened"]


def test_a_version_that_somebody_declined_says_so(cast: Cast, client_of: ClientOf) -> None:
    signs(freeze(cast), [cast.bristol.seats.get()], by=cast.bella, answer=NO)

    assert [row.state for row in rows(client_of(cast.gwen), cast)] == ["declined"]
    assert "Declined" in client_of(cast.gwen).get(reverse("report_versions", args=[cast.report.pk])).content.decode()


def test_offers_what_the_viewer_may_do(cast: Cast, client_of: ClientOf) -> None:
    freezes, keeps = reverse("report_freeze", args=[cast.report.pk]), reverse("version_new", args=[cast.report.pk])
    offered = {}
    for person in (cast.amira, cast.bella, cast.piet):
        page = client_of(person).get(reverse("report_versions", args=[cast.report.pk])).content.decode()
        offered[person] = (freezes in page, keeps in page)

    assert offered == {cast.amira: (True, True), cast.bella: (False, True), cast.piet: (False, False)}


def test_the_number_of_queries_does_not_grow_with_the_versions(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast.amira)
    for turn in range(4):
        write(cast.findings, f"Turn {turn}.", by=cast.bella)
        milestone(cast)

    with django_assert_max_num_queries(22) as four:
        rows(client, cast)
    for turn in range(6):
        write(cast.findings, f"Turn {turn}.", by=cast.bella)
        milestone(cast)

    with django_assert_max_num_queries(len(four)):
        assert len(rows(client, cast)) == 10


def test_there_are_pages_of_a_long_list(cast: Cast, client_of: ClientOf) -> None:
    for _ in range(21):
        milestone(cast)

    page = client_of(cast.amira).get(reverse("report_versions", args=[cast.report.pk]))
    last = client_of(cast.amira).get(reverse("report_versions", args=[cast.report.pk]), {"page": "2"})

    assert [row.version.number for row in page.context["rows"]] == list(range(21, 1, -1))
    assert page.context["rows"][-1].before.number == 1
    assert [row.version.number for row in last.context["rows"]] == [1]
