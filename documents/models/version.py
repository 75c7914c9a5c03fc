"""The text of a report at one moment, for ever."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models.report import Report
from documents.models.section import Numbering, Section
from partnerships.models import Organisation

# The database refuses to change or delete their rows (`accounts.append_only`).
IMMUTABLE = ("documents_version", "documents_versionsection")


class VersionKind(models.TextChoices):
    MILESTONE = "milestone", "Milestone"
    FROZEN = "frozen", "Frozen for signature"


class Version(models.Model):
    """Immutable: the database refuses to change or delete it and its sections. Only its ending is told elsewhere.

    `canonical` is the JSON text whose UTF-8 bytes `sha256` is taken of (`docs/versions.md` says how anybody recomputes it).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=VersionKind)
    name = models.CharField(max_length=120)
    reason = models.TextField(blank=True)
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    words = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-number"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="version_number_unique"),
            models.CheckConstraint(condition=models.Q(kind__in=VersionKind.values), name="version_kind_known"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class VersionSection(models.Model):
    """A section as a version holds it: its number and title then, its content as ProseMirror JSON and as HTML.

    `number` is that of the version's own list; for a reader who may not know of all its sections they are counted anew.
    `sha256` is taken of its title and text in the canonical form: equal where nothing was changed.
    """

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sections")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="in_versions")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=12, blank=True)
    numbering = models.CharField(max_length=10, choices=Numbering)
    title = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    words = models.PositiveIntegerField()
    content = models.JSONField()
    html = models.TextField(blank=True)
    is_restricted = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["position"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "section"], name="version_section_once"),
            models.UniqueConstraint(fields=["version", "position"], name="version_section_position_unique"),
            models.CheckConstraint(
                condition=models.Q(numbering__in=Numbering.values), name="version_section_numbering_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title
