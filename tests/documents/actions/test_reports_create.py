"""Making a report."""

import pytest

from documents.actions import reports
from documents.models import Numbering, Report, ReportKind, ReportState
from documents.report_templates import templates
from partnerships.grants import Level
from reviews.actions import participants
from reviews.models import ReviewState
from tests.documents.helpers import level_of, participant, titles
from tests.support.cast import Cast
from tests.support.checks import fresh, last_event, refused

JOINT = ReportKind.JOINT_REPORT


def test_starts_with_the_headings_of_its_template(cast: Cast) -> None:
    template = templates()["joint_report"]

    report = reports.create(cast.review, title="Second", kind=JOINT, levels={}, template=template, by=cast.amira)

    assert report.state == ReportState.DRAFTING
    assert titles(report) == [heading.title for heading in template.sections]
    foreword, introduction = report.sections.all()[:2]
    assert (foreword.numbering, introduction.numbering) == (Numbering.NONE, Numbering.MAIN)
    assert introduction.guidance.startswith("What happened in outline")


def test_starts_blank_without_a_template(cast: Cast) -> None:
    report = reports.create(cast.review, title="  Second\n one ", kind=ReportKind.BRIEFING, levels={}, by=cast.amira)

    assert (report.title, report.kind, titles(report)) == ("Second one", "briefing", [])


def test_gives_each_organisation_its_level_and_the_lead_always_writes(cast: Cast) -> None:
    bristol, police = (participant(cast.review, place) for place in (cast.bristol, cast.police))
    template = templates()["joint_report"]

    report = reports.create(
        cast.review,
        title="Second",
        kind=JOINT,
        levels={bristol: Level.COMMENT, police: Level.VIEW},
        template=template,
        by=cast.amira,
    )

    section = report.sections.all()[0]
    found = {name: level_of(getattr(cast, name), section) for name in ("amira", "nora", "bella", "bo", "piet", "gwen")}
    assert found == {
        "amira": Level.EDIT,
        "nora": Level.COMMENT,
        "bella": Level.COMMENT,
        "bo": Level.VIEW,
        "piet": Level.VIEW,
        "gwen": None,
    }


def test_is_recorded(cast: Cast) -> None:
    bristol = participant(cast.review, cast.bristol)

    report = reports.create(cast.review, title="Second", kind=JOINT, levels={bristol: Level.VIEW}, by=cast.amira)

    event = last_event("report.created")
    assert (event.actor_id, event.object_id, event.review_id) == (cast.amira.pk, str(report.pk), cast.review.pk)
    assert event.organisation_id == cast.north_somerset.pk
    assert event.data["levels"] == {str(cast.north_somerset.pk): 3, str(cast.bristol.pk): 1}
    assert "Second" not in str(event.data)


@pytest.mark.parametrize(("title", "words"), [(" ", "Enter a title"), ("x" * 201, "201 characters")])
def test_refuses_a_title_that_is_none(cast: Cast, title: str, words: str) -> None:
    with refused(words):
        reports.create(cast.review, title=title, kind=JOINT, levels={}, by=cast.amira)


def test_refuses_a_closed_review(cast: Cast) -> None:
    cast.review.state = ReviewState.CLOSED
    cast.review.save()

    with refused("This review is closed"):
        reports.create(cast.review, title="Second", kind=JOINT, levels={}, by=cast.amira)


def test_refuses_an_organisation_that_has_left(cast: Cast) -> None:
    bristol = participant(cast.review, cast.bristol)
    participants.leave(bristol, reason="Enough.", by=cast.bella)

    with refused("Bristol does not take part"):
        reports.create(cast.review, title="Second", kind=JOINT, levels={bristol: Level.VIEW}, by=cast.amira)


def test_refuses_to_let_the_lead_only_read(cast: Cast) -> None:
    lead = participant(cast.review, cast.north_somerset)

    with refused("North Somerset leads this review"):
        reports.create(cast.review, title="Second", kind=JOINT, levels={lead: Level.VIEW}, by=cast.amira)


def test_is_visible_to_its_readers_only(cast: Cast) -> None:
    report = reports.create(cast.review, title="Second", kind=JOINT, levels={}, by=cast.amira)

    assert report in Report.objects.visible_to(fresh(cast.ned))
    assert report not in Report.objects.visible_to(fresh(cast.bella))
