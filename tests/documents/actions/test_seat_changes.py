"""What becomes of a version that is out for signature when its signatories change: exactly what must."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import Notification
from documents.actions import grants, sign_offs
from documents.models import ReportState, RequiredSeat, Version
from partnerships.actions import memberships, organisations, seats
from partnerships.grants import Level
from partnerships.models import Membership, MembershipRole, Organisation, OrganisationKind, SeatHolder, TeamRole
from reviews.actions import participants, teams
from reviews.models import Participant, ParticipantState, TeamMember
from tests.documents.helpers import participant
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused
from tests.support.seats import LONG_AGO, Chairs, seat
from tests.support.signing import NO, decisions, everybody_signs, out_for_signature, signs

TODAY = timezone.localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def version(cast: Cast, chairs: Chairs) -> Version:
    """Out for signature; Amira and Bella have signed, Gwen has not."""
    version = out_for_signature(cast)
    signs(version, [chairs["north_somerset"]], by=cast.amira)
    signs(version, [chairs["bristol"]], by=cast.bella)
    return version


@pytest.fixture
def wales(cast: Cast) -> Organisation:
    """A partnership that is not on the review; Olive administers it."""
    wales = organisations.create(
        slug="wales", kind=OrganisationKind.PARTNERSHIP, name="Welsh Partnership", short_name="Wales", initials="W"
    )
    memberships.add(wales, cast.olive, MembershipRole.ADMIN, by=None)
    return wales


def state(cast: Cast) -> str:
    cast.report.refresh_from_db()
    return str(cast.report.state)


def joins(cast: Cast, wales: Organisation) -> Participant:
    """Wales takes part, with Olive."""
    invited = participants.invite(cast.review, wales, by=cast.amira)
    participants.accept(invited, team={cast.olive: TeamRole.AUTHOR}, by=cast.olive)
    return invited


def test_reopening_ends_every_approval_with_who_and_why(cast: Cast, version: Version) -> None:
    sign_offs.reopen(cast.report, reason="  A name has to go. ", by=cast.amira)

    assert state(cast) == ReportState.DRAFTING
    assert {(one.voided_by, one.void_reason) for one in decisions(version)} == {(cast.amira, "A name has to go.")}
    assert last_event("sign_off.voided").data["report"] == str(cast.report.pk)
    assert Notification.objects.filter(kind="voided", to=cast.bella).exists()


def test_a_reason_is_needed_that_can_be_read(cast: Cast, version: Version) -> None:
    with refused("Say why, in a few words"):
        sign_offs.reopen(cast.report, reason=" ", by=cast.amira)
    with refused("Shorten it to 1000"):
        sign_offs.reopen(cast.report, reason="a" * 1001, by=cast.amira)


def test_who_has_signed_a_version_signs_the_next_one_anew(cast: Cast, version: Version, chairs: Chairs) -> None:
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)
    second = out_for_signature(cast)

    everybody_signs(second)

    assert state(cast) == ReportState.AGREED
    assert [one.voided_at is None for one in decisions(version)] == [False, False]
    assert [one.voided_at is None for one in decisions(second)] == [True, True, True]


def test_a_partnership_that_leaves_takes_its_name_off_the_text(cast: Cast, version: Version) -> None:
    participants.leave(participant(cast.review, cast.bristol), reason="We cannot.", by=cast.bella)

    assert state(cast) == ReportState.DRAFTING
    reasons = {(one.voided_by, one.void_reason) for one in decisions(version)}
    assert reasons == {(cast.bella, "Bristol Partnership has left the review.")}
    assert last_event("report.returned").organisation_id == cast.bristol.pk
    assert Notification.objects.filter(kind="voided", to=cast.amira).exists()
    assert not Notification.objects.filter(kind="voided", to=cast.bella).exists()


def test_an_agreed_report_is_written_again_when_a_partnership_leaves(cast: Cast, version: Version) -> None:
    everybody_signs_rest(version, cast)

    participants.leave(participant(cast.review, cast.bristol), reason="We cannot.", by=cast.bella)

    assert state(cast) == ReportState.DRAFTING
    assert all(one.voided_at for one in decisions(version))


def test_an_agency_that_leaves_changes_no_signature(cast: Cast, version: Version) -> None:
    participants.leave(participant(cast.review, cast.police), reason="We cannot.", by=cast.piet)

    assert state(cast) == ReportState.FROZEN
    assert not any(one.voided_at for one in decisions(version))


def test_a_partnership_that_joins_is_asked_and_the_other_signatures_stand(
    cast: Cast, version: Version, wales: Organisation
) -> None:
    seat(wales, "Independent chair", cast.olive, by=cast.olive)

    part = joins(cast, wales)
    grants.set_report_level(cast.report, part, Level.VIEW, by=cast.amira)
    everybody_signs_rest(version, cast)

    assert state(cast) == ReportState.FROZEN
    assert not any(one.voided_at for one in decisions(version))
    everybody_signs_rest(version, cast, wales=True)
    assert state(cast) == ReportState.AGREED


def test_an_agreed_report_waits_for_a_partnership_that_joins(cast: Cast, version: Version, wales: Organisation) -> None:
    everybody_signs_rest(version, cast)

    joins(cast, wales)

    assert state(cast) == ReportState.FROZEN
    assert "takes part in the review, and has not signed" in last_event("report.asked_again").data["reason"]
    seat(wales, "Independent chair", cast.olive, by=cast.olive)  # only now does it say who signs
    assert RequiredSeat.objects.filter(version=version, participant__organisation=wales).count() == 1


def test_only_reading_can_be_given_while_a_report_is_out_for_signature(
    cast: Cast, version: Version, wales: Organisation
) -> None:
    part = joins(cast, wales)

    with refused("This report is frozen for signature"):
        grants.set_report_level(cast.report, part, Level.EDIT, by=cast.amira)
    with refused("This report is frozen for signature"):
        grants.set_report_level(cast.report, participant(cast.review, cast.police), None, by=cast.amira)


def test_a_seat_that_is_added_later_signs_the_next_version(cast: Cast, version: Version) -> None:
    seat(cast.bristol, "Council", cast.bo, by=cast.bella)

    assert RequiredSeat.objects.filter(version=version).count() == 3
    everybody_signs_rest(version, cast)
    assert state(cast) == ReportState.AGREED


def test_a_seat_that_has_been_asked_does_not_end(cast: Cast, version: Version, chairs: Chairs) -> None:
    with refused("has been asked to sign something"):
        seats.end(chairs["bristol"], by=cast.bella)


def test_a_seat_ends_once_everybody_has_signed_and_its_signature_stands(
    cast: Cast, version: Version, chairs: Chairs
) -> None:
    everybody_signs_rest(version, cast)

    seats.end(chairs["bristol"], by=cast.bella)

    assert state(cast) == ReportState.AGREED


def test_a_seat_that_changes_hands_after_signing_has_signed(cast: Cast, version: Version, chairs: Chairs) -> None:
    seats.appoint(chairs["bristol"], user=cast.bo, valid_from=TOMORROW, by=cast.bella)

    assert not any(one.voided_at for one in decisions(version))


def test_a_seat_that_changes_hands_before_signing_asks_the_new_holder(cast: Cast, version: Version, chairs: Chairs) -> None:
    memberships.add(cast.south_gloucestershire, cast.bo, MembershipRole.MEMBER, by=None)

    seats.appoint(chairs["south_gloucestershire"], user=cast.bo, valid_from=TODAY, by=cast.gwen)

    assert Notification.objects.filter(kind="asked_to_sign", to=cast.bo).exists()
    signs(version, [chairs["south_gloucestershire"]], by=cast.bo)
    assert state(cast) == ReportState.AGREED


def test_a_signature_of_somebody_who_never_held_the_seat_is_void_and_asked_again(
    cast: Cast, version: Version, chairs: Chairs
) -> None:
    seats.change_days(SeatHolder.objects.get(seat=chairs["bristol"]), valid_from=LONG_AGO, valid_to=YESTERDAY, by=cast.bella)

    amiras, bellas = decisions(version)
    assert amiras.voided_at is None
    assert bellas.voided_by == cast.bella
    assert "Bella Test-Harbour did not hold this seat on" in bellas.void_reason
    assert state(cast) == ReportState.FROZEN


def test_an_agreed_report_is_frozen_again_when_a_signature_proves_void(cast: Cast, version: Version, chairs: Chairs) -> None:
    everybody_signs_rest(version, cast)

    seats.remove(SeatHolder.objects.get(seat=chairs["bristol"]), by=cast.bella)
    assert state(cast) == ReportState.FROZEN
    seats.appoint(chairs["bristol"], user=cast.bo, valid_from=TODAY, by=cast.bella)
    signs(version, [chairs["bristol"]], by=cast.bo)

    assert state(cast) == ReportState.AGREED
    assert len(decisions(version)) == 4


def test_a_deputy_signs_within_their_days_and_only_then(cast: Cast, version: Version, chairs: Chairs) -> None:
    memberships.add(cast.south_gloucestershire, cast.bo, MembershipRole.MEMBER, by=None)
    deputy = seats.appoint(
        chairs["south_gloucestershire"],
        user=cast.bo,
        is_deputy=True,
        valid_from=LONG_AGO,
        valid_to=YESTERDAY,
        by=cast.gwen,
    )
    with pytest.raises(PermissionDenied):
        signs(version, [chairs["south_gloucestershire"]], by=cast.bo)

    seats.change_days(deputy, valid_from=LONG_AGO, valid_to=TODAY, by=cast.gwen)
    [signed] = signs(version, [chairs["south_gloucestershire"]], by=cast.bo)

    assert signed.is_deputy
    assert state(cast) == ReportState.AGREED


def test_a_deputy_does_not_sign_what_the_holder_has_signed(cast: Cast, version: Version, chairs: Chairs) -> None:
    seats.appoint(chairs["bristol"], user=cast.bo, is_deputy=True, valid_from=LONG_AGO, by=cast.bella)

    with pytest.raises(ValidationError, match="Bella Test-Harbour has signed for Independent chair of Bristol"):
        signs(version, [chairs["bristol"]], by=cast.bo)


def test_a_refusal_is_not_undone_by_another_holder(cast: Cast, version: Version, chairs: Chairs) -> None:
    signs(version, [chairs["south_gloucestershire"]], by=cast.gwen, answer=NO)

    seats.remove(SeatHolder.objects.get(seat=chairs["south_gloucestershire"]), by=cast.gwen)

    assert state(cast) == ReportState.DRAFTING
    assert decisions(version)[-1].voided_at is None


def test_people_who_come_and_go_change_no_signature(cast: Cast, version: Version) -> None:
    teams.remove(TeamMember.objects.get(user=cast.bella, ended_at=None), by=cast.bella)
    memberships.change_role(Membership.objects.get(user=cast.bo), MembershipRole.ADMIN, by=cast.bella)

    assert state(cast) == ReportState.FROZEN
    assert not any(one.voided_at for one in decisions(version))


def test_nothing_happens_to_a_draft(cast: Cast, chairs: Chairs) -> None:
    assert not RequiredSeat.objects.exists()
    participants.leave(participant(cast.review, cast.bristol), reason="We cannot.", by=cast.bella)
    assert state(cast) == ReportState.DRAFTING
    assert Participant.objects.get(organisation=cast.bristol).state == ParticipantState.LEFT
    with nothing_changes():
        seats.rename(chairs["bristol"], name="Independent chair", by=cast.bella)


def everybody_signs_rest(version: Version, cast: Cast, *, wales: bool = False) -> None:
    """Gwen signs; Olive too where Wales is asked."""
    person = cast.olive if wales else cast.gwen
    held = SeatHolder.objects.get(user=person)
    signs(version, [held.seat], by=person)
