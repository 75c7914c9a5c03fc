"""Restricting a section to named organisations."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from documents.actions import grants, sections
from documents.models import Restriction
from partnerships.grants import Level
from reviews.actions import participants
from tests.documents.helpers import level_of, participant
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import announcing, last_event, refused

LISTED, HIDDEN = Restriction.LISTED, Restriction.HIDDEN


@pytest.mark.parametrize("restriction", [LISTED, HIDDEN])
def test_only_the_named_organisations_keep_the_text(cast: Cast, restriction: Restriction) -> None:
    bristol, south = (participant(cast.review, one) for one in (cast.bristol, cast.south_gloucestershire))
    levels = {bristol: Level.COMMENT, south: Level.EDIT}

    sections.restrict(cast.findings, restriction=restriction, levels=levels, by=cast.amira)

    found = {name: level_of(getattr(cast, name), cast.findings) for name in ("bella", "bo", "gwen", "amira", "piet")}
    assert found == {"bella": Level.COMMENT, "bo": Level.VIEW, "gwen": Level.EDIT, "amira": None, "piet": None}


def test_replaces_an_earlier_restriction(cast: Cast) -> None:
    police = participant(cast.review, cast.police)

    sections.restrict(cast.restricted_listed, restriction=HIDDEN, levels={police: Level.EDIT}, by=cast.amira)

    assert level_of(cast.bella, cast.restricted_listed) is None
    assert level_of(cast.piet, cast.restricted_listed) == Level.EDIT


def test_is_recorded_and_open_sockets_are_told(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    lead = participant(cast.review, cast.north_somerset)

    with announcing(django_capture_on_commit_callbacks) as heard:
        sections.restrict(cast.findings, restriction=LISTED, levels={lead: Level.EDIT}, by=cast.amira)

    event = last_event("section.restricted")
    assert (event.object_id, event.organisation_id) == (str(cast.findings.pk), cast.north_somerset.pk)
    assert (event.data["restriction"], event.data["levels"]) == ("listed", {str(cast.north_somerset.pk): 3})
    assert [change.report_ids for change in heard] == [frozenset({cast.report.pk})]


def test_a_section_that_becomes_hidden_from_the_leads_own_organisation_stays_out_of_its_trail(cast: Cast) -> None:
    bristol = participant(cast.review, cast.bristol)

    sections.restrict(cast.findings, restriction=HIDDEN, levels={bristol: Level.EDIT}, by=cast.amira)

    assert last_event("section.restricted").organisation_id is None


def test_refuses_without_a_writer(cast: Cast) -> None:
    bristol = participant(cast.review, cast.bristol)

    for levels in ({}, {bristol: Level.COMMENT}):
        with refused("Let at least one organisation write"):
            sections.restrict(cast.findings, restriction=HIDDEN, levels=levels, by=cast.amira)


def test_refuses_no_restriction(cast: Cast) -> None:
    bristol = participant(cast.review, cast.bristol)

    with refused("Choose what the other organisations see"):
        sections.restrict(cast.findings, restriction=Restriction.NONE, levels={bristol: Level.EDIT}, by=cast.amira)


def test_refuses_an_organisation_without_the_report(cast: Cast) -> None:
    police = participant(cast.review, cast.police)
    grants.set_report_level(cast.report, police, None, by=cast.amira)

    with refused("Police cannot open this report"):
        sections.restrict(cast.findings, restriction=HIDDEN, levels={police: Level.EDIT}, by=cast.amira)


def test_refuses_an_organisation_that_has_left(cast: Cast) -> None:
    police = participant(cast.review, cast.police)
    participants.leave(police, reason="Enough.", by=cast.piet)

    with refused("Police does not take part"):
        sections.restrict(cast.findings, restriction=HIDDEN, levels={police: Level.EDIT}, by=cast.amira)


def test_refuses_a_deleted_section(cast: Cast) -> None:
    bristol = participant(cast.review, cast.bristol)

    with refused("This section has been deleted"):
        sections.restrict(cast.deleted, restriction=HIDDEN, levels={bristol: Level.EDIT}, by=cast.amira)


def test_refuses_a_frozen_report(cast: Cast) -> None:
    states.freeze(cast.report)
    bristol = participant(cast.review, cast.bristol)

    with refused("frozen for signature"):
        sections.restrict(cast.findings, restriction=HIDDEN, levels={bristol: Level.EDIT}, by=cast.amira)
