"""Other words for a passage."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from documents.models.thread import Thread


class SuggestionState(models.TextChoices):
    OPEN = "open", "Waiting for a decision"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Suggestion(models.Model):
    """Proposes `replacement` for the quote of its thread; an empty one proposes to delete it. Decided once."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="suggestion")
    replacement = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=SuggestionState.values), name="suggestion_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False) & ~models.Q(state="open"),
                name="suggestion_decided_at_by_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"
