"""A time in which chosen organisations are asked for their comments."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models.report import Report
from reviews.models import Participant


class CommentRound(models.Model):
    """Opened by the lead with a closing date. Comments made after it, or after the round was closed, are marked as late."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True, help_text="What the organisations are asked to look at.")
    # The last day on which a comment is in time, in the portal's time zone.
    closes_on = models.DateField()
    # The closing date of which the organisations have been reminded: nobody is reminded of the same one twice.
    reminded_for = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-number"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="comment_round_number_unique"),
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(closed_at__isnull=True), name="comment_round_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="comment_round_closed_at_by_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundInvitation(models.Model):
    """An organisation that a round asks."""

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(CommentRound, on_delete=models.CASCADE, related_name="invitations")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="round_invitations")

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "participant"], name="round_invitation_unique")]

    def __str__(self) -> str:
        return f"{self.participant} in {self.round}"
