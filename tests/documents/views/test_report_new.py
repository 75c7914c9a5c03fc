"""Making a report."""

import pytest
from django.urls import reverse

from documents.models import Report
from documents.report_templates import templates
from partnerships.grants import Level
from tests.documents.helpers import ClientOf, level_fields, level_of, participant, said, titles
from tests.support.cast import Cast
from tests.support.checks import form_errors

HUGE = "x" * 2_000_000


def address(cast: Cast) -> str:
    return reverse("report_new", args=[cast.review.pk])


def made() -> Report:
    report: Report = Report.objects.get(title="A second report")
    return report


def test_asks_what_it_starts_from_and_what_each_organisation_may_do(cast: Cast, client_of: ClientOf) -> None:
    html = client_of(cast.amira).get(address(cast)).content.decode()

    for template in templates().values():
        assert template.description in html
    assert "Bristol Partnership" in html
    assert "North Somerset Partnership leads the review, so it can always write" in html


def test_makes_it_from_a_template_with_the_levels_chosen(cast: Cast, client_of: ClientOf) -> None:
    bristol, police = (participant(cast.review, place).pk for place in (cast.bristol, cast.police))
    levels = level_fields({bristol: Level.EDIT, police: Level.VIEW})

    answer = client_of(cast.amira).post(
        address(cast), {"title": "A second report", "start_from": "joint_statement", **levels}, follow=True
    )

    report = made()
    assert answer.redirect_chain == [(reverse("report", args=[report.pk]), 302)]
    assert said(answer) == "The report has been made."
    assert report.kind == "joint_statement"
    assert titles(report)[-1] == "Where to find help"
    first = report.sections.all()[0]
    found = [level_of(getattr(cast, who), first) for who in ("amira", "bella", "piet", "gwen")]
    assert found == [Level.EDIT, Level.EDIT, Level.VIEW, None]


def test_makes_a_blank_one(cast: Cast, client_of: ClientOf) -> None:
    posted = {"title": "A second report", "start_from": "blank", "kind": "briefing"}

    client_of(cast.amira).post(address(cast), posted)

    assert (made().kind, titles(made())) == ("briefing", [])


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"title": "", "start_from": "joint_report"}, "Enter a title."),
        ({"title": HUGE, "start_from": "joint_report"}, "The title has 2000000 characters"),
        ({"title": "A"}, "Choose a template, or a blank report."),
        ({"title": "A", "start_from": "blank"}, "Choose what kind of report it is."),
        ({"title": "A", "start_from": "../secrets"}, "Select a valid choice"),
    ],
)
def test_says_what_is_missing_and_keeps_what_was_typed(
    cast: Cast, client_of: ClientOf, posted: dict[str, str], words: str
) -> None:
    answer = client_of(cast.amira).post(address(cast), posted)

    assert answer.status_code == 422
    assert words in form_errors(answer)
    assert f'value="{posted["title"]}"' in answer.content.decode() or not posted["title"]
    assert list(Report.objects.all()) == [cast.report]


def test_refuses_a_level_that_there_is_not(cast: Cast, client_of: ClientOf) -> None:
    bristol = participant(cast.review, cast.bristol).pk
    posted = {"title": "A", "start_from": "joint_report", f"level-{bristol}": "9"}

    answer = client_of(cast.amira).post(address(cast), posted)

    assert answer.status_code == 422
    assert list(Report.objects.all()) == [cast.report]
