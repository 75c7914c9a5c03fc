"""Who signs for a partnership."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from partnerships.models.organisation import Organisation


class Seat(models.Model):
    """A place that has to sign what its partnership puts its name to: a chair, or council, health and police separately.

    The three statutory safeguarding partners are those of section 16E of the Children Act 2004.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seats")
    name = models.CharField(max_length=120)
    # The agency that the seat speaks for; none for an independent chair.
    agency = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["position", "name"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "name"], condition=models.Q(ended_at__isnull=True), name="seat_name_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="seat_ended_at_by_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatHolder(models.Model):
    """Who holds a seat, or stands in for its holder, from a day to a day, both included; without a last day it goes on."""

    id = models.BigAutoField(primary_key=True)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="holders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats_held")
    is_deputy = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["is_deputy", "valid_from", "id"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seat", "user", "valid_from"], name="seat_holder_unique"),
            models.UniqueConstraint(
                fields=["seat"],
                condition=models.Q(is_deputy=False, valid_to__isnull=True),
                name="seat_one_present_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="seat_holder_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.seat}"
