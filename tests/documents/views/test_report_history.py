"""The pages “Who wrote what”: sessions of work, what each changed, and for whom."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.actions import grants, sections, suggestions
from documents.models import ReadingSpan, Restriction, Section, SectionUpdate
from partnerships.grants import Level
from tests.documents.helpers import participant, write
from tests.documents.talk import suggested
from tests.support.cast import Cast
from tests.support.checks import last_event

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def history(client: Client, cast: Cast, **asked: str) -> str:
    return unescape(client.get(reverse("report_history", args=[cast.report.pk]), asked).content.decode())


def change(section: Section, first: SectionUpdate | None = None, last: SectionUpdate | None = None) -> str:
    rows = list(SectionUpdate.objects.filter(section=section).order_by("pk"))
    return reverse("section_change", args=[section.pk, (first or rows[0]).pk, (last or rows[-1]).pk])


def age(hours: int) -> None:
    """Make all that was written and given so far that much older."""
    SectionUpdate.objects.update(at=F("at") - timedelta(hours=hours))
    ReadingSpan.objects.update(since=F("since") - timedelta(hours=hours))


def test_a_session_says_who_wrote_for_whom_and_how_much(cast: Cast, client_of: ClientOf) -> None:
    write(cast.introduction, "Four new words here.", by=cast.ned)

    page = history(client_of(cast.gwen), cast)

    assert "Ned Test-Ashby, North Somerset" in page
    assert "4 words added, 0 removed." in page


def test_who_suggested_words_is_named_beside_who_accepted_them(cast: Cast, client_of: ClientOf) -> None:
    shared = suggested(cast.introduction, cast.piet, "words of Piet")
    suggestions.accept(shared, by=cast.bella)
    row = SectionUpdate.objects.order_by("-pk")[0]

    page = unescape(client_of(cast.gwen).get(change(cast.introduction, row, row)).content.decode())

    assert "Bella Test-Harbour, Bristol" in page
    assert "Suggestions of others that were accepted in it:" in page
    assert "Piet Test-Constable, " in page
    assert "“words of Piet”" in page


def test_whose_suggestion_it_was_stays_with_their_organisation_where_it_was_its_own(cast: Cast, client_of: ClientOf) -> None:
    own = suggested(cast.introduction, cast.bella, "words of Bella", only_for_us=True)
    suggestions.accept(own, by=cast.bella)
    row = SectionUpdate.objects.order_by("-pk")[0]
    address = change(cast.introduction, row, row)

    assert "were accepted in it" in client_of(cast.bella).get(address).content.decode()
    assert "were accepted in it" not in client_of(cast.amira).get(address).content.decode()


def test_the_latest_comes_first(cast: Cast, client_of: ClientOf) -> None:
    write(cast.introduction, "Before.", by=cast.ned)
    write(cast.findings, "After.", by=cast.bella)

    page = client_of(cast.amira).get(reverse("report_history", args=[cast.report.pk])).context["history"]

    assert [item.author for item in page.items] == [cast.bella, cast.ned]


def test_one_can_look_for_a_section_an_organisation_or_a_person(cast: Cast, client_of: ClientOf) -> None:
    write(cast.introduction, "From Ned.", by=cast.ned)
    write(cast.findings, "From Bella.", by=cast.bella)
    client = client_of(cast.amira)

    def authors(**asked: object) -> list[User]:
        answer = client.get(
            reverse("report_history", args=[cast.report.pk]), {key: str(value) for key, value in asked.items()}
        )
        return [item.author for item in answer.context["history"].items]

    assert authors(section=cast.findings.pk) == [cast.bella]
    assert authors(organisation=cast.north_somerset.pk) == [cast.ned]
    assert authors(person=cast.bella.pk) == [cast.bella]
    assert authors(person=cast.bella.pk, section=cast.introduction.pk) == []
    assert authors(person="nonsense", page="-1") == []


def test_a_restricted_section_has_no_history_for_those_outside(cast: Cast, client_of: ClientOf) -> None:
    write(cast.restricted_hidden, "Only for Bristol.", by=cast.bella)
    write(cast.restricted_listed, "For two.", by=cast.ned)

    assert "Restricted and hidden" in history(client_of(cast.bella), cast)
    page = history(client_of(cast.gwen), cast)
    assert "Restricted and hidden" not in page
    assert "Bella" not in page
    assert "Ned" not in page
    for section in (cast.restricted_hidden, cast.restricted_listed):
        assert client_of(cast.gwen).get(change(section)).status_code == 404


def test_what_was_written_while_a_section_was_restricted_stays_with_those_inside(cast: Cast, client_of: ClientOf) -> None:
    inside = {participant(cast.review, place): Level.EDIT for place in (cast.north_somerset, cast.bristol)}
    sections.restrict(cast.introduction, restriction=Restriction.LISTED, levels=inside, by=cast.amira)
    write(cast.introduction, "Said behind closed doors.", by=cast.ned)
    sections.release(cast.introduction, by=cast.amira)

    assert "Ned" in history(client_of(cast.bella), cast)
    assert "Ned" not in history(client_of(cast.gwen), cast)
    assert client_of(cast.bella).get(change(cast.introduction)).status_code == 200
    assert client_of(cast.gwen).get(change(cast.introduction)).status_code == 404


def test_who_is_given_access_later_sees_no_history_from_before(cast: Cast, client_of: ClientOf) -> None:
    gwens = participant(cast.review, cast.south_gloucestershire)
    grants.set_report_level(cast.report, gwens, None, by=cast.amira)
    write(cast.introduction, "Written before.", by=cast.ned)
    before = change(cast.introduction)
    grants.set_report_level(cast.report, gwens, Level.VIEW, by=cast.amira)
    write(cast.introduction, "Written after.", by=cast.bella)
    rows = list(SectionUpdate.objects.order_by("pk"))

    page = history(client_of(cast.gwen), cast)

    assert "Bella" in page
    assert "Ned" not in page
    assert client_of(cast.gwen).get(before).status_code == 404
    assert client_of(cast.gwen).get(change(cast.introduction, rows[1], rows[1])).status_code == 200


def test_what_a_session_changed_is_shown_and_said(cast: Cast, client_of: ClientOf) -> None:
    write(cast.introduction, "Before.", by=cast.ned)
    write(cast.introduction, "A new paragraph.", by=cast.bella)
    row = SectionUpdate.objects.order_by("-pk")[0]

    page = client_of(cast.gwen).get(change(cast.introduction, row, row)).content.decode()

    assert '<ins class="ed-added"><span class="govuk-visually-hidden">[inserted: </span>A new paragraph.' in page
    assert "Bella Test-Harbour, Bristol Partnership" in page


def test_what_others_wrote_meanwhile_is_not_taken_for_a_sessions_own(cast: Cast, client_of: ClientOf) -> None:
    for words, who in (("One.", cast.ned), ("Two.", cast.bella), ("Three.", cast.ned)):
        write(cast.introduction, words, by=who)
    rows = list(SectionUpdate.objects.order_by("pk"))

    answer = client_of(cast.gwen).get(change(cast.introduction, rows[0], rows[2]))

    assert answer.context["comparison"].words_added == 2
    assert "Others wrote in this section at the same time." in answer.content.decode()


def test_ends_that_are_not_of_one_person_or_one_section_are_no_session(cast: Cast, client_of: ClientOf) -> None:
    write(cast.introduction, "One.", by=cast.ned)
    write(cast.introduction, "Two.", by=cast.bella)
    write(cast.findings, "Three.", by=cast.ned)
    one, two, three = SectionUpdate.objects.order_by("pk")
    client = client_of(cast.amira)

    for first, last in ((one, two), (one, three), (two, one)):
        assert client.get(change(cast.introduction, first, last)).status_code == 404
    assert client.get(reverse("section_change", args=[cast.introduction.pk, one.pk, 10**30])).status_code == 404


def test_looking_at_a_change_is_on_record(cast: Cast, client_of: ClientOf) -> None:
    write(cast.restricted_listed, "Words.", by=cast.ned)

    client_of(cast.bella).get(change(cast.restricted_listed))

    event = last_event("report.read")
    assert (event.actor_id, event.data["view"]) == (cast.bella.pk, "history")
    assert event.data["restricted"] == [str(cast.restricted_listed.pk)]


def test_the_number_of_queries_does_not_grow_with_the_sessions(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.gwen)
    write(cast.introduction, "One.", by=cast.ned)
    write(cast.findings, "One.", by=cast.bella)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            history(client, cast)
        return len(captured)

    history(client, cast)
    few = _uncached(queries, cast)
    for hours in range(8):
        age(1)
        write(cast.introduction, f"Hour {hours}.", by=cast.ned)
        write(cast.findings, f"Hour {hours}.", by=cast.amira)

    assert _uncached(queries, cast) == few


def _uncached(queries: Callable[[], int], cast: Cast) -> int:
    """With something on the page that nobody has asked for yet."""
    age(1)
    write(cast.introduction, f"New at {timezone.now()}.", by=cast.ned)
    return queries()


def test_long_histories_have_pages(cast: Cast, client_of: ClientOf) -> None:
    for _ in range(17):
        age(1)
        write(cast.introduction, "Again.", by=cast.ned)
    client = client_of(cast.gwen)

    def rows(**asked: Any) -> int:
        return len(client.get(reverse("report_history", args=[cast.report.pk]), asked).context["history"].items)

    assert (rows(), rows(page=2)) == (15, 2)
