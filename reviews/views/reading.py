"""Every reading of a review is put on record."""

from accounts.audit import record
from accounts.models import User
from partnerships.models import Organisation
from reviews.models import Review


def record_reading(user: User, review: Review, organisation: Organisation, page: str) -> None:
    """One row in the trail: who looked at which page of a review, and for which organisation."""
    record("review.read", by=user, obj=review, organisation=organisation.pk, review=review.pk, page=page)
