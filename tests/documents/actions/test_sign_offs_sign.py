"""Signing a version: what each seat decides, and what follows from it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Notification
from documents.actions import sign_offs
from documents.actions.sign_offs import NOTE_MAX, Answer
from documents.models import Decision, ReportState, SignOff, Version
from partnerships.actions import seats as seat_actions
from reviews.models import Review, ReviewState
from tests.support import seats
from tests.support.cast import Cast
from tests.support.checks import announcing, last_event, nothing_changes, refused
from tests.support.seats import Chairs
from tests.support.signing import NO, YES, decisions, opens, out_for_signature, required, signs


@pytest.fixture
def version(cast: Cast, chairs: object) -> Version:
    """Out for signature, and opened by Bella."""
    version = out_for_signature(cast)
    opens(version, cast.bella)
    return version


def test_records_who_signed_for_which_seat_and_organisation(cast: Cast, version: Version, chairs: Chairs) -> None:
    [signed] = signs(version, [chairs["bristol"]], by=cast.bella)

    assert signed.decision == Decision.APPROVED
    assert (signed.signed_by, signed.organisation, signed.is_deputy) == (cast.bella, cast.bristol, False)
    event = last_event("sign_off.approved")
    assert event.actor_id == cast.bella.pk
    assert event.organisation_id == cast.bristol.pk
    assert event.data["sha256"] == version.sha256
    cast.report.refresh_from_db()
    assert cast.report.state == ReportState.FROZEN


def test_the_last_approval_makes_the_report_agreed(cast: Cast, version: Version, chairs: Chairs) -> None:
    signs(version, [chairs["bristol"]], by=cast.bella)
    signs(version, [chairs["north_somerset"]], by=cast.amira)
    signs(version, [chairs["south_gloucestershire"]], by=cast.gwen)

    cast.report.refresh_from_db()
    assert cast.report.state == ReportState.AGREED
    assert cast.report.signed_version == version
    assert last_event("report.agreed").actor_id == cast.gwen.pk
    told = set(Notification.objects.filter(kind="agreed").values_list("to__full_name", flat=True))
    assert cast.amira.full_name in told
    assert cast.piet.full_name in told
    assert cast.gwen.full_name not in told  # it was her doing
    assert cast.olive.full_name not in told


def test_open_pages_are_told_that_the_report_is_agreed(
    cast: Cast, version: Version, chairs: Chairs, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    signs(version, [chairs["bristol"]], by=cast.bella)
    signs(version, [chairs["north_somerset"]], by=cast.amira)

    with announcing(django_capture_on_commit_callbacks) as heard:
        signs(version, [chairs["south_gloucestershire"]], by=cast.gwen)

    assert [change.report_ids for change in heard] == [frozenset({cast.report.pk})]


def test_a_refusal_after_all_others_approved_takes_everything_back(cast: Cast, version: Version, chairs: Chairs) -> None:
    signs(version, [chairs["bristol"]], by=cast.bella)
    signs(version, [chairs["north_somerset"]], by=cast.amira)

    signs(version, [chairs["south_gloucestershire"]], by=cast.gwen, answer=NO)

    cast.report.refresh_from_db()
    assert (cast.report.state, cast.report.signed_version) == (ReportState.DRAFTING, None)
    first, second, refusal = decisions(version)
    for ended in (first, second):
        assert ended.voided_by == cast.gwen
        assert ended.void_reason == "Independent chair of South Gloucestershire declined: Paragraph 4 is wrong."
    assert (refusal.decision, refusal.voided_at) == (Decision.DECLINED, None)
    assert last_event("report.declined").organisation_id == cast.south_gloucestershire.pk
    assert Notification.objects.filter(kind="declined", to=cast.bella).exists()


def test_a_person_with_seats_in_three_partnerships_signs_three_times_at_once(cast: Cast) -> None:
    police = seats.police_in_each(cast)
    version = out_for_signature(cast)
    opens(version, cast.piet)
    note = Answer(Decision.APPROVED_WITH_NOTE, "  With thanks.  ")

    signed = sign_offs.sign(
        version,
        {
            required(version, police["north_somerset"]): YES,
            required(version, police["bristol"]): note,
            required(version, police["south_gloucestershire"]): YES,
        },
        by=cast.piet,
    )

    assert [one.note for one in signed] == ["", "With thanks.", ""]
    assert {one.organisation for one in signed} == {cast.police}
    cast.report.refresh_from_db()
    assert cast.report.state == ReportState.AGREED


def test_who_approves_for_one_partnership_and_declines_for_another_declines(cast: Cast) -> None:
    police = seats.police_in_each(cast)
    version = out_for_signature(cast)
    opens(version, cast.piet)

    sign_offs.sign(
        version, {required(version, police["bristol"]): YES, required(version, police["north_somerset"]): NO}, by=cast.piet
    )

    cast.report.refresh_from_db()
    assert cast.report.state == ReportState.DRAFTING
    assert {(one.decision, one.voided_at is None) for one in decisions(version)} == {
        (Decision.APPROVED, False),
        (Decision.DECLINED, True),
    }


def test_the_same_form_sent_twice_records_once(cast: Cast, version: Version, chairs: Chairs) -> None:
    signs(version, [chairs["bristol"]], by=cast.bella)

    with nothing_changes():
        assert signs(version, [chairs["bristol"]], by=cast.bella) == []


@pytest.mark.parametrize("answer", [YES, NO], ids=["last approval", "refusal"])
def test_the_form_that_ended_the_signing_sent_twice_records_once(
    cast: Cast, version: Version, chairs: Chairs, answer: Answer
) -> None:
    signs(version, [chairs["bristol"]], by=cast.bella)
    signs(version, [chairs["north_somerset"]], by=cast.amira)
    signs(version, [chairs["south_gloucestershire"]], by=cast.gwen, answer=answer)

    with nothing_changes():
        assert signs(version, [chairs["south_gloucestershire"]], by=cast.gwen, answer=answer) == []


def test_a_signature_is_not_changed_by_signing_again(cast: Cast, version: Version, chairs: Chairs) -> None:
    signs(version, [chairs["bristol"]], by=cast.bella)

    with refused("Bella Test-Harbour has signed for Independent chair of Bristol"):
        signs(version, [chairs["bristol"]], by=cast.bella, answer=NO)


def test_nobody_signs_what_they_have_not_opened(cast: Cast, version: Version, chairs: Chairs) -> None:
    with refused("Read version 1 first"):
        sign_offs.sign(version, {required(version, chairs["north_somerset"]): YES}, by=cast.amira)


def test_nobody_signs_for_a_seat_of_somebody_else(cast: Cast, version: Version, chairs: Chairs) -> None:
    with pytest.raises(PermissionDenied):
        signs(version, [chairs["bristol"]], by=cast.gwen)


def test_who_holds_a_seat_and_is_not_on_the_review_does_not_sign(cast: Cast, version: Version, chairs: Chairs) -> None:
    seat_actions.appoint(chairs["north_somerset"], user=cast.olive, valid_from=seats.LONG_AGO, is_deputy=True, by=cast.amira)

    with pytest.raises(PermissionDenied):
        signs(version, [chairs["north_somerset"]], by=cast.olive)


def test_a_version_that_has_been_opened_again_is_refused_with_what_happened(
    cast: Cast, version: Version, chairs: Chairs
) -> None:
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)

    with refused("Amira Test-Okafor opened the report again for writing on .* A name has to go. Nothing of what you chose"):
        signs(version, [chairs["bristol"]], by=cast.bella)


def test_a_superseded_version_is_refused_though_another_one_is_out(cast: Cast, version: Version, chairs: Chairs) -> None:
    sign_offs.reopen(cast.report, reason="A name has to go.", by=cast.amira)
    out_for_signature(cast)

    with refused("Version 1 is not out for signature any more"):
        signs(version, [chairs["bristol"]], by=cast.bella)


def test_nothing_is_signed_in_a_closed_review(cast: Cast, version: Version, chairs: Chairs) -> None:
    Review.objects.filter(pk=cast.review.pk).update(state=ReviewState.CLOSED)

    with refused("This review is closed"):
        signs(version, [chairs["bristol"]], by=cast.bella)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(Decision.DECLINED, "  "), "Say why you decline"),
        (Answer(Decision.APPROVED_WITH_NOTE, ""), "Enter your note"),
        (Answer(Decision.DECLINED, "a" * (NOTE_MAX + 1)), "Shorten it to 1000"),
    ],
)
def test_a_note_is_given_where_it_belongs(cast: Cast, version: Version, chairs: Chairs, answer: Answer, words: str) -> None:
    with refused(words):
        signs(version, [chairs["bristol"]], by=cast.bella, answer=answer)


def test_all_of_a_form_is_signed_or_nothing(cast: Cast) -> None:
    police = seats.police_in_each(cast)
    version = out_for_signature(cast)
    opens(version, cast.piet)

    with pytest.raises(ValidationError):
        sign_offs.sign(
            version,
            {
                required(version, police["bristol"]): YES,
                required(version, police["north_somerset"]): Answer(Decision.DECLINED, ""),
            },
            by=cast.piet,
        )
    assert not SignOff.objects.exists()
