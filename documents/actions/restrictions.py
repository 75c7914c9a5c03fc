"""Restricting a section to named organisations, and releasing it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from documents.actions.grants import check_participant, project_report
from documents.actions.locks import lock_section
from documents.actions.trail import record
from documents.models import Restriction, Section, SectionGrant
from partnerships.grants import Level
from reviews.models import Participant


@transaction.atomic
def restrict(section: Section, *, restriction: Restriction, levels: Mapping[Participant, Level], by: User) -> None:
    """Let only the named organisations see a section's text, at these levels, until it is released.

    They replace those of an earlier restriction. At least one must be able to write, or nobody could ever release it.
    """
    lock_section(section)
    _check(section, restriction, levels)
    section.restriction = restriction
    section.save(update_fields=["restriction"])
    section.grants.all().delete()
    SectionGrant.objects.bulk_create(
        SectionGrant(section=section, participant=participant, level=level) for participant, level in levels.items()
    )
    named = {str(participant.organisation_id): int(level) for participant, level in levels.items()}
    record("section.restricted", section, by=by, restriction=restriction, levels=named)
    project_report(section.report)


@transaction.atomic
def release(section: Section, *, by: User) -> None:
    """End a restriction: everybody who may read the report may read the section, at the report's levels."""
    lock_section(section)
    if section.restriction == Restriction.NONE:
        return
    before, section.restriction = section.restriction, Restriction.NONE
    section.save(update_fields=["restriction"])
    section.grants.all().delete()
    record("section.released", section, by=by, before=before)
    project_report(section.report)


def _check(section: Section, restriction: Restriction, levels: Mapping[Participant, Level]) -> None:
    if restriction == Restriction.NONE:
        raise ValidationError("Choose what the other organisations see of this section.")
    if Level.EDIT not in levels.values():
        raise ValidationError("Let at least one organisation write in this section. Without one, nobody could release it.")
    with_report = set(section.report.grants.values_list("participant_id", flat=True))
    for participant in levels:
        check_participant(section.report.review, participant)
        if participant.pk not in with_report:
            name = participant.organisation.short_name
            raise ValidationError(f"{name} cannot open this report. Give it access to the report first.")
