"""The first screen after signing in."""

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.actions import reports, sections
from documents.models import Report, ReportKind, SectionUpdate
from partnerships.grants import Level
from partnerships.models import TeamRole
from reviews.actions import participants, reviews
from reviews.models import Review, ReviewKind, ReviewState
from tests.documents import rounds, talk
from tests.documents.helpers import ClientOf, write
from tests.support.cast import Cast
from tests.support.seats import one_each

# However much there is; signing in, the count of notifications and the audit row included.
MOST_QUERIES = 45


def page(client: Client) -> str:
    response = client.get(reverse("my_work"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def open_review(cast: Cast, title: str = "Another review") -> Review:
    return reviews.open(
        organisation=cast.north_somerset, title=title, reason="R", kind=ReviewKind.RAPID, lead_reason="L", by=cast.amira
    )


def test_the_sections_of_my_organisation_wait_for_me(cast: Cast, client_of: ClientOf) -> None:
    html = page(client_of(cast.bella))

    assert "Start section 2, Findings" in html
    assert f"{reverse('report', args=[cast.report.pk])}#section-{cast.findings.pk}" in html


def test_one_that_has_text_waits_to_be_finished(cast: Cast, client_of: ClientOf) -> None:
    write(cast.findings, "Nobody joined the dots.", by=cast.bella)

    assert "Finish section 2, Findings" in page(client_of(cast.bella))


def test_one_that_is_done_waits_no_more(cast: Cast, client_of: ClientOf) -> None:
    sections.mark_done(cast.findings, by=cast.bella)

    assert "Nothing is waiting for you." in page(client_of(cast.bella))


def test_who_cannot_write_is_not_asked_to(cast: Cast, client_of: ClientOf) -> None:
    assert "Nothing is waiting for you." in page(client_of(cast.bo))
    assert "Nothing is waiting for you." in page(client_of(cast.gwen))


def test_the_most_urgent_comes_first(cast: Cast, client_of: ClientOf) -> None:
    today = timezone.localdate()
    sections.assign(cast.findings, organisation=cast.bristol, due_on=today + timedelta(days=9), by=cast.amira)
    sections.assign(cast.introduction, organisation=cast.bristol, due_on=today - timedelta(days=1), by=cast.amira)

    html = page(client_of(cast.bella))

    assert html.index("Start section 1, Introduction") < html.index("Start section 2, Findings")
    assert "Overdue" in html


def test_an_invitation_waits_for_the_administrator(cast: Cast, client_of: ClientOf) -> None:
    asked = participants.invite(open_review(cast), cast.bristol, by=cast.amira)

    of_admin, of_colleague = (page(client_of(one)) for one in (cast.bella, cast.bo))

    assert reverse("participation", args=[asked.pk]) in of_admin
    assert "Answer an invitation to a review" not in of_colleague


def test_a_review_without_a_report_waits_for_its_lead(cast: Cast, client_of: ClientOf) -> None:
    review = open_review(cast)

    assert reverse("report_new", args=[review.pk]) in page(client_of(cast.amira))


def test_says_who_holds_the_next_step(cast: Cast, client_of: ClientOf) -> None:
    sections.assign(cast.findings, organisation=cast.bristol, due_on=date(2030, 11, 27), by=cast.amira)

    html = page(client_of(cast.gwen))

    assert "Next step is with Bristol:</strong> write section 2, Findings, by 27 November 2030." in html


def test_the_lead_holds_what_nobody_has_been_given(cast: Cast, client_of: ClientOf) -> None:
    sections.assign(cast.findings, organisation=None, due_on=None, by=cast.amira)

    assert "Next step is with North Somerset:</strong> say who writes the rest." in page(client_of(cast.gwen))


def test_a_report_that_is_all_done_waits_to_be_read_through(cast: Cast, client_of: ClientOf) -> None:
    one_each(cast)
    for section in cast.report.sections.present():
        sections.mark_done(section, by=cast.amira)

    assert "read the report through and freeze it: every section is done" in page(client_of(cast.gwen))


def test_a_report_without_sections_waits_for_its_lead(cast: Cast, client_of: ClientOf) -> None:
    Report.objects.all().delete()
    reports.create(cast.review, title="Blank", kind=ReportKind.JOINT_REPORT, levels={}, by=cast.amira)

    assert "Next step is with North Somerset:</strong> add the first sections" in page(client_of(cast.ned))


def test_the_joint_report_stays_in_front_of_what_comes_later(cast: Cast, client_of: ClientOf) -> None:
    reports.create(cast.review, title="Statement", kind=ReportKind.JOINT_STATEMENT, levels={}, by=cast.amira)

    assert f"Open “{cast.report.title}”" in page(client_of(cast.amira))


def test_says_which_review_one_is_on_and_as_what(cast: Cast, client_of: ClientOf) -> None:
    html = page(client_of(cast.nora))

    assert cast.review.title in html
    assert "Reviewer for North Somerset · led by North Somerset" in html


def test_strangers_see_nothing_of_it(cast: Cast, client_of: ClientOf) -> None:
    for person in (cast.olive, cast.sid):
        html = page(client_of(person))

        assert cast.review.title not in html
        assert "You are on no review yet." in html


def test_a_closed_review_is_not_work(cast: Cast, client_of: ClientOf) -> None:
    Review.objects.filter(pk=cast.review.pk).update(state=ReviewState.CLOSED)

    assert cast.review.title not in page(client_of(cast.bella))


def test_shows_what_others_changed_lately(cast: Cast, client_of: ClientOf) -> None:
    write(cast.findings, "Nobody joined the dots.", by=cast.bella)

    of_reader, of_writer = (page(client_of(one)) for one in (cast.gwen, cast.bella))

    assert f'changed <a class="jrp-link" href="{reverse("report", args=[cast.report.pk])}#section-' in of_reader
    assert "No changes in the last two weeks." in of_writer


def test_forgets_changes_after_two_weeks(cast: Cast, client_of: ClientOf) -> None:
    write(cast.findings, "Nobody joined the dots.", by=cast.bella)
    SectionUpdate.objects.update(at=timezone.now() - timedelta(days=15))

    assert "No changes in the last two weeks." in page(client_of(cast.gwen))


def test_tells_no_changes_of_what_one_cannot_read(cast: Cast, client_of: ClientOf) -> None:
    write(cast.restricted_listed, "A portrait.", by=cast.bella)
    write(cast.restricted_hidden, "A secret.", by=cast.bella)

    assert "No changes in the last two weeks." in page(client_of(cast.gwen))


def test_costs_the_same_whatever_there_is(cast: Cast, client_of: ClientOf) -> None:
    client, counted = client_of(cast.amira), []
    one_each(cast)
    talk.opened(cast.introduction, cast.bella, mentions=talk.organisation(cast.north_somerset.pk))
    talk.suggested(cast.introduction, cast.piet)
    rounds.opened(cast, cast.north_somerset)
    page(client)

    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counted.append(len(queries))
        _more_of_everything(cast)

    assert counted[0] == counted[1] <= MOST_QUERIES


def _more_of_everything(cast: Cast) -> None:
    for by in (cast.piet, cast.bella):
        talk.opened(cast.introduction, by, mentions=talk.user(cast.amira.pk))
        talk.suggested(cast.findings, by)
    for index in range(4):
        review = open_review(cast, f"Review {index}")
        bristol = participants.invite(review, cast.bristol, by=cast.amira)
        participants.accept(bristol, team={cast.bella: TeamRole.AUTHOR}, by=cast.bella)
        report = reports.create(review, title="R", kind=ReportKind.BRIEFING, levels={bristol: Level.EDIT}, by=cast.amira)
        for title in ("One", "Two"):
            section = sections.add(report, title=title, by=cast.amira)
            sections.assign(section, organisation=cast.north_somerset, due_on=None, by=cast.amira)
