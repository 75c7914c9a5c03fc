"""Who takes part in a review. Plain questions; what somebody may see of it is decided in `access.py`."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from partnerships.models import Membership, MembershipRole
from partnerships.people import active_members
from reviews.models import Participant, ParticipantState, Review, TeamMember

PRESENT = [ParticipantState.INVITED, ParticipantState.JOINED]


def participants(review: Review) -> list[Participant]:
    """The organisations that take part now, the lead first."""
    return list(Participant.objects.select_related("organisation").filter(review=review, state=ParticipantState.JOINED))


def with_teams(review_ids: Iterable[UUID], *, states: Iterable[str] = PRESENT) -> list[Participant]:
    """Participants of these reviews with organisation and present team: two queries however many."""
    return list(
        Participant.objects.select_related("organisation", "decided_by")
        .filter(review_id__in=list(review_ids), state__in=list(states))
        .prefetch_related(Prefetch("team", queryset=present_members()))
    )


def present_members() -> QuerySet[TeamMember]:
    """Places on teams that have not ended, with their people."""
    return TeamMember.objects.select_related("user").filter(ended_at__isnull=True)


def can_be_added(participant: Participant) -> list[User]:
    """The organisation's active people who are not on its team yet."""
    on_team = present_members().filter(participant=participant).values("user_id")
    return [membership.user for membership in active_members(participant.organisation).exclude(user__in=on_team)]


def administered_by(user: User) -> QuerySet[Participant]:
    """Where the organisations that this person administers are invited, then where they take part, the newest first."""
    administered = Membership.objects.filter(user=user, role=MembershipRole.ADMIN).values("organisation_id")
    return (
        Participant.objects.select_related("organisation", "review")
        .filter(organisation__in=administered, state__in=PRESENT)
        .order_by("state", "-invited_at", "pk")  # "invited" comes before "joined"
    )
