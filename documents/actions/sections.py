"""Sections of a report: their order, titles, assignment and completion. Who may see them: `restrictions`."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents import ordering
from documents.actions.grants import project_report
from documents.actions.locks import lock_open, lock_section
from documents.actions.restrictions import release, restrict
from documents.actions.trail import record
from documents.models import Numbering, Report, ReportGrant, Section
from documents.titles import clean_title
from partnerships.models import Organisation
from reviews.models import ParticipantState

__all__ = [
    "add",
    "assign",
    "delete",
    "describe",
    "mark_done",
    "move",
    "release",
    "rename",
    "reopen",
    "restore",
    "restrict",
]

GUIDANCE_MAX = 2000


@transaction.atomic
def add(
    report: Report,
    *,
    title: str,
    by: User,
    numbering: Numbering = Numbering.MAIN,
    guidance: str = "",
    after: Section | None = None,
) -> Section:
    """Add an unrestricted section after another one of the report; at the end where none is named."""
    lock_open(report)
    _check_neighbour(report, after)
    last = ordering.last_of(report)
    section = Section.objects.create(
        report=report,
        position=last.position + 1 if last else 1,
        title=clean_title(title),
        numbering=numbering,
        guidance=_clean_guidance(guidance),
    )
    if after is not None and after != last:
        ordering.place(report, section, after=after)
    record("section.added", section, by=by)
    project_report(report)
    return section


@transaction.atomic
def rename(section: Section, *, title: str, by: User) -> None:
    """Change a section's title."""
    lock_section(section)
    title = clean_title(title)
    if title != section.title:
        section.title = title
        section.save(update_fields=["title"])
        record("section.renamed", section, by=by)


@transaction.atomic
def describe(section: Section, *, numbering: Numbering, guidance: str, by: User) -> None:
    """Change how a section is numbered and what the note to its writers says."""
    lock_section(section)
    guidance = _clean_guidance(guidance)
    if (numbering, guidance) != (section.numbering, section.guidance):
        section.numbering, section.guidance = numbering, guidance
        section.save(update_fields=["numbering", "guidance"])
        record("section.described", section, by=by, numbering=numbering)


@transaction.atomic
def move(section: Section, *, after: Section | None, by: User) -> None:
    """Put a section directly after another one, or first. Doing it twice changes nothing more."""
    lock_section(section)
    _check_neighbour(section.report, after)
    if after == section:
        raise ValidationError("A section cannot come after itself. Choose another place.")
    before = section.position
    ordering.place(section.report, section, after=after)
    if section.position != before:
        record("section.moved", section, by=by, after=str(after.pk) if after else None)


@transaction.atomic
def assign(section: Section, *, organisation: Organisation | None, due_on: date | None, by: User) -> None:
    """Say which organisation writes a section and by when. It must take part in the review and have the report."""
    lock_section(section)
    if due_on is not None and organisation is None:
        raise ValidationError({"due_on": "Choose who writes this section as well, or take the date away."})
    if organisation is not None and organisation.pk != section.assigned_to_id:
        _check_has_report(section, organisation)
    if (organisation, due_on) != (section.assigned_to, section.due_on):
        section.assigned_to, section.due_on = organisation, due_on
        section.save(update_fields=["assigned_to", "due_on"])
        due = due_on.isoformat() if due_on else None
        record("section.assigned", section, by=by, assigned_to=str(organisation.pk) if organisation else None, due_on=due)


@transaction.atomic
def mark_done(section: Section, *, by: User) -> None:
    """Say that a section is ready. Nothing more where it already was."""
    lock_section(section)
    if section.done_at is None:
        section.done_at, section.done_by = timezone.now(), by
        section.save(update_fields=["done_at", "done_by"])
        record("section.done", section, by=by)


@transaction.atomic
def reopen(section: Section, *, by: User) -> None:
    """Say that a section that was ready is being written again."""
    lock_section(section)
    if section.done_at is not None:
        section.done_at, section.done_by = None, None
        section.save(update_fields=["done_at", "done_by"])
        record("section.reopened", section, by=by)


@transaction.atomic
def delete(section: Section, *, by: User) -> None:
    """Take a section out of the report. Its text and its place are kept, so that it can be restored."""
    lock_section(section)
    section.deleted_at, section.deleted_by = timezone.now(), by
    section.save(update_fields=["deleted_at", "deleted_by"])
    record("section.deleted", section, by=by)
    project_report(section.report)


@transaction.atomic
def restore(section: Section, *, by: User) -> None:
    """Put a deleted section back in its place, with its text, its restriction and its assignment."""
    lock_open(section.report)
    section.refresh_from_db(fields=["deleted_at", "deleted_by"])
    if section.deleted_at is None:
        return
    section.deleted_at, section.deleted_by = None, None
    section.save(update_fields=["deleted_at", "deleted_by"])
    record("section.restored", section, by=by)
    project_report(section.report)


def _check_neighbour(report: Report, after: Section | None) -> None:
    if after is not None and after.report_id != report.pk:
        raise ValidationError("That section belongs to another report. Choose a place in this one.")


def _check_has_report(section: Section, organisation: Organisation) -> None:
    reaches = ReportGrant.objects.filter(
        report=section.report_id, participant__organisation=organisation, participant__state=ParticipantState.JOINED
    )
    if not reaches.exists():
        name = organisation.short_name
        raise ValidationError({"organisation": f"{name} cannot open this report. Give it access to the report first."})


def _clean_guidance(text: str) -> str:
    text = text.strip()
    if len(text) > GUIDANCE_MAX:
        raise ValidationError(f"The note has {len(text)} characters. Shorten it to {GUIDANCE_MAX} or fewer.")
    return text
