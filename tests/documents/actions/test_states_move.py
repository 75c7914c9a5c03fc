"""Every state × every transition × every one of the cast: who may move a report from where, and nobody else."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from documents.actions import sign_offs, states
from documents.lifecycle import (
    AGREE,
    ASK_AGAIN,
    DECLINE,
    FREEZE,
    REOPEN,
    RETURN,
    TRANSITIONS,
    Transition,
)
from documents.models import Decision, Report, ReportState, RequiredSeat, SignOff, Version, VersionKind
from documents.sign_off import signatures
from reviews.models import Participant, ParticipantState, Review, ReviewState
from tests.support import seats
from tests.support.cast import NAMES, Cast
from tests.support.checks import fresh, last_event
from tests.support.signing import out_for_signature, signs
from tests.support.states import blank_version

STEPS_THERE = {
    ReportState.DRAFTING: (),
    ReportState.FROZEN: ("frozen",),
    ReportState.AGREED: ("frozen", "agreed"),
    ReportState.SCHEDULED: ("frozen", "agreed", "scheduled"),
    ReportState.PUBLISHED: ("frozen", "agreed", "scheduled", "published"),
    ReportState.WITHDRAWN: ("frozen", "agreed", "scheduled", "published", "withdrawn"),
}
SIGNED = {ReportState.FROZEN, ReportState.AGREED, ReportState.SCHEDULED}
LEAD, DECLINER, ANYBODY = {"amira"}, {"gwen"}, set(NAMES)
# From where each step may be taken, to where, and by whom, where everything else that it asks for is there. Written by
# hand: what the table says is tested against it, not against itself.
STEPS = {
    "freeze": ({ReportState.DRAFTING}, ReportState.FROZEN, LEAD),
    "agree": ({ReportState.FROZEN}, ReportState.AGREED, ANYBODY),
    "decline": ({ReportState.FROZEN}, ReportState.DRAFTING, DECLINER),
    "reopen": (SIGNED, ReportState.DRAFTING, LEAD),
    "return": (SIGNED, ReportState.DRAFTING, ANYBODY),
    "ask_again": ({ReportState.AGREED, ReportState.SCHEDULED}, ReportState.FROZEN, ANYBODY),
    "schedule": ({ReportState.AGREED}, ReportState.SCHEDULED, LEAD),
    "unschedule": ({ReportState.SCHEDULED}, ReportState.AGREED, LEAD),
    "publish": ({ReportState.SCHEDULED}, ReportState.PUBLISHED, ANYBODY),
    "withdraw": ({ReportState.PUBLISHED}, ReportState.WITHDRAWN, LEAD),
}
# Refused to everybody until publishing is built.
NOT_YET = {"schedule", "unschedule", "publish", "withdraw"}


@dataclass
class Scene:
    """The report in a state, and the version that would be signed next or is."""

    cast: Cast
    report: Report
    version: Version


@pytest.fixture
def scene_in(cast: Cast) -> Callable[[ReportState], Scene]:
    """A scene in which every seat of the three partnerships has approved, so that every state can be reached."""

    def make(state: ReportState) -> Scene:
        chairs = seats.one_each(cast)
        if state == ReportState.DRAFTING:
            version = blank_version(cast.report)
            for participant, needed in signatures.seats_needed(cast.report):
                sign_offs.require(version, participant, [one.seat for one in needed])
            return Scene(cast, cast.report, version)
        version = out_for_signature(cast)
        signs(version, [chairs["north_somerset"]], by=cast.amira)
        signs(version, [chairs["bristol"]], by=cast.bella)
        if state != ReportState.FROZEN:
            signs(version, [chairs["south_gloucestershire"]], by=cast.gwen)
            for step in STEPS_THERE[state][2:]:
                Report.objects.filter(pk=cast.report.pk).update(state=step)
        return Scene(cast, Report.objects.select_related("review").get(pk=cast.report.pk), version)

    return make


@pytest.mark.parametrize("state", ReportState)
def test_each_of_the_cast_takes_each_step_or_is_refused(
    scene_in: Callable[[ReportState], Scene], state: ReportState, subtests: pytest.Subtests
) -> None:
    scene = scene_in(state)

    for transition in TRANSITIONS:
        with transaction.atomic():
            _prepare(scene, transition)
            for name in sorted(NAMES):
                with subtests.test(step=transition.name, person=name):
                    assert _tried(scene, transition, getattr(scene.cast, name)) == _expected(state, transition, name)
            transaction.set_rollback(True)


def test_the_table_has_these_steps_and_no_others() -> None:
    table = {one.name: (set(one.origins), one.target) for one in TRANSITIONS}

    assert table == {name: (origins, target) for name, (origins, target, _) in STEPS.items()}


@pytest.mark.parametrize("transition", [FREEZE, REOPEN], ids=lambda one: one.name)
def test_a_lead_moves_nothing_in_a_closed_review(scene_in: Callable[[ReportState], Scene], transition: Transition) -> None:
    scene = scene_in(transition.origins[0])
    Review.objects.filter(pk=scene.cast.review.pk).update(state=ReviewState.CLOSED)

    with pytest.raises(ValidationError, match="This review is closed"):
        states.move(_now(scene), transition, by=scene.cast.amira, reason="Because.", version=scene.version)


@pytest.mark.parametrize("transition", [AGREE, DECLINE, RETURN, ASK_AGAIN], ids=lambda one: one.name)
def test_no_step_that_needs_something_is_taken_without_it(
    scene_in: Callable[[ReportState], Scene], transition: Transition
) -> None:
    scene = scene_in(transition.origins[0])

    with pytest.raises((ValidationError, PermissionDenied)):
        states.move(_now(scene), transition, by=scene.cast.amira, reason="Because.")


@pytest.mark.parametrize("transition", [one for one in TRANSITIONS if one.voids], ids=lambda one: one.name)
def test_nobody_takes_signatures_back_without_saying_why(
    scene_in: Callable[[ReportState], Scene], transition: Transition
) -> None:
    scene = scene_in(ReportState.FROZEN)
    _prepare(scene, transition)

    with pytest.raises(ValidationError, match="Say why"):
        states.move(_now(scene), transition, by=scene.cast.gwen if transition is DECLINE else scene.cast.amira)


def test_a_version_of_another_kind_is_not_put_out_for_signature(scene_in: Callable[[ReportState], Scene]) -> None:
    scene = scene_in(ReportState.DRAFTING)
    milestone = blank_version(scene.report, kind=VersionKind.MILESTONE)

    with pytest.raises(ValidationError, match="no frozen version"):
        states.move(scene.report, FREEZE, by=scene.cast.amira, version=milestone)


def test_a_version_that_no_seat_signs_is_not_put_out_for_signature(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Nobody has been named to sign for North Somerset Partnership"):
        states.move(cast.report, FREEZE, by=cast.amira, version=blank_version(cast.report))


def test_a_step_is_recorded_with_what_was_before(scene_in: Callable[[ReportState], Scene]) -> None:
    scene = scene_in(ReportState.FROZEN)

    states.move(scene.report, REOPEN, by=scene.cast.amira, reason="A name has to go.")

    event = last_event("report.reopened")
    assert event.organisation_id == scene.cast.north_somerset.pk
    assert event.data == {
        "version": str(scene.version.pk),
        "sha256": scene.version.sha256,
        "before": "frozen",
        "reason": "A name has to go.",
        "voided": 2,
    }


def test_a_reason_that_nobody_could_read_is_refused(scene_in: Callable[[ReportState], Scene]) -> None:
    scene = scene_in(ReportState.FROZEN)

    with pytest.raises(ValidationError, match="characters or fewer"):
        states.move(scene.report, REOPEN, by=scene.cast.amira, reason="a" * (states.REASON_MAX + 1))


def _prepare(scene: Scene, transition: Transition) -> None:
    """Let everything be there that a transition asks for, as far as the database allows it in this state."""
    if transition is AGREE and scene.report.state == ReportState.FROZEN:
        _decides(scene, Decision.APPROVED)
    elif transition is DECLINE and scene.report.state == ReportState.FROZEN:
        _decides(scene, Decision.DECLINED)
    elif transition is RETURN:
        part = Participant.objects.filter(review=scene.cast.review, organisation=scene.cast.bristol)
        part.update(state=ParticipantState.LEFT, decided_by=scene.cast.bella)
    elif transition is ASK_AGAIN:
        for one in signatures.standing(scene.version):
            signatures.void(one, by=scene.cast.amira, reason="Not hers to sign.")


def _decides(scene: Scene, decision: Decision) -> None:
    """Gwen decides for her seat; nothing follows by itself."""
    seat = RequiredSeat.objects.get(version=scene.version, participant__organisation=scene.cast.south_gloucestershire)
    SignOff.objects.create(
        required_seat=seat,
        decision=decision,
        note="" if decision == Decision.APPROVED else "No.",
        organisation=scene.cast.south_gloucestershire,
        signed_by=scene.cast.gwen,
    )


def _expected(state: ReportState, transition: Transition, name: str) -> str:
    origins, target, people = STEPS[transition.name]
    if state not in origins:
        return "invalid"
    if name not in people:
        return "forbidden"
    return "invalid" if transition.name in NOT_YET else target


def _tried(scene: Scene, transition: Transition, person: User) -> str:
    """The state that the report ends up in, or how it is refused; nothing of it stays."""
    with transaction.atomic():
        try:
            report = _now(scene)
            with transaction.atomic():
                states.move(report, transition, by=fresh(person), reason="Because.", version=scene.version)
            return str(_now(scene).state)
        except PermissionDenied:
            return "forbidden"
        except ValidationError:
            return "invalid"
        finally:
            transaction.set_rollback(True)


def _now(scene: Scene) -> Report:
    return Report.objects.select_related("review").get(pk=scene.report.pk)
