"""Marking a section as done, and opening it again."""

from django.urls import reverse

from documents.actions import sections
from tests.documents.helpers import ClientOf, said
from tests.support import states
from tests.support.cast import Cast


def test_its_writer_marks_it_as_done_and_opens_it_again(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.bella)

    done = client.post(reverse("section_done", args=[cast.findings.pk]), follow=True)

    assert said(done) == "“Findings” is marked as done."
    assert done.redirect_chain[0][0].endswith(f"#section-{cast.findings.pk}")
    cast.findings.refresh_from_db()
    assert cast.findings.done_by == cast.bella

    again = client.post(reverse("section_reopen", args=[cast.findings.pk]), follow=True)
    assert said(again) == "“Findings” is being written again."
    cast.findings.refresh_from_db()
    assert cast.findings.done_at is None


def test_the_page_then_says_that_it_is_done(cast: Cast, client_of: ClientOf) -> None:
    sections.mark_done(cast.findings, by=cast.bella)

    html = client_of(cast.bella).get(reverse("report", args=[cast.report.pk])).content.decode()

    assert "1 of 4 sections done." in " ".join(html.split())
    assert reverse("section_reopen", args=[cast.findings.pk]) in html


def test_a_frozen_report_stays_as_it_is(cast: Cast, client_of: ClientOf) -> None:
    states.freeze(cast.report)

    answer = client_of(cast.amira).post(reverse("section_done", args=[cast.findings.pk]), follow=True)

    assert "frozen for signature" in said(answer)


def test_a_writer_of_another_organisation_may_not(cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast.ned).post(reverse("section_done", args=[cast.findings.pk]))

    assert answer.status_code == 403
