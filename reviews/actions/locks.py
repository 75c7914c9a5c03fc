"""Every change to who is on a review holds the review's row, so that grants are projected one after another."""

from uuid import UUID

from django.core.exceptions import ValidationError

from partnerships import grants
from reviews import truth
from reviews.models import Participant, ParticipantState, Review, ReviewState


def lock(review_id: UUID) -> Review:
    """Hold the review's row until the transaction ends; returns it as it is now."""
    return Review.objects.select_for_update().get(pk=review_id)


def lock_open(review_id: UUID) -> Review:
    """The same; ValidationError where the review is closed."""
    review = lock(review_id)
    if review.state != ReviewState.OPEN:
        raise ValidationError("This review is closed, so nobody can be added to it.")
    return review


def read_again(participant: Participant) -> None:
    """The participant as it is now that its review is held."""
    participant.refresh_from_db(from_queryset=Participant.objects.select_related("organisation", "review"))


def check_joined(participant: Participant) -> None:
    """ValidationError unless the organisation takes part."""
    if participant.state != ParticipantState.JOINED:
        raise ValidationError(f"{participant.organisation.name} does not take part in this review any more.")


def project(review: Review) -> None:
    """Make guardian's rows of the review what its participants say."""
    grants.project(Review, truth.expected_grants([review.pk]))
