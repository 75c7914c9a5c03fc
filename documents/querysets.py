"""Querysets of the documents room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from partnerships import grants
from reviews.models import ParticipantState, TeamMember

if TYPE_CHECKING:
    from documents.models import Report, Section, Thread  # noqa: F401 (named in the class headers below)


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


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads of comments."""

    def visible_to(self, user: User) -> Self:
        """Only those about sections that this person may read, without what another organisation keeps to itself."""
        from documents.models import Section

        place = TeamMember.objects.filter(
            user=user,
            ended_at__isnull=True,
            participant__state=ParticipantState.JOINED,
            participant__organisation_id=OuterRef("only_for_id"),
            participant__review_id=OuterRef("section__report__review_id"),
        )
        readable = Section.objects.visible_to(user).values("pk")
        return self.filter(Q(only_for__isnull=True) | Exists(place), section__in=readable)

    def heard_by(self, organisation_ids: Iterable[UUID]) -> Self:
        """Without what organisations other than these keep to themselves."""
        return self.filter(Q(only_for__isnull=True) | Q(only_for__in=list(organisation_ids)))
