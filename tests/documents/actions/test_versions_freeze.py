"""Freezing: the version that every partnership is to sign, made in the transaction that ends the writing."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Notification
from documents.actions import restrictions, versions
from documents.models import ReportState, RequiredSeat, Restriction, VersionKind
from documents.notification_kinds import ASKED_TO_SIGN, FROZEN
from partnerships.grants import Level
from tests.documents.helpers import participant
from tests.documents.versions_helpers import freeze, held_titles, milestone, ready
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import fresh, last_event, refused


def test_the_report_is_frozen_with_its_version(cast: Cast) -> None:
    version = freeze(cast)

    cast.report.refresh_from_db()
    assert (cast.report.state, cast.report.signed_version) == (ReportState.FROZEN, version)
    assert (version.kind, version.name, version.created_by) == (VersionKind.FROZEN, "For signature", cast.amira)
    assert "Nobody brought it together." in version.canonical


def test_it_holds_what_every_organisation_may_read_and_no_trace_of_what_is_hidden(cast: Cast) -> None:
    version = freeze(cast)

    assert held_titles(version) == ["Introduction", "Findings", "Restricted and listed"]
    assert [section.number for section in version.sections.all()] == ["1", "2", "3"]
    assert "hidden" not in version.canonical


def test_a_restricted_section_that_everybody_may_read_is_in_it(cast: Cast) -> None:
    report = ready(cast)
    everybody = (cast.north_somerset, cast.bristol, cast.south_gloucestershire, cast.police)
    levels = {participant(cast.review, organisation): Level.EDIT for organisation in everybody}
    restrictions.restrict(cast.findings, restriction=Restriction.LISTED, levels=levels, by=cast.amira)

    version = versions.freeze(report, name="For signature", by=cast.amira)

    assert "Findings" in held_titles(version)


def test_the_seats_that_have_to_sign_are_fixed(cast: Cast) -> None:
    version = freeze(cast)

    seats = RequiredSeat.objects.filter(version=version).select_related("participant__organisation")
    partnerships = (cast.north_somerset, cast.bristol, cast.south_gloucestershire)
    assert {(one.participant.organisation, one.name) for one in seats} == {
        (one, "Independent chair") for one in partnerships
    }


def test_its_number_follows_that_of_the_milestones(cast: Cast) -> None:
    milestone(cast)

    assert freeze(cast).number == 2


def test_it_is_recorded_with_its_digest(cast: Cast) -> None:
    version = freeze(cast)

    event = last_event("report.frozen")
    assert (event.object_id, event.actor_id) == (str(cast.report.pk), cast.amira.pk)
    assert (event.data["version"], event.data["sha256"]) == (str(version.pk), version.sha256)


def test_everybody_who_may_read_it_is_told_once(cast: Cast) -> None:
    freeze(cast)

    told = Notification.objects.values_list("kind", "to__full_name")
    asked = {cast.bella, cast.gwen}  # they hold seats; so does Amira, who has done it
    readers = {cast.ned, cast.nora, cast.bo, cast.piet}
    assert sorted(told) == sorted(
        [*((ASKED_TO_SIGN, one.full_name) for one in asked), *((FROZEN, one.full_name) for one in readers)]
    )


def test_only_a_lead_of_the_review_freezes(cast: Cast) -> None:
    report = ready(cast)

    with pytest.raises(PermissionDenied):
        versions.freeze(report, name="For signature", by=fresh(cast.bella))


def test_refuses_a_report_that_is_frozen(cast: Cast) -> None:
    report = ready(cast)
    states.freeze(report)

    with refused("frozen for signature"):
        versions.freeze(report, name="Again", by=cast.amira)


def test_refuses_a_version_without_a_name_and_leaves_the_report_as_it_is(cast: Cast) -> None:
    report = ready(cast)

    with refused("Enter a name"):
        versions.freeze(report, name=" ", by=cast.amira)
