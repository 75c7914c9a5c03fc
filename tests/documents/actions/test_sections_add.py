"""Adding a section."""

import pytest

from documents.actions import reports, sections
from documents.models import Numbering, ReportKind, ReportState
from partnerships.grants import Level
from reviews.models import Review, ReviewState
from tests.documents.helpers import level_of, titles
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import last_event, refused


def test_goes_to_the_end(cast: Cast) -> None:
    section = sections.add(
        cast.report, title=" Good  practice ", numbering=Numbering.APPENDIX, guidance=" Why. ", by=cast.amira
    )

    assert titles(cast.report)[-1] == "Good practice"
    assert (section.numbering, section.guidance) == (Numbering.APPENDIX, "Why.")
    assert section.restriction == "none"


def test_goes_after_another(cast: Cast) -> None:
    sections.add(cast.report, title="Method", after=cast.introduction, by=cast.amira)

    assert titles(cast.report)[:3] == ["Introduction", "Method", "Findings"]


def test_can_be_written_by_whoever_writes_the_report(cast: Cast) -> None:
    section = sections.add(cast.report, title="Method", by=cast.amira)

    assert (level_of(cast.bella, section), level_of(cast.gwen, section)) == (Level.EDIT, Level.VIEW)


def test_is_recorded_without_its_title(cast: Cast) -> None:
    section = sections.add(cast.report, title="Method", by=cast.amira)

    event = last_event("section.added")
    assert (event.actor_id, event.object_id, event.review_id) == (cast.amira.pk, str(section.pk), cast.review.pk)
    assert event.organisation_id == cast.north_somerset.pk
    assert event.data == {"report": str(cast.report.pk)}


@pytest.mark.parametrize(
    ("title", "guidance", "words"),
    [("", "", "Enter a title"), ("x" * 201, "", "201 characters"), ("Method", "x" * 2001, "The note has 2001 characters")],
)
def test_refuses_bad_input(cast: Cast, title: str, guidance: str, words: str) -> None:
    with refused(words):
        sections.add(cast.report, title=title, guidance=guidance, by=cast.amira)


def test_refuses_a_place_in_another_report(cast: Cast) -> None:
    other = reports.create(cast.review, title="Other", kind=ReportKind.BRIEFING, levels={}, by=cast.amira)
    foreign = sections.add(other, title="Foreign", by=cast.amira)

    with refused("belongs to another report"):
        sections.add(cast.report, title="Method", after=foreign, by=cast.amira)


def test_refuses_a_report_that_is_not_being_written(cast: Cast) -> None:
    states.put(cast.report, ReportState.AGREED)

    with refused("This report is agreed"):
        sections.add(cast.report, title="Method", by=cast.amira)


def test_refuses_a_closed_review(cast: Cast) -> None:
    Review.objects.filter(pk=cast.review.pk).update(state=ReviewState.CLOSED)

    with refused("This review is closed"):
        sections.add(cast.report, title="Method", by=cast.amira)
