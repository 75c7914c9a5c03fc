"""Bringing back what a section said before."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from documents.access import acting_for
from documents.actions.locks import lock_section
from documents.actions.trail import record
from documents.coedit.arrivals import tell
from documents.coedit.log import read_one, text_of
from documents.coedit.store import append_offline
from documents.history.texts import replica_at
from documents.models import Section
from documents.text.restoring import restoring_update


@transaction.atomic
def restore_text(section: Section, *, row: int, at: datetime, by: User) -> None:
    """Make a section's text what it was when this row of its log had been stored, as a new edit of this person.

    Nothing is taken out of the log, so restoring what was before brings all of it back. What others are typing stays.
    """
    lock_section(section)
    organisation = acting_for(by, section.report)
    now = text_of(section.pk, read_one(section.pk))
    update = restoring_update(now.doc, replica_at(section.pk, row).doc)
    if not update:
        raise ValidationError("The section already says what it said then, so there is nothing to restore.")
    append_offline(section.pk, [update], author_id=by.pk, organisation_id=organisation.pk)
    record("section.text_restored", section, by=by, row=row, to=at.isoformat())
    tell(section.pk, update)
