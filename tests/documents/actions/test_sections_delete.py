"""Deleting a section, and restoring it."""

from pytest_django import DjangoCaptureOnCommitCallbacks

from documents import section_text
from documents.actions import sections
from partnerships.grants import Level
from tests.documents.helpers import level_of, titles, write
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import announcing, last_event, nothing_changes, refused


def test_takes_it_away_from_everybody(cast: Cast) -> None:
    sections.delete(cast.findings, by=cast.amira)

    assert "Findings" not in titles(cast.report)
    assert level_of(cast.bella, cast.findings) is None
    event = last_event("section.deleted")
    assert (event.actor_id, event.object_id) == (cast.amira.pk, str(cast.findings.pk))


def test_whoever_is_writing_in_it_is_told(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with announcing(django_capture_on_commit_callbacks) as heard:
        sections.delete(cast.findings, by=cast.amira)

    assert [change.report_ids for change in heard] == [frozenset({cast.report.pk})]


def test_comes_back_with_its_text_place_and_assignment(cast: Cast) -> None:
    write(cast.findings, "Nobody joined the dots.", by=cast.bella)
    before = titles(cast.report)
    sections.delete(cast.findings, by=cast.amira)

    sections.restore(cast.findings, by=cast.amira)

    cast.findings.refresh_from_db()
    assert titles(cast.report) == before
    assert cast.findings.assigned_to == cast.bristol
    assert level_of(cast.bella, cast.findings) == Level.EDIT
    assert "Nobody joined the dots." in section_text.html_of(cast.findings)
    assert last_event("section.restored").object_id == str(cast.findings.pk)


def test_a_restricted_section_comes_back_restricted(cast: Cast) -> None:
    sections.delete(cast.restricted_listed, by=cast.amira)

    sections.restore(cast.restricted_listed, by=cast.amira)

    assert level_of(cast.bella, cast.restricted_listed) == Level.EDIT
    assert level_of(cast.gwen, cast.restricted_listed) is None


def test_what_is_there_cannot_be_restored(cast: Cast) -> None:
    with nothing_changes():
        sections.restore(cast.findings, by=cast.amira)


def test_refuses_to_delete_twice(cast: Cast) -> None:
    with refused("This section has been deleted"):
        sections.delete(cast.deleted, by=cast.amira)


def test_refuses_to_delete_from_a_frozen_report(cast: Cast) -> None:
    states.freeze(cast.report)

    with refused("frozen for signature"):
        sections.delete(cast.findings, by=cast.amira)


def test_refuses_to_restore_into_a_frozen_report(cast: Cast) -> None:
    states.freeze(cast.report)

    with refused("frozen for signature"):
        sections.restore(cast.deleted, by=cast.amira)
