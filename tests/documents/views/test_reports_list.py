"""The list of all reports that a person may read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.actions import reports
from documents.models import ReportKind
from documents.views.reports import REPORTS_A_PAGE
from partnerships.grants import Level
from tests.documents.helpers import ClientOf, participant
from tests.support.cast import Cast


def make(cast: Cast, number: int, *, readers: bool = True) -> None:
    levels = {participant(cast.review, cast.bristol): Level.VIEW} if readers else {}
    for index in range(number):
        reports.create(cast.review, title=f"Another {index}", kind=ReportKind.BRIEFING, levels=levels, by=cast.amira)


def test_shows_the_reports_that_one_may_read_and_no_others(cast: Cast, client_of: ClientOf) -> None:
    make(cast, 1, readers=False)

    of_lead, of_bristol = (client_of(one).get(reverse("reports")).content.decode() for one in (cast.amira, cast.bella))

    assert "Another 0" in of_lead
    assert cast.report.title in of_bristol
    assert "Another 0" not in of_bristol


def test_says_to_a_stranger_what_to_wait_for(cast: Cast, client_of: ClientOf) -> None:
    html = client_of(cast.olive).get(reverse("reports")).content.decode()

    assert "You can read no report yet" in html
    assert cast.report.title not in html


def test_has_pages(cast: Cast, client_of: ClientOf) -> None:
    make(cast, REPORTS_A_PAGE)
    client = client_of(cast.bella)

    first, second = (client.get(reverse("reports"), {"page": page}) for page in ("1", "2"))

    assert len(first.context["page"].rows) == REPORTS_A_PAGE
    assert second.context["page"].rows == [cast.report]
    assert ("?page=2" in first.content.decode(), "?page=1" in second.content.decode()) == (True, True)


@pytest.mark.parametrize("page", ["", "0", "-1", "nonsense", "²", "9999", "9" * 5000])
def test_a_page_that_is_none_is_the_first(cast: Cast, client_of: ClientOf, page: str) -> None:
    assert client_of(cast.bella).get(reverse("reports"), {"page": page}).context["page"].number == 1


def test_costs_the_same_however_many_there_are(cast: Cast, client_of: ClientOf) -> None:
    client, counted = client_of(cast.bella), []
    client.get(reverse("reports"))

    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("reports"))
        counted.append(len(queries))
        make(cast, 10)

    assert counted[0] == counted[1]


def test_counts_nothing(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bella)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("reports"))

    assert not any("COUNT(" in query["sql"] for query in queries)
