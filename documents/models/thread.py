"""A conversation about a passage of a section."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models.comment_round import CommentRound
from documents.models.section import Section
from documents.querysets import ThreadQuerySet
from partnerships.models import Organisation


class ThreadKind(models.TextChoices):
    GENERAL = "general", "General"
    FACTUAL_ACCURACY = "factual_accuracy", "Factual accuracy"
    SUBSTANTIVE = "substantive", "Substantive"
    IDENTIFICATION_RISK = "identification_risk", "Identification risk"


class Disposition(models.TextChoices):
    """What became of a comment, with a reason: the answer that a comment round owes to whoever commented."""

    NONE = "", "Not decided yet"
    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly_accepted", "Partly accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    NOTED = "noted", "Noted"
    NO_CHANGE = "no_change_needed", "No change needed"


class Thread(models.Model):
    """Seen by everybody who may read its section, or by one organisation only (`only_for`): for others it does not exist.

    `start` and `end` are Yjs relative positions, written once and never moved. `quote`, `before` and `after` are the words
    at that time, kept for ever: they find the place again, or show what it said when it is gone. A thread about a whole
    section has no anchor and no quote.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="threads")
    kind = models.CharField(max_length=20, choices=ThreadKind, default=ThreadKind.GENERAL)
    only_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="own_threads")
    start = models.BinaryField(max_length=400)
    end = models.BinaryField(max_length=400)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=80, blank=True)
    round = models.ForeignKey(CommentRound, null=True, blank=True, on_delete=models.PROTECT, related_name="threads")
    is_late = models.BooleanField(default=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # When it was opened to everybody, where it was its organisation's own before.
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    disposition = models.CharField(max_length=20, choices=Disposition, blank=True, default=Disposition.NONE)
    disposition_reason = models.TextField(blank=True)
    disposed_at = models.DateTimeField(null=True, blank=True)
    disposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar = ThreadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        default_permissions: ClassVar = ()
        indexes: ClassVar = [models.Index(fields=["section", "created_at", "id"], name="thread_by_section")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=ThreadKind.values), name="thread_kind_known"),
            models.CheckConstraint(condition=models.Q(disposition__in=Disposition.values), name="thread_disposition_known"),
            models.CheckConstraint(
                condition=models.Q(only_for__isnull=True) | models.Q(only_for=models.F("organisation")),
                name="thread_only_for_its_own_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(only_for__isnull=True) | models.Q(round__isnull=True, disposition=""),
                name="thread_private_in_no_round",
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="thread_resolved_at_by_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(shared_at__isnull=True, shared_by__isnull=True)
                | models.Q(shared_at__isnull=False, shared_by__isnull=False, only_for__isnull=True),
                name="thread_shared_at_by_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(disposition="", disposed_at__isnull=True, disposed_by__isnull=True)
                | models.Q(disposed_at__isnull=False, disposed_by__isnull=False) & ~models.Q(disposition=""),
                name="thread_disposed_at_by_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"

    @property
    def is_private(self) -> bool:
        return self.only_for_id is not None

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
