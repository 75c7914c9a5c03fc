"""The levels that the domain's tables say. guardian's rows are their projection."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from documents.models import Report, ReportGrant, Restriction, Section, SectionGrant
from partnerships.grants import Level
from partnerships.hooks import Truth
from reviews.models import ParticipantState

Levels = Mapping[UUID, Level]  # participant id -> level


def report_levels(report_ids: Iterable[UUID]) -> dict[UUID, Levels]:
    """The level of each joined participant on each of these reports."""
    wanted: dict[UUID, dict[UUID, Level]] = {report_id: {} for report_id in report_ids}
    rows = ReportGrant.objects.filter(report_id__in=wanted, participant__state=ParticipantState.JOINED)
    for report_id, participant_id, level in rows.values_list("report_id", "participant_id", "level"):
        wanted[report_id][participant_id] = Level(level)
    return dict(wanted)


def section_levels(report_ids: Iterable[UUID]) -> dict[UUID, Levels]:
    """The level of each joined participant on each section of these reports, deleted ones included.

    A restricted section has its own levels, in the place of the report's. They need the report's as a door: whoever may
    not open the report has no level on any of its sections.
    """
    on_report = report_levels(report_ids)
    sections = list(Section.objects.filter(report_id__in=on_report).values_list("pk", "report_id", "restriction"))
    own = _own_levels([pk for pk, _, restriction in sections if restriction != Restriction.NONE])
    return {
        pk: on_report[report_id] if restriction == Restriction.NONE else _behind_door(own[pk], on_report[report_id])
        for pk, report_id, restriction in sections
    }


def _behind_door(own: Levels, door: Levels) -> Levels:
    return {participant: level for participant, level in own.items() if participant in door}


def _own_levels(section_ids: list[UUID]) -> dict[UUID, dict[UUID, Level]]:
    own: dict[UUID, dict[UUID, Level]] = defaultdict(dict)
    rows = SectionGrant.objects.filter(section_id__in=section_ids, participant__state=ParticipantState.JOINED)
    for section_id, participant_id, level in rows.values_list("section_id", "participant_id", "level"):
        own[section_id][participant_id] = Level(level)
    return own


# A section's levels follow from its report's, so they are asked by report.
TRUTHS = [
    Truth(model=Report, keys=Report.objects.all, levels=report_levels),
    Truth(model=Section, keys=Report.objects.all, levels=section_levels),
]
