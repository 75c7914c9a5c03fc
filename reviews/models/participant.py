"""Which organisations take part in a review."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from partnerships.models import Organisation
from reviews.models.review import Review


class ParticipantState(models.TextChoices):
    INVITED = "invited", "Invited"
    JOINED = "joined", "Taking part"
    DECLINED = "declined", "Declined"
    LEFT = "left", "Left"
    WITHDRAWN = "withdrawn", "Invitation withdrawn"


class Participant(models.Model):
    """An organisation on a review. Its id is the principal of grants; it owns four role groups once it has joined."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    is_lead = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ParticipantState, default=ParticipantState.INVITED)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # When and by whom the present state was reached (accepted, declined, left or withdrawn), and why.
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-is_lead", "-organisation__kind", "organisation__name"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "organisation"],
                condition=models.Q(state__in=["invited", "joined"]),
                name="participant_once",
            ),
            models.UniqueConstraint(
                fields=["review"], condition=models.Q(is_lead=True, state="joined"), name="participant_one_lead"
            ),
            models.CheckConstraint(condition=models.Q(state__in=ParticipantState.values), name="participant_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="invited", decided_at__isnull=True, decided_by__isnull=True)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False) & ~models.Q(state="invited"),
                name="participant_decided_unless_invited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} on {self.review}"
