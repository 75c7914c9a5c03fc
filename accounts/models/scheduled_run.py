"""That work which is due at a time was handed to the jobs."""

from typing import ClassVar

from django.db import models


class ScheduledRun(models.Model):
    """One row for each time that a schedule came due: however many workers look at the clock, one of them makes it."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    due_at = models.DateTimeField()

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "due_at"], name="scheduled_run_once")]

    def __str__(self) -> str:
        return f"{self.name} at {self.due_at}"
