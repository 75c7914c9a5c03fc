"""Two versions beside each other, or a version and now."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents import section_text
from documents.actions import restrictions, sections
from documents.models import Restriction, Section
from documents.text.building import build_update
from documents.versions import changers
from partnerships.grants import Level
from tests.documents.helpers import participant, write
from tests.documents.versions_helpers import milestone, ready
from tests.support.cast import Cast
from tests.support.checks import last_event

ClientOf = Callable[[User], Client]


def compared(client: Client, cast: Cast, **asked: str) -> Any:
    return client.get(reverse("report_compare", args=[cast.report.pk]), asked)


def changes(client: Client, cast: Cast, **asked: str) -> dict[str, str]:
    """What the page says of each section that is different."""
    return {one.change.text.title: one.change.words for one in compared(client, cast, **asked).context["shown"]}


def write_lines(section: Section, *lines: str, cast: Cast) -> None:
    blocks = [{"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in lines]
    update = build_update({"type": "doc", "content": blocks})
    section_text.append(section, update, author=cast.ned, organisation=cast.north_somerset)


def test_without_a_version_there_is_nothing_to_compare(cast: Cast, client_of: ClientOf) -> None:
    assert "nothing to compare with yet" in compared(client_of(cast.amira), cast).content.decode()


def test_the_last_version_and_now(cast: Cast, client_of: ClientOf) -> None:
    milestone(cast)
    write(cast.findings, "A new paragraph.", by=cast.bella)

    page = compared(client_of(cast.amira), cast).content.decode()

    assert changes(client_of(cast.amira), cast) == {"Findings": "1 change, 3 words inserted, 0 deleted"}
    assert '<ins class="ed-added"><span class="govuk-visually-hidden">[inserted: </span>A new paragraph.' in page


def test_two_versions_whichever_comes_first_in_the_address(cast: Cast, client_of: ClientOf) -> None:
    for words in ("One.", "Two.", "Three."):
        milestone(cast)
        write(cast.findings, words, by=cast.bella)

    client = client_of(cast.amira)
    assert changes(client, cast, **{"from": "1", "to": "3"}) == {"Findings": "2 changes, 2 words inserted, 0 deleted"}
    assert changes(client, cast, **{"from": "3", "to": "1"}) == changes(client, cast, **{"from": "1", "to": "3"})
    assert changes(client, cast, **{"from": "now", "to": "3"}) == {"Findings": "1 change, 1 word inserted, 0 deleted"}


@pytest.mark.parametrize("asked", [{"from": "99", "to": "x"}, {"from": "", "to": "-1"}, {"view": "<b>"}, {"to": "1"}])
def test_an_address_that_names_no_version_shows_what_there_is(
    cast: Cast, client_of: ClientOf, asked: dict[str, str]
) -> None:
    milestone(cast)

    assert compared(client_of(cast.amira), cast, **asked).status_code == 200


@pytest.mark.parametrize("view", ["inline", "side"])
def test_what_was_deleted_is_said_in_words(cast: Cast, client_of: ClientOf, view: str) -> None:
    write(cast.findings, "It goes away.", by=cast.bella)
    milestone(cast)
    sections.delete(cast.findings, by=cast.amira)

    page = compared(client_of(cast.amira), cast, view=view).content.decode()

    assert "Taken out, 3 words" in page
    assert '<del class="ed-removed"><span class="govuk-visually-hidden">[deleted: </span>It goes away.' in page


def test_side_by_side_and_in_one_column_are_a_link_apart(cast: Cast, client_of: ClientOf) -> None:
    milestone(cast)
    write(cast.findings, "New.", by=cast.bella)
    client = client_of(cast.amira)

    beside, inline = compared(client, cast).content.decode(), compared(client, cast, view="inline").content.decode()

    assert "?from=1&amp;to=now&amp;view=inline" in beside
    assert "?from=1&amp;to=now&amp;view=side" in inline
    assert "Before" in beside
    assert "Before" not in inline


def test_the_same_sections_are_named(cast: Cast, client_of: ClientOf) -> None:
    milestone(cast)
    sections.move(cast.restricted_listed, after=None, by=cast.amira)
    sections.rename(cast.introduction, title="Foreword", by=cast.amira)

    page = compared(client_of(cast.amira), cast)

    same = {one.text.title: one.has_moved for one in page.context["found"].same}
    assert same == {"Findings": False, "Restricted and listed": True}
    assert "Its title was “Introduction”" in page.content.decode()


def test_a_paragraph_that_went_to_another_section_is_told_as_moved(cast: Cast, client_of: ClientOf) -> None:
    write_lines(cast.introduction, "Four young people were known to many.", cast=cast)
    milestone(cast)
    sections.delete(cast.introduction, by=cast.amira)
    write_lines(cast.findings, "Four young people were known to many.", cast=cast)

    page = compared(client_of(cast.amira), cast).content.decode()

    assert "(moved to “1 Findings”)" in page
    assert "(moved from “1 Introduction”)" in page
    assert "0 words inserted, 0 deleted" in page


def test_who_changed_what_comes_from_the_log(cast: Cast, client_of: ClientOf) -> None:
    ready(cast)
    milestone(cast)
    write(cast.findings, "Two words.", by=cast.ned)
    write(cast.findings, "And three more.", by=cast.bella)

    answer = compared(client_of(cast.amira), cast)

    shares = [(one.organisation, one.people, one.sections, one.added) for one in answer.context["changers"].shares]
    assert shares == [(cast.bristol, 1, 1, 3), (cast.north_somerset, 1, 1, 2)]
    page = answer.content.decode()
    assert "Ned Test-Ashby" in page
    first = cast.findings.updates.get(author=cast.bella, pk__gt=cast.findings.updates.first().pk)  # type: ignore[union-attr]
    assert reverse("section_change", args=[cast.findings.pk, first.pk, first.pk]) in page


@pytest.mark.parametrize(("limit", "number"), [("MOST_ROWS_COUNTED", 1), ("MOST_SESSIONS_COUNTED", 0)])
def test_words_are_not_counted_by_person_where_that_takes_too_long(
    cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, limit: str, number: int
) -> None:
    monkeypatch.setattr(changers, limit, number)
    milestone(cast)
    write(cast.findings, "Two words.", by=cast.ned)

    page = compared(client_of(cast.amira), cast).content.decode()

    assert "Ned Test-Ashby" in page
    assert "written" not in page


def test_a_section_that_one_may_not_read_now_is_in_neither(cast: Cast, client_of: ClientOf) -> None:
    write(cast.findings, "It named a street.", by=cast.bella)
    milestone(cast)
    levels = {participant(cast.review, cast.bristol): Level.EDIT}
    restrictions.restrict(cast.findings, restriction=Restriction.HIDDEN, levels=levels, by=cast.amira)
    write(cast.findings, "And a house.", by=cast.bella)

    page = compared(client_of(cast.gwen), cast).content.decode()

    assert "Findings" not in page
    assert "letter for letter" in page
    assert changes(client_of(cast.bella), cast) == {"Findings": "1 change, 3 words inserted, 0 deleted"}


def test_it_is_recorded_with_the_restricted_sections_that_were_shown(cast: Cast, client_of: ClientOf) -> None:
    milestone(cast)

    compared(client_of(cast.bella), cast)

    event = last_event("report.read")
    assert event.data["view"] == "compare"
    assert set(event.data["restricted"]) == {str(cast.restricted_listed.pk), str(cast.restricted_hidden.pk)}


def test_the_number_of_queries_does_not_grow_with_the_sections(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(cast.amira)
    milestone(cast)
    write(cast.findings, "One.", by=cast.bella)

    with django_assert_max_num_queries(40) as few:
        compared(client, cast)
    for number in range(5):
        write(sections.add(cast.report, title=f"More {number}", by=cast.amira), "Words.", by=cast.ned)

    with django_assert_max_num_queries(len(few)):
        assert len(compared(client, cast).context["shown"]) == 6
