"""The page on which a lead freezes a report."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.actions import threads
from documents.models import ReportState, ThreadKind
from documents.threads.drafts import Draft
from tests.documents.versions_helpers import ready
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import form_errors

ClientOf = Callable[[User], Client]


def address(cast: Cast) -> str:
    return reverse("report_freeze", args=[cast.report.pk])


def test_freezes_and_leads_to_the_version(cast: Cast, client_of: ClientOf) -> None:
    ready(cast)

    answer = client_of(cast.amira).post(address(cast), {"name": "For signature", "reason": "All is settled."})

    cast.report.refresh_from_db()
    version = cast.report.signed_version
    assert cast.report.state == ReportState.FROZEN
    assert version
    assert answer["Location"] == reverse("version", args=[version.pk])


def test_says_who_will_sign(cast: Cast, client_of: ClientOf) -> None:
    ready(cast)

    page = client_of(cast.amira).get(address(cast)).content.decode()

    assert "Nothing stands in the way" in page
    for name in ("Independent chair", "Bella Test-Harbour", "Gwen Test-Vale"):
        assert name in page


def test_lists_what_has_to_be_settled_first_with_links_and_no_button(cast: Cast, client_of: ClientOf) -> None:
    ready(cast)
    thread = threads.open(cast.findings, Draft("A street.", kind=ThreadKind.IDENTIFICATION_RISK), by=cast.piet)

    page = client_of(cast.amira).get(address(cast)).content.decode()

    assert "To settle first: 1 thing" in page
    assert reverse("thread", args=[thread.pk]) in page
    assert "Freeze the text" not in page


def test_what_came_in_the_way_meanwhile_is_refused_and_shown(cast: Cast, client_of: ClientOf) -> None:
    ready(cast)
    threads.open(cast.findings, Draft("A street.", kind=ThreadKind.IDENTIFICATION_RISK), by=cast.piet)

    answer = client_of(cast.amira).post(address(cast), {"name": "For signature"})

    cast.report.refresh_from_db()
    assert answer.status_code == 422
    assert "there is 1 thing to settle first" in form_errors(answer)
    assert cast.report.state == ReportState.DRAFTING


def test_the_number_of_queries_does_not_grow_with_what_stands_in_the_way(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ready(cast)
    client, risk = client_of(cast.amira), Draft("A street.", kind=ThreadKind.IDENTIFICATION_RISK)
    threads.open(cast.findings, risk, by=cast.piet)
    client.get(address(cast))

    with django_assert_max_num_queries(60) as few:
        client.get(address(cast))
    for _ in range(60):
        threads.open(cast.introduction, risk, by=cast.piet)

    with django_assert_max_num_queries(len(few)):
        page = client.get(address(cast)).content.decode()
    assert "To settle first: 61 things" in page
    assert "and 11 more" in page


def test_a_hidden_section_leaves_no_trace_for_a_lead_who_does_not_know_of_it(cast: Cast, client_of: ClientOf) -> None:
    ready(cast)

    page = client_of(cast.amira).get(address(cast)).content.decode()

    assert "Restricted and hidden" not in page


def test_a_stale_page_of_a_report_that_is_frozen_says_so(cast: Cast, client_of: ClientOf) -> None:
    ready(cast)
    states.freeze(cast.report)
    client = client_of(cast.amira)

    assert "it cannot be frozen now" in client.get(address(cast)).content.decode()
    answer = client.post(address(cast), {"name": "Again"})
    assert answer.status_code == 422
    assert "This report is frozen for signature" in form_errors(answer)
