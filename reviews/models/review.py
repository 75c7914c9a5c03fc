"""A joint review: the boundary of need to know."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from partnerships.grants import GroupPermissionBase, UserPermissionBase
from reviews.querysets import ReviewQuerySet


class ReviewKind(models.TextChoices):
    """Terms of Working Together to Safeguard Children (2015 ch 4, 2018 ch 4, 2023 ch 5)."""

    LCSPR = "lcspr", "Local child safeguarding practice review (LCSPR)"
    SCR = "scr", "Serious case review (SCR)"
    LOCAL_LEARNING = "local_learning", "Local learning review"
    THEMATIC = "thematic", "Thematic review"
    RAPID = "rapid", "Rapid review"


class Marking(models.TextChoices):
    OFFICIAL = "official", "OFFICIAL"
    OFFICIAL_SENSITIVE = "official_sensitive", "OFFICIAL-SENSITIVE"


class ReviewState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Review(models.Model):
    """One piece of joint work. Nobody sees a review they are not on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    short_title = models.CharField(max_length=80, blank=True)
    reason = models.TextField()
    kind = models.CharField(max_length=20, choices=ReviewKind)
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL_SENSITIVE)
    lead_reason = models.TextField(help_text="Why this partnership leads: always a recorded decision, never computed.")
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    is_demonstration = models.BooleanField(default=False)

    objects: ClassVar = ReviewQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_at", "-id"]
        default_permissions: ClassVar = ()
        permissions: ClassVar = [("view_review", "May know that the review exists and read its overview")]
        indexes: ClassVar = [models.Index(fields=["-opened_at", "-id"], name="review_newest_first")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=ReviewKind.values), name="review_kind_known"),
            models.CheckConstraint(condition=models.Q(marking__in=Marking.values), name="review_marking_known"),
            models.CheckConstraint(condition=models.Q(state__in=ReviewState.values), name="review_state_known"),
        ]

    def __str__(self) -> str:
        return self.short_title or self.title


class ReviewUserPermission(UserPermissionBase):
    """Always empty: grants go to groups only. guardian looks for the table."""

    content_object = models.ForeignKey(Review, on_delete=models.CASCADE)

    class Meta(UserPermissionBase.Meta):
        default_permissions: ClassVar = ()


class ReviewGroupPermission(GroupPermissionBase):
    """guardian's rows for reviews, projected from participants and teams."""

    content_object = models.ForeignKey(Review, on_delete=models.CASCADE)

    class Meta(GroupPermissionBase.Meta):
        default_permissions: ClassVar = ()
