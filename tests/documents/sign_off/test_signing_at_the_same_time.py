"""People who sign, decline, reopen or leave in the same moment: one consistent outcome each, whoever comes first."""

from collections.abc import Callable

import pytest

from accounts.models import AuditEvent
from documents.actions import sign_offs
from documents.actions.sign_offs import Answer
from documents.models import Decision, Report, ReportState, RequiredSeat, SignOff, Version
from partnerships.actions import seats
from partnerships.models import Seat, SeatHolder
from reviews.actions import participants
from tests.documents.helpers import participant
from tests.support.cast import Cast
from tests.support.seats import LONG_AGO, Chairs
from tests.support.signing import NO, YES, decisions, opens, out_for_signature, required, signs
from tests.support.together import together

pytestmark = pytest.mark.usefixtures("transactional_db")
# Each race is run this often: which of both comes first is not for the test to say.
ROUNDS = range(3)


@pytest.fixture
def version(cast: Cast, chairs: Chairs) -> Version:
    """Out for signature and opened by all; Amira has signed."""
    version = out_for_signature(cast)
    signs(version, [chairs["north_somerset"]], by=cast.amira)
    opens(version, cast.bella, cast.bo, cast.gwen)
    return version


def signing(version: Version, seat: Seat, by: object, answer: Answer = YES) -> Callable[[], object]:
    """What a page of one's own does: it loads everything for itself."""

    def act() -> object:
        fresh = Version.objects.select_related("report__review").get(pk=version.pk)
        return sign_offs.sign(fresh, {required(fresh, seat): answer}, by=by)  # type: ignore[arg-type]

    return act


def reopening(cast: Cast) -> Callable[[], object]:
    return lambda: sign_offs.reopen(_report(cast), reason="A name has to go.", by=cast.amira)


def leaving(cast: Cast) -> Callable[[], object]:
    part = participant(cast.review, cast.bristol)
    return lambda: participants.leave(part, reason="We cannot.", by=cast.bella)


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_last_two_approvals_at_once_agree_the_report_once(
    cast: Cast, version: Version, chairs: Chairs, _round: int
) -> None:
    refusals = together(
        signing(version, chairs["bristol"], cast.bella), signing(version, chairs["south_gloucestershire"], cast.gwen)
    )

    assert refusals == []
    assert _report(cast).state == ReportState.AGREED
    assert AuditEvent.objects.filter(verb="report.agreed").count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_holder_and_a_deputy_who_sign_at_once_sign_once(cast: Cast, version: Version, chairs: Chairs, _round: int) -> None:
    seats.appoint(chairs["bristol"], user=cast.bo, is_deputy=True, valid_from=LONG_AGO, by=cast.bella)

    refusals = together(signing(version, chairs["bristol"], cast.bella), signing(version, chairs["bristol"], cast.bo))

    assert len(refusals) == 1
    assert "has signed for Independent chair of Bristol" in refusals[0]
    assert len(decisions(version)) == 2


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_form_sent_twice_at_once_records_once(cast: Cast, version: Version, chairs: Chairs, _round: int) -> None:
    refusals = together(*[signing(version, chairs["bristol"], cast.bella)] * 2)

    assert refusals == []
    assert len(decisions(version)) == 2


@pytest.mark.parametrize("_round", ROUNDS)
def test_an_approval_and_a_refusal_at_once_never_agree(cast: Cast, version: Version, chairs: Chairs, _round: int) -> None:
    together(
        signing(version, chairs["bristol"], cast.bella),
        signing(version, chairs["south_gloucestershire"], cast.gwen, NO),
    )

    assert _is_a_draft_without_approvals(cast, version)
    assert [one.decision for one in _standing(version)] == [Decision.DECLINED]


@pytest.mark.parametrize("_round", ROUNDS)
def test_the_last_approval_and_a_reopening_at_once_end_in_a_draft(
    cast: Cast, version: Version, chairs: Chairs, _round: int
) -> None:
    signs(version, [chairs["bristol"]], by=cast.bella)

    together(signing(version, chairs["south_gloucestershire"], cast.gwen), reopening(cast))

    assert _is_a_draft_without_approvals(cast, version)
    assert _standing(version) == []
    assert AuditEvent.objects.filter(verb="report.reopened").count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_reopening_and_a_refusal_at_once_end_the_version_once(
    cast: Cast, version: Version, chairs: Chairs, _round: int
) -> None:
    refusals = together(signing(version, chairs["bristol"], cast.bella, NO), reopening(cast))

    assert len(refusals) == 1
    assert _is_a_draft_without_approvals(cast, version)
    assert AuditEvent.objects.filter(verb__in=["report.reopened", "report.declined"]).count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_reopening_and_a_partnership_that_leaves_at_once_end_the_version_once(
    cast: Cast, version: Version, _round: int
) -> None:
    together(reopening(cast), leaving(cast))

    assert _is_a_draft_without_approvals(cast, version)
    assert AuditEvent.objects.filter(verb__in=["report.reopened", "report.returned"]).count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_signature_and_the_leaving_of_its_partnership_at_once_leave_no_approval(
    cast: Cast, version: Version, chairs: Chairs, _round: int
) -> None:
    together(signing(version, chairs["bristol"], cast.bella), leaving(cast))

    assert _is_a_draft_without_approvals(cast, version)
    assert _standing(version) == []


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_signature_and_the_end_of_its_appointment_at_once_leave_no_approval(
    cast: Cast, version: Version, chairs: Chairs, _round: int
) -> None:
    held = SeatHolder.objects.get(seat=chairs["bristol"])

    together(signing(version, chairs["bristol"], cast.bella), lambda: seats.remove(held, by=cast.bella))

    assert _report(cast).state == ReportState.FROZEN
    assert not [one for one in _standing(version) if one.required_seat.seat_id == chairs["bristol"].pk]


def _report(cast: Cast) -> Report:
    return Report.objects.select_related("review").get(pk=cast.report.pk)


def _standing(version: Version) -> list[SignOff]:
    return [one for one in decisions(version) if one.voided_at is None]


def _is_a_draft_without_approvals(cast: Cast, version: Version) -> bool:
    report = _report(cast)
    approvals = [one for one in _standing(version) if one.decision != Decision.DECLINED]
    kept = RequiredSeat.objects.filter(version=version).count() == 3
    return (report.state, report.signed_version, approvals, kept) == (ReportState.DRAFTING, None, [], True)
