"""Where an organisation's level meets a person's role: four groups for each principal."""

from typing import ClassVar

from django.contrib.auth.models import Group
from django.db import models


class TeamRole(models.TextChoices):
    """What a person may do at most on a review. The organisation's level limits it further."""

    OBSERVER = "observer", "Observer"
    REVIEWER = "reviewer", "Reviewer"
    AUTHOR = "author", "Author"
    LEAD = "lead", "Lead"


class RoleGroup(models.Model):
    """One of the four Django groups of a principal (a participant of a review), which guardian's rows point at."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, primary_key=True, related_name="role_group")
    principal_id = models.UUIDField()
    role = models.CharField(max_length=10, choices=TeamRole)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["principal_id", "role"], name="role_group_unique"),
            models.CheckConstraint(condition=models.Q(role__in=TeamRole.values), name="role_group_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.principal_id}"
