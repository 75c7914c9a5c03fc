"""Background jobs of this room that come due by the clock."""

from datetime import time

from django_tasks import task

from accounts.jobs.schedule import Schedule
from documents.actions import round_reminders, section_reminders


@task()
def remind_of_rounds() -> None:
    """Tell those whom a comment round asks that its last day is near."""
    round_reminders.remind()


@task()
def remind_of_sections() -> None:
    """Tell those who write a section that its day is near."""
    section_reminders.remind()


# Before the e-mail of the day is written.
SCHEDULES = (
    Schedule("documents.remind_of_rounds", remind_of_rounds, at=time(6)),
    Schedule("documents.remind_of_sections", remind_of_sections, at=time(6)),
)
