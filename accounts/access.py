"""The audit trail as querysets. Who may read which is checked by the rooms that know organisations and reviews."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import AuditEvent


def organisation_trail(organisation_id: UUID, *, people: Collection[UUID] = ()) -> QuerySet[AuditEvent]:
    """What happened in an organisation's name; with `people`, also their sign-ins, which name no organisation."""
    signing_in = Q(organisation_id=None, review_id=None, actor_id__in=people)
    return AuditEvent.objects.filter(Q(organisation_id=organisation_id) | signing_in)


def review_trail(review_id: UUID) -> QuerySet[AuditEvent]:
    """What happened on a review."""
    return AuditEvent.objects.filter(review_id=review_id)
