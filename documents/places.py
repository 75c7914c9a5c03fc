"""For whom a person is on which review, and as what."""

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


def places_of(user: User) -> dict[UUID, Place]:
    """By review; that of the lead organisation where they have several."""
    rows = TeamMember.objects.select_related("participant__organisation", "participant__review").filter(
        user=user, ended_at__isnull=True, participant__state=ParticipantState.JOINED
    )
    return {row.participant.review_id: _place(row) for row in rows.order_by("participant__is_lead", "-added_at")}


def _place(row: TeamMember) -> Place:
    leads = row.participant.is_lead and row.role == TeamRole.LEAD
    return Place(row.participant.review, row.participant.organisation, TeamRole(row.role), leads)
