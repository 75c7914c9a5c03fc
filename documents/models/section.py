"""A section: the unit of live editing, of assignment and, where restricted, of permission."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models.report import Report
from documents.querysets import SectionQuerySet
from partnerships.grants import GroupPermissionBase, Level, UserPermissionBase
from partnerships.models import Organisation
from reviews.models import Participant


class Restriction(models.TextChoices):
    """How a section that only named organisations may read looks to the others."""

    NONE = "none", "Not restricted"
    LISTED = "listed", "Restricted: others see its number and title, not its text"
    HIDDEN = "hidden", "Restricted: others see no trace of it"


class Numbering(models.TextChoices):
    """How a section takes its number: 1, 2 …; 10.1 below 10; A, B … for appendices; none for a foreword."""

    NONE = "none", "No number"
    MAIN = "main", "Number"
    SUB = "sub", "Number under the section above"
    APPENDIX = "appendix", "Letter (appendix)"


class Section(models.Model):
    """A titled part of a report. Its text is the log of `SectionUpdate` rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    numbering = models.CharField(max_length=10, choices=Numbering, default=Numbering.MAIN)
    title = models.CharField(max_length=200)
    guidance = models.TextField(blank=True, help_text="What belongs here: from the template, or a note to the writers.")
    assigned_to = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="assigned_sections"
    )
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    restriction = models.CharField(max_length=10, choices=Restriction, default=Restriction.NONE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar = SectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "id"]
        default_permissions: ClassVar = ()
        permissions: ClassVar = [
            ("view_section", "May read the section"),
            ("comment_section", "May comment on the section"),
            ("edit_section", "May write in the section"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "position"], name="section_position_unique"),
            models.CheckConstraint(condition=models.Q(restriction__in=Restriction.values), name="section_restriction_known"),
            models.CheckConstraint(condition=models.Q(numbering__in=Numbering.values), name="section_numbering_known"),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True, done_by__isnull=True)
                | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="section_done_at_by_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(deleted_at__isnull=True, deleted_by__isnull=True)
                | models.Q(deleted_at__isnull=False, deleted_by__isnull=False),
                name="section_deleted_at_by_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_restricted(self) -> bool:
        return self.restriction != Restriction.NONE

    @property
    def document_name(self) -> str:
        """Its name on the socket of live editing."""
        return f"section:{self.pk}"


class SectionGrant(models.Model):
    """The level of a named organisation on a restricted section. It overrides the report's level; no row means no access."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="grants")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="section_grants")
    level = models.PositiveSmallIntegerField(choices=Level.choices)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "participant"], name="section_grant_unique"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="section_grant_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.participant.organisation.short_name}: {self.get_level_display()}"


class SectionUserPermission(UserPermissionBase):
    """Always empty: grants go to groups only. guardian looks for the table."""

    content_object = models.ForeignKey(Section, on_delete=models.CASCADE)

    class Meta(UserPermissionBase.Meta):
        default_permissions: ClassVar = ()


class SectionGroupPermission(GroupPermissionBase):
    """guardian's rows for sections, projected from `ReportGrant` and `SectionGrant`."""

    content_object = models.ForeignKey(Section, on_delete=models.CASCADE)

    class Meta(GroupPermissionBase.Meta):
        default_permissions: ClassVar = ()
