"""Querysets of the documents room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.models import User
from partnerships import grants

if TYPE_CHECKING:
    from documents.models import Report, Section  # noqa: F401 (named in the class headers below)


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports."""

    def visible_to(self, user: User) -> Self:
        """Only the reports that this person may at least read."""
        return grants.visible(self, user)

    def main_first(self) -> Self:
        """The joint report before whatever goes with it, and the newest of each first."""
        is_other = models.Case(models.When(kind="joint_report", then=0), default=1)
        return self.order_by(is_other, "-created_at", "-id")


class SectionQuerySet(models.QuerySet["Section"]):
    """Sections of reports."""

    def visible_to(self, user: User) -> Self:
        """Only the present sections whose text this person may at least read."""
        return grants.visible(self.present(), user)

    def present(self) -> Self:
        """Without those that have been deleted (and can still be restored)."""
        return self.filter(deleted_at__isnull=True)
