"""The addresses of the reviews room, and what each of the cast gets there."""

from partnerships.models import Organisation
from reviews.actions import participants
from reviews.models import Participant, ParticipantState, TeamMember
from tests.laws.permission_matrix import OFF_REVIEW, ON_REVIEW, Arguments, Route, lead, of_review, signed_in
from tests.support.cast import Cast

OPENERS = {"amira", "bella", "gwen"}


def _part_of(cast: Cast, organisation: Organisation) -> Participant:
    return Participant.objects.get(review=cast.review, organisation=organisation, state=ParticipantState.JOINED)


def _bristols(cast: Cast) -> dict[str, object]:
    return {"pk": _part_of(cast, cast.bristol).pk}


def _bos_place(cast: Cast) -> dict[str, object]:
    return {"pk": TeamMember.objects.get(user=cast.bo).pk}


def _police_asked_again(cast: Cast) -> dict[str, object]:
    """The police have left and are invited again: nobody of theirs is on the review now."""
    participants.leave(_part_of(cast, cast.police), reason="To be asked again.", by=cast.piet)
    return {"pk": participants.invite(cast.review, cast.police, by=cast.amira).pk}


def bellas(name: str, arguments: Arguments, status: int = 200, method: str = "GET") -> Route:
    """A page about Bristol's team: for those who choose it; the others on the review may not."""
    return Route(name, {status: {"bella"}, 403: ON_REVIEW - {"bella"}}, arguments=arguments, method=method)


REVIEWS = [
    signed_in("reviews"),
    Route("review_new", {200: OPENERS, 403: (ON_REVIEW | OFF_REVIEW) - OPENERS}),
    Route("review", {200: ON_REVIEW}, arguments=of_review),
    Route("review_people", {200: ON_REVIEW}, arguments=of_review),
    lead("review_history", arguments=of_review),
    lead("participant_invite", arguments=of_review),
    # An organisation's part in a review belongs to its own administrator. The lead of the review finds nothing there.
    Route("participation", {200: {"bella"}}, arguments=_bristols),
    Route("participation_leave", {200: {"bella"}}, arguments=_bristols),
    Route("participation", {200: {"piet"}}, arguments=_police_asked_again),
    Route("participation_decline", {200: {"piet"}}, arguments=_police_asked_again),
    Route("participant_withdraw", {200: {"amira"}, 403: ON_REVIEW - {"amira", "piet"}}, arguments=_police_asked_again),
    Route(
        "participant_withdraw",
        {302: {"amira"}, 403: ON_REVIEW - {"amira", "piet"}},
        arguments=_police_asked_again,
        method="POST",
    ),
    bellas("team_add", _bristols),
    bellas("team_role", _bos_place),
    bellas("team_remove", _bos_place),
    bellas("team_remove", _bos_place, 302, "POST"),
]
