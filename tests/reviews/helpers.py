"""Short ways to say what many tests of reviews need. Those of organisations are in `tests/partnerships/helpers.py`."""

from accounts.models import User
from partnerships.actions import memberships, organisations
from partnerships.models import MembershipRole, Organisation, OrganisationKind
from reviews.actions import participants
from reviews.models import Participant, ParticipantState, Review, TeamMember
from tests.support.cast import Cast

WHY = "The health board answers for this part."


def part_of(cast: Cast, organisation: Organisation) -> Participant:
    """An organisation's present part in the review."""
    present = Participant.objects.select_related("organisation", "review").filter(review=cast.review)
    return present.get(organisation=organisation, state__in=[ParticipantState.INVITED, ParticipantState.JOINED])


def place_of(user: User) -> TeamMember:
    """A person's place on a review, as a page would load it."""
    places = TeamMember.objects.select_related("user", "participant__organisation", "participant__review")
    return places.get(user=user, ended_at=None)


def sees(user: User, review: Review) -> bool:
    """Whether a fresh request of this person finds the review."""
    return Review.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=review.pk).exists()


def ask_the_police_again(cast: Cast) -> Participant:
    """The police have left and are invited again."""
    participants.leave(part_of(cast, cast.police), reason=WHY, by=cast.piet)
    return participants.invite(cast.review, cast.police, by=cast.amira)


def health_board(*admins: User) -> Organisation:
    """An agency that is not on the review, administered by these people."""
    board = organisations.create(
        slug="health-board", kind=OrganisationKind.AGENCY, name="Health Board", short_name="Health", initials="HB"
    )
    for person in admins:
        memberships.add(board, person, MembershipRole.ADMIN, by=None)
    return board
