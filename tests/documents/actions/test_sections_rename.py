"""Changing a section's title, number and note."""

import pytest

from documents.actions import sections
from documents.models import Numbering
from tests.documents.helpers import titles
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused


def test_changes_the_title(cast: Cast) -> None:
    sections.rename(cast.findings, title="What  was found", by=cast.amira)

    assert "What was found" in titles(cast.report)
    event = last_event("section.renamed")
    assert (event.object_id, event.data) == (str(cast.findings.pk), {"report": str(cast.report.pk)})


def test_the_same_title_again_is_nothing(cast: Cast) -> None:
    with nothing_changes():
        sections.rename(cast.findings, title=" Findings ", by=cast.amira)


@pytest.mark.parametrize(("title", "words"), [("\x00", "Enter a title"), ("x" * 2_000_000, "2000000 characters")])
def test_refuses_what_is_no_title(cast: Cast, title: str, words: str) -> None:
    with refused(words):
        sections.rename(cast.findings, title=title, by=cast.amira)


def test_refuses_a_deleted_section(cast: Cast) -> None:
    with refused("This section has been deleted"):
        sections.rename(cast.deleted, title="Undead", by=cast.amira)


def test_refuses_a_frozen_report(cast: Cast) -> None:
    states.freeze(cast.report)

    with refused("frozen for signature"):
        sections.rename(cast.findings, title="Late", by=cast.amira)


def test_changes_the_number_and_the_note(cast: Cast) -> None:
    sections.describe(cast.findings, numbering=Numbering.SUB, guidance="Short.", by=cast.amira)

    cast.findings.refresh_from_db()
    assert (cast.findings.numbering, cast.findings.guidance) == (Numbering.SUB, "Short.")
    assert last_event("section.described").data == {"report": str(cast.report.pk), "numbering": "sub"}


def test_the_same_number_and_note_again_are_nothing(cast: Cast) -> None:
    with nothing_changes():
        sections.describe(cast.findings, numbering=Numbering.MAIN, guidance=" ", by=cast.amira)


def test_refuses_a_note_that_is_too_long(cast: Cast) -> None:
    with refused("Shorten it to 2000"):
        sections.describe(cast.findings, numbering=Numbering.MAIN, guidance="x" * 2001, by=cast.amira)


def test_refuses_the_note_of_a_deleted_section(cast: Cast) -> None:
    with refused("This section has been deleted"):
        sections.describe(cast.deleted, numbering=Numbering.SUB, guidance="", by=cast.amira)
