"""A document that several organisations write together."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.querysets import ReportQuerySet
from partnerships.grants import GroupPermissionBase, Level, UserPermissionBase
from reviews.models import Participant, Review


class ReportKind(models.TextChoices):
    JOINT_REPORT = "joint_report", "Joint report"
    JOINT_STATEMENT = "joint_statement", "Joint statement"
    AGENCY_REPORT = "agency_report", "Agency report"
    BRIEFING = "briefing", "Learning Together briefing"
    RESPONSE = "response", "Response"


class ReportState(models.TextChoices):
    """From draft to public. Transitions are data: `documents/lifecycle.py`."""

    DRAFTING = "drafting", "Being written"
    FROZEN = "frozen", "Frozen for signature"
    AGREED = "agreed", "Agreed"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Report(models.Model):
    """A report of a review: an ordered list of sections."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=20, choices=ReportKind)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFTING)
    # The version that is out for signature, or was agreed. None while the report is being written.
    signed_version = models.ForeignKey(
        "documents.Version", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        default_permissions: ClassVar = ()
        permissions: ClassVar = [
            ("view_report", "May read the report"),
            ("comment_report", "May comment on the report"),
            ("edit_report", "May write in the report"),
        ]
        indexes: ClassVar = [models.Index(fields=["-created_at", "-id"], name="report_newest_first")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=ReportKind.values), name="report_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="drafting", signed_version__isnull=True)
                | ~models.Q(state="drafting") & models.Q(signed_version__isnull=False),
                name="report_signs_a_version_unless_drafting",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tab(self) -> str:
        """Under which tab of its review it is found."""
        return "Statement" if self.kind == ReportKind.JOINT_STATEMENT else "Report"


class ReportGrant(models.Model):
    """The level that the lead has set for an organisation on a report. No row means no access."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="grants")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="report_grants")
    level = models.PositiveSmallIntegerField(choices=Level.choices)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "participant"], name="report_grant_unique"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="report_grant_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.participant.organisation.short_name}: {self.get_level_display()}"


class ReportUserPermission(UserPermissionBase):
    """Always empty: grants go to groups only. guardian looks for the table."""

    content_object = models.ForeignKey(Report, on_delete=models.CASCADE)

    class Meta(UserPermissionBase.Meta):
        default_permissions: ClassVar = ()


class ReportGroupPermission(GroupPermissionBase):
    """guardian's rows for reports, projected from `ReportGrant`."""

    content_object = models.ForeignKey(Report, on_delete=models.CASCADE)

    class Meta(GroupPermissionBase.Meta):
        default_permissions: ClassVar = ()
