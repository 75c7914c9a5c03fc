"""The record of who did what, which nobody can change."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """One act or one reading. Append-only: database triggers refuse UPDATE and DELETE.

    It holds ids and no foreign keys, so that it outlives what it tells of.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    verb = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    organisation_id = models.UUIDField(null=True)
    review_id = models.UUIDField(null=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    request_id = models.UUIDField(default=uuid.uuid4)
    ip_address = models.GenericIPAddressField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["organisation_id", "-id"], name="audit_by_organisation"),
            models.Index(fields=["review_id", "-id"], name="audit_by_review"),
            models.Index(fields=["object_id", "-id"], name="audit_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
