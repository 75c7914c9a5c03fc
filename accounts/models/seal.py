"""What proves that the audit trail is still as it was."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class AuditSeal(models.Model):
    """The digest of a range of audit events and of the seal before it. Append-only, as the events are."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    first_event_id = models.BigIntegerField(unique=True)
    last_event_id = models.BigIntegerField(unique=True)
    event_count = models.PositiveIntegerField()
    # SHA-256, hexadecimal (see `accounts/sealing.py` for what it is made of).
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last_event_id__gte=models.F("first_event_id")), name="audit_seal_range_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"Events {self.first_event_id} to {self.last_event_id}"
