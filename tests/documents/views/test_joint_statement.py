"""A joint statement is a report of its own: made from the review's page, with its own sections, version and signatures."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from documents.actions import versions
from documents.models import Report, ReportKind, ReportState, Version
from partnerships.grants import Level
from tests.documents.helpers import level_fields, participant, write
from tests.partnerships.helpers import text_of
from tests.support.cast import Cast
from tests.support.seats import one_each
from tests.support.signing import everybody_signs

ClientOf = Callable[[User], Client]


@pytest.fixture
def statement(cast: Cast, client_of: ClientOf) -> Report:
    """Made by Amira from the review's page, for Bristol to write and South Gloucestershire to read."""
    amira = client_of(cast.amira)
    offer = f"/reviews/{cast.review.pk}/reports/new/?start_from=joint_statement"
    assert offer in amira.get(f"/reviews/{cast.review.pk}/").content.decode()
    assert amira.get(offer).context["form"]["start_from"].value() == "joint_statement"
    levels = {
        participant(cast.review, cast.bristol).pk: Level.EDIT,
        participant(cast.review, cast.south_gloucestershire).pk: Level.VIEW,
    }
    amira.post(offer, {"title": "Our joint statement", "start_from": "joint_statement", **level_fields(levels)})
    return Report.objects.select_related("review").get(kind=ReportKind.JOINT_STATEMENT)


def signed(statement: Report, cast: Cast) -> Version:
    one_each(cast)
    write(statement.sections.present()[0], "We are sorry.", by=cast.ned)
    version = versions.freeze(statement, name="For signature", by=cast.amira)
    everybody_signs(version)
    return version


def test_has_sections_of_its_own(cast: Cast, statement: Report) -> None:
    sections = list(statement.sections.present())

    assert sections[0].title == "What happened and what we are sorry for"
    assert len(sections) == 4


def test_is_signed_apart_from_the_report(cast: Cast, statement: Report) -> None:
    version = signed(statement, cast)

    statement.refresh_from_db()
    cast.report.refresh_from_db()
    assert (statement.state, statement.signed_version) == (ReportState.AGREED, version)
    assert cast.report.state == ReportState.DRAFTING


def test_the_overview_shows_report_and_statement_with_their_states(
    cast: Cast, client_of: ClientOf, statement: Report
) -> None:
    signed(statement, cast)

    page = text_of(client_of(cast.gwen).get(f"/reviews/{cast.review.pk}/"))

    assert "Joint report · Being written" in page
    assert "Joint statement · Agreed · 3 of 3 signed" in page
    assert "Independent chair: Bella Test-Harbour" in page
    assert "Make the joint statement" not in page


def test_the_overview_names_seats_from_the_start(cast: Cast, client_of: ClientOf) -> None:
    page = text_of(client_of(cast.bo).get(f"/reviews/{cast.review.pk}/"))

    assert "Nobody yet: its administrators say who signs." in page
    assert "Make the joint statement" not in page  # only the lead can


def test_has_a_tab_of_its_own(cast: Cast, client_of: ClientOf, statement: Report) -> None:
    gwen = client_of(cast.gwen)
    report, own = f"/reports/{cast.report.pk}/", f"/reports/{statement.pk}/"

    for here, current in ((report, "Report"), (own, "Statement")):
        page = gwen.get(f"{here}read/").content.decode()

        assert f'<a href="{report}"' in page
        assert f'<a href="{own}"' in page
        assert f'<a href="{here}" aria-current="page">{current}</a>' in page
