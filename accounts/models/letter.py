"""An e-mail about notifications."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Letter(models.Model):
    """Claimed in the database just before it is handed to the mail server, so that it leaves once at the most.

    Claimed and never marked as sent: the process died in between, and nobody can tell whether it left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    # The group of kinds that it tells of; empty: the digest of a day, whatever the groups.
    group = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(claimed_at__isnull=False), name="letter_claimed_first"
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
