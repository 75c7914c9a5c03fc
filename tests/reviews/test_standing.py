"""Where a review stands, as far as participants and teams tell."""

from partnerships.actions import memberships
from partnerships.models import Organisation
from reviews.actions import participants, reviews, teams
from reviews.models import ReviewKind, ReviewState
from reviews.people import with_teams
from reviews.standing import Standing, standing
from tests.partnerships.helpers import ADMIN, membership
from tests.reviews.helpers import ask_the_police_again, place_of
from tests.support.cast import Cast


def _standing(cast: Cast) -> Standing:
    return standing(cast.review, with_teams([cast.review.pk]))


def _now(found: Standing) -> str:
    return next((stage.name for stage in found.stages if stage.when == "now"), "none")


def _said(found: Standing) -> tuple[str, Organisation | None, str]:
    return _now(found), found.holder, found.step


def test_a_new_review_waits_for_invitations(cast: Cast) -> None:
    made = reviews.open(
        organisation=cast.bristol, title="New", reason="R", kind=ReviewKind.RAPID, lead_reason="L", by=cast.bella
    )

    found = standing(made, with_teams([made.pk]))

    assert _said(found) == ("Set up", cast.bristol, "invite the other partnerships")


def test_an_invitation_waits_for_its_answer(cast: Cast) -> None:
    ask_the_police_again(cast)

    assert _said(_standing(cast)) == ("Set up", cast.police, "answer the invitation to take part")


def test_when_all_have_answered_the_lead_leads_the_writing(cast: Cast) -> None:
    assert _said(_standing(cast)) == ("Writing", cast.north_somerset, "lead the writing of the joint report")


def test_without_a_lead_one_is_named_first(cast: Cast) -> None:
    teams.remove(place_of(cast.amira), by=cast.amira)

    found = _standing(cast)

    assert (_now(found), found.holder) == ("Set up", cast.north_somerset)
    assert "the review has none" in found.step


def test_a_deactivated_lead_is_none(cast: Cast) -> None:
    memberships.change_role(membership(cast.ned), ADMIN, by=cast.amira)
    memberships.deactivate(membership(cast.amira), by=cast.ned)

    assert "the review has none" in _standing(cast).step


def test_a_closed_review_waits_for_nobody(cast: Cast) -> None:
    cast.review.state = ReviewState.CLOSED

    assert _said(_standing(cast)) == ("none", None, "this review is closed")


def test_an_organisation_that_declined_is_not_waited_for(cast: Cast) -> None:
    participants.decline(ask_the_police_again(cast), reason="No.", by=cast.piet)

    assert _now(_standing(cast)) == "Writing"
