"""Since when an organisation can read a section."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from documents.models.section import Section
from reviews.models import Participant


class ReadingSpan(models.Model):
    """A time in which a participant could read a section; without an end, it still can. History is shown by these."""

    id = models.BigAutoField(primary_key=True)
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="reading_spans")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="reading_spans")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["section", "participant"], condition=models.Q(until__isnull=True), name="reading_span_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="reading_span_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} from {self.since:%Y-%m-%d %H:%M}"
