"""For whom a person is on which review, and as what."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from partnerships.models import Organisation, TeamRole
from reviews.models import ParticipantState, Review, TeamMember


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on a review."""

    review: Review
    organisation: Organisation
    role: TeamRole
    is_lead: bool


def places_of(user: User, reviews: Iterable[Review]) -> dict[UUID, Place]:
    """On each of these reviews; that for the lead organisation where they have several."""
    by_id = {review.pk: review for review in reviews}
    rows = TeamMember.objects.select_related("participant__organisation").filter(
        user=user, ended_at__isnull=True, participant__state=ParticipantState.JOINED, participant__review__in=by_id
    )
    ordered = rows.order_by("participant__is_lead", "-added_at")
    return {row.participant.review_id: _place(row, by_id[row.participant.review_id]) for row in ordered}


def _place(row: TeamMember, review: Review) -> Place:
    leads = row.participant.is_lead and row.role == TeamRole.LEAD
    return Place(review, row.participant.organisation, TeamRole(row.role), leads)
