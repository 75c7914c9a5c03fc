"""That something happened which a person wants to know."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.letter import Letter


class Notification(models.Model):
    """Names what happened, who did it and where to look: no title, no text, nobody's name.

    It is shown while its reader may open what it is about (`scope`, such as "report:<uuid>"; empty: always). `mail_due_at`
    is when it is to be told by e-mail, unless it has been read by then; without one it is not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    url = models.CharField(max_length=300)
    scope = models.CharField(max_length=60, blank=True)
    # What the acting organisation was called then.
    organisation_name = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="notifications")

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        default_permissions: ClassVar = ()
        indexes: ClassVar = [
            models.Index(fields=["to", "-created_at", "-id"], name="notification_newest_first"),
            models.Index(fields=["to"], condition=models.Q(read_at__isnull=True), name="notification_unread"),
            models.Index(
                fields=["mail_due_at"],
                condition=models.Q(letter__isnull=True, read_at__isnull=True),
                name="notification_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
