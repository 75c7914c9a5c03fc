"""Saying who writes a section and by when."""

from datetime import date

from documents.actions import grants, sections
from tests.documents.helpers import participant
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused

NOVEMBER = date(2026, 11, 27)


def test_names_an_organisation_and_a_date(cast: Cast) -> None:
    sections.assign(cast.introduction, organisation=cast.police, due_on=NOVEMBER, by=cast.amira)

    cast.introduction.refresh_from_db()
    assert (cast.introduction.assigned_to, cast.introduction.due_on) == (cast.police, NOVEMBER)
    event = last_event("section.assigned")
    assert event.data == {"report": str(cast.report.pk), "assigned_to": str(cast.police.pk), "due_on": "2026-11-27"}


def test_takes_both_away(cast: Cast) -> None:
    sections.assign(cast.findings, organisation=None, due_on=None, by=cast.amira)

    cast.findings.refresh_from_db()
    assert cast.findings.assigned_to is None
    assert last_event("section.assigned").data["assigned_to"] is None


def test_the_same_again_is_nothing(cast: Cast) -> None:
    with nothing_changes():
        sections.assign(cast.findings, organisation=cast.bristol, due_on=None, by=cast.amira)


def test_one_that_has_lost_the_report_stays_until_somebody_else_is_named(cast: Cast) -> None:
    grants.set_report_level(cast.report, participant(cast.review, cast.bristol), None, by=cast.amira)

    sections.assign(cast.findings, organisation=cast.bristol, due_on=NOVEMBER, by=cast.amira)

    cast.findings.refresh_from_db()
    assert cast.findings.due_on == NOVEMBER


def test_refuses_an_organisation_without_the_report(cast: Cast) -> None:
    grants.set_report_level(cast.report, participant(cast.review, cast.police), None, by=cast.amira)

    with refused("Police cannot open this report"):
        sections.assign(cast.introduction, organisation=cast.police, due_on=None, by=cast.amira)


def test_refuses_a_date_for_nobody(cast: Cast) -> None:
    with refused("Choose who writes this section as well"):
        sections.assign(cast.introduction, organisation=None, due_on=NOVEMBER, by=cast.amira)


def test_refuses_a_deleted_section(cast: Cast) -> None:
    with refused("This section has been deleted"):
        sections.assign(cast.deleted, organisation=cast.bristol, due_on=None, by=cast.amira)


def test_refuses_a_frozen_report(cast: Cast) -> None:
    states.freeze(cast.report)

    with refused("frozen for signature"):
        sections.assign(cast.introduction, organisation=cast.bristol, due_on=None, by=cast.amira)
