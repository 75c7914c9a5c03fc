"""What somebody says in a thread."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models.thread import Thread
from partnerships.models import Organisation


class Comment(models.Model):
    """Plain text. The first one opens the thread. Nothing is deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(text=""), name="comment_has_text")]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Mention(models.Model):
    """A person or an organisation whom a comment calls, one of the two."""

    id = models.BigAutoField(primary_key=True)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="mentions"
    )
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="mentions")

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True, organisation__isnull=False)
                | models.Q(user__isnull=False, organisation__isnull=True),
                name="mention_of_one",
            ),
            models.UniqueConstraint(fields=["comment", "user"], name="mention_person_once"),
            models.UniqueConstraint(fields=["comment", "organisation"], name="mention_organisation_once"),
        ]

    def __str__(self) -> str:
        return f"mention {self.pk}"
