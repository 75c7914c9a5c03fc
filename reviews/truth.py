"""What the domain's tables say of access to reviews. guardian's rows and the role groups are their projection."""

from collections.abc import Collection, Mapping
from uuid import UUID

from partnerships.grants import Level, Place
from partnerships.hooks import Truth
from reviews.models import Participant, ParticipantState, Review, TeamMember


def expected_grants(review_ids: Collection[UUID]) -> dict[UUID, Mapping[UUID, Level]]:
    """The level of each participant on each of these reviews."""
    wanted: dict[UUID, dict[UUID, Level]] = {pk: {} for pk in review_ids}
    joined = Participant.objects.filter(state=ParticipantState.JOINED, review_id__in=wanted)
    for pk, review_id in joined.values_list("pk", "review_id"):
        wanted[review_id][pk] = Level.VIEW
    return dict(wanted)


def expected_groups() -> set[Place]:
    """Who must be in which role group: everybody on the team of an organisation that takes part."""
    places = TeamMember.objects.filter(ended_at__isnull=True, participant__state=ParticipantState.JOINED)
    return set(places.values_list("participant_id", "role", "user_id"))


TRUTH = Truth(model=Review, keys=Review.objects.all, levels=expected_grants)
