"""Setting what an organisation may do on a report."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from documents.actions import grants
from documents.models import Report, Section
from partnerships.grants import Level
from reviews.actions import participants
from tests.documents.helpers import level_of, participant
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import announcing, fresh, last_event, nothing_changes, refused


@pytest.mark.parametrize(("level", "found"), [(Level.COMMENT, Level.COMMENT), (Level.VIEW, Level.VIEW), (None, None)])
def test_holds_at_once_on_every_section(cast: Cast, level: Level | None, found: Level | None) -> None:
    grants.set_report_level(cast.report, participant(cast.review, cast.bristol), level, by=cast.amira)

    assert level_of(cast.bella, cast.introduction) == found
    assert level_of(cast.bella, cast.findings) == found


def test_a_restricted_section_keeps_its_own_level(cast: Cast) -> None:
    grants.set_report_level(cast.report, participant(cast.review, cast.bristol), Level.VIEW, by=cast.amira)

    assert level_of(cast.bella, cast.restricted_listed) == Level.EDIT


def test_without_the_report_there_is_no_way_to_its_restricted_sections(cast: Cast) -> None:
    bristol = participant(cast.review, cast.bristol)

    grants.set_report_level(cast.report, bristol, None, by=cast.amira)

    assert level_of(cast.bella, cast.restricted_hidden) is None
    assert not Section.objects.visible_to(fresh(cast.bella)).exists()
    assert cast.report not in Report.objects.visible_to(fresh(cast.bella))

    grants.set_report_level(cast.report, bristol, Level.VIEW, by=cast.amira)
    assert level_of(cast.bella, cast.restricted_hidden) == Level.EDIT


def test_is_recorded_with_what_was_before(cast: Cast) -> None:
    grants.set_report_level(cast.report, participant(cast.review, cast.police), Level.EDIT, by=cast.amira)

    event = last_event("report.level_set")
    assert (event.actor_id, event.organisation_id, event.review_id) == (cast.amira.pk, cast.police.pk, cast.review.pk)
    assert (event.data["before"], event.data["level"]) == (Level.COMMENT, Level.EDIT)


def test_tells_open_sockets(cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    with announcing(django_capture_on_commit_callbacks) as heard:
        grants.set_report_level(cast.report, participant(cast.review, cast.police), Level.EDIT, by=cast.amira)

    assert [change.report_ids for change in heard] == [frozenset({cast.report.pk})]


def test_the_same_level_again_is_nothing(cast: Cast) -> None:
    with nothing_changes():
        grants.set_report_level(cast.report, participant(cast.review, cast.police), Level.COMMENT, by=cast.amira)


@pytest.mark.parametrize("level", [Level.VIEW, Level.COMMENT, None])
def test_refuses_to_take_writing_from_the_lead(cast: Cast, level: Level | None) -> None:
    with refused("North Somerset leads this review, so it keeps"):
        grants.set_report_level(cast.report, participant(cast.review, cast.north_somerset), level, by=cast.amira)


def test_refuses_an_organisation_that_has_left(cast: Cast) -> None:
    police = participant(cast.review, cast.police)
    participants.leave(police, reason="Enough.", by=cast.piet)

    with refused("Police does not take part in this review"):
        grants.set_report_level(cast.report, police, Level.EDIT, by=cast.amira)


def test_refuses_a_frozen_report(cast: Cast) -> None:
    states.freeze(cast.report)

    with refused("This report is frozen for signature"):
        grants.set_report_level(cast.report, participant(cast.review, cast.police), Level.EDIT, by=cast.amira)


def test_an_organisation_that_leaves_the_review_loses_the_report_at_once(cast: Cast) -> None:
    participants.leave(participant(cast.review, cast.bristol), reason="Enough.", by=cast.bella)

    assert level_of(cast.bella, cast.introduction) is None
    assert level_of(cast.bella, cast.restricted_hidden) is None
