"""A safeguarding partnership, or an agency that works in one or several of them."""

import uuid
from typing import ClassVar

from django.db import models


class OrganisationKind(models.TextChoices):
    PARTNERSHIP = "partnership", "Partnership"
    AGENCY = "agency", "Agency"


class OrganisationColour(models.TextChoices):
    """Colour and line style of an organisation's mark (see the styles' `o-*` classes)."""

    FIRST = "ns", "Blue, solid line"
    SECOND = "kb", "Plum, dashed line"
    THIRD = "sg", "Olive, dotted line"
    AGENCY = "ag", "Grey, double line"


class Organisation(models.Model):
    """The principal to whom access is granted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40, help_text="As used in running text, such as “Bristol”.")
    initials = models.CharField(max_length=3)
    colour = models.CharField(max_length=2, choices=OrganisationColour, default=OrganisationColour.AGENCY)
    sector = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=100, blank=True)
    # [{"name": "North Somerset Safeguarding Children Board", "until": "2019-09-28"}]: `until` is its last day.
    former_names = models.JSONField(default=list, blank=True)
    require_second_step = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_partnership(self) -> bool:
        return self.kind == OrganisationKind.PARTNERSHIP
