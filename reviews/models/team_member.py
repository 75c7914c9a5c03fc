"""Who works on a review for a participant."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from partnerships.models import TeamRole
from reviews.models.participant import Participant


class TeamMember(models.Model):
    """A person whom a participant has put on a review, in one role. Rows are ended, not deleted."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="team_memberships")
    role = models.CharField(max_length=10, choices=TeamRole)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["user__full_name"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "user"], condition=models.Q(ended_at__isnull=True), name="team_member_once"
            ),
            models.CheckConstraint(condition=models.Q(role__in=TeamRole.values), name="team_member_role_known"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="team_member_ended_at_by_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
