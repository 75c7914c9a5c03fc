"""The text of a section, as the log of its changes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.models.section import Section
from partnerships.models import Organisation


class CoeditWriter(models.Model):
    """One incarnation of a process that appends updates: its id and a counter make each row's key."""

    id = models.BigAutoField(primary_key=True)
    started_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return f"writer {self.pk}"


class SectionUpdate(models.Model):
    """One committed change (Yjs update, version 1). The log is the truth; a writer's rows commit in the order of `seq`."""

    id = models.BigAutoField(primary_key=True)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="updates")
    writer = models.ForeignKey(CoeditWriter, on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    data = models.BinaryField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["writer", "seq"], name="section_update_exactly_once")]
        indexes: ClassVar = [models.Index(fields=["section", "writer", "seq"], name="section_update_by_section")]

    def __str__(self) -> str:
        return f"{self.writer_id}:{self.seq}"


class SectionSnapshot(models.Model):
    """A section's text as a part of its log makes it, so that opening need not read that part. The log stays whole.

    `data` is the text; `waiting` are updates that wait for an earlier one, which `data` cannot hold.
    """

    section = models.OneToOneField(Section, on_delete=models.CASCADE, primary_key=True, related_name="snapshot")
    version = models.PositiveIntegerField(default=1)
    data = models.BinaryField()
    waiting = models.BinaryField(default=bytes)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        return f"snapshot {self.version} of {self.section_id}"


class SnapshotCover(models.Model):
    """How far a section's snapshot covers one writer's rows: to `seq`, which is in it."""

    id = models.BigAutoField(primary_key=True)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="+")
    writer = models.ForeignKey(CoeditWriter, on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["section", "writer"], name="snapshot_cover_unique")]

    def __str__(self) -> str:
        return f"{self.writer_id}:{self.seq}"
