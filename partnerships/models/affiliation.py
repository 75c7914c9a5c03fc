"""Which agency works in which partnership, and since when."""

from typing import ClassVar

from django.db import models

from partnerships.models.organisation import Organisation


class Affiliation(models.Model):
    """An agency's place in a partnership. Agencies rename and merge, so it has dates."""

    partnership = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agency_affiliations")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnership_affiliations")
    statutory = models.BooleanField(default=False, help_text="A statutory safeguarding partner, not only a relevant agency.")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "agency", "valid_from"], name="affiliation_unique"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="affiliation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} in {self.partnership}"
