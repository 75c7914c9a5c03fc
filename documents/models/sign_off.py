"""Signatures on a frozen version: one for every seat of every participating partnership."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models.version import Version
from partnerships.models import Organisation, Seat
from reviews.models import Participant


class RequiredSeat(models.Model):
    """A seat that has to sign a version, fixed when it was frozen: what the seat was called then stays readable."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="seats")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="required_by")
    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["position", "id"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "seat"], name="required_seat_once")]

    def __str__(self) -> str:
        return self.name


class VersionOpening(models.Model):
    """That a person has opened the text of a version: nobody signs what they have not opened."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="openings")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "opened_by"], name="version_opening_once")]

    def __str__(self) -> str:
        return f"opening {self.pk}"


class Decision(models.TextChoices):
    APPROVED = "approved", "Approved"
    APPROVED_WITH_NOTE = "approved_with_note", "Approved, with a note"
    DECLINED = "declined", "Declined"


class SignOff(models.Model):
    """A seat's decision on a version. Never changed: it can only be voided, with who and why, and stays in the record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    required_seat = models.ForeignKey(RequiredSeat, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=20, choices=Decision)
    # The note of an approval, or the reason of a refusal.
    note = models.TextField(blank=True)
    # As whom the person signed: the organisation that put them on the review.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_deputy = models.BooleanField(default=False)
    signed_at = models.DateTimeField(default=timezone.now, editable=False)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    void_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["signed_at", "id"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["required_seat"], condition=models.Q(voided_at__isnull=True), name="sign_off_one_standing"
            ),
            models.CheckConstraint(condition=models.Q(decision__in=Decision.values), name="sign_off_decision_known"),
            models.CheckConstraint(
                condition=models.Q(decision="approved", note="") | ~models.Q(decision="approved") & ~models.Q(note=""),
                name="sign_off_note_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | models.Q(voided_at__isnull=False, voided_by__isnull=False) & ~models.Q(void_reason=""),
                name="sign_off_voided_at_by_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.required_seat}"
