"""Models of reviews: one class a file."""

from reviews.models.participant import Participant, ParticipantState
from reviews.models.review import Marking, Review, ReviewGroupPermission, ReviewKind, ReviewState, ReviewUserPermission
from reviews.models.team_member import TeamMember

__all__ = [
    "Marking",
    "Participant",
    "ParticipantState",
    "Review",
    "ReviewGroupPermission",
    "ReviewKind",
    "ReviewState",
    "ReviewUserPermission",
    "TeamMember",
]
