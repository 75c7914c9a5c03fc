"""Where a review stands, who holds the next step, and what it is: in words for its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from documents.models import Report, Section
from documents.my_work import Desk
from partnerships.models import Organisation
from reviews.models import Participant, ParticipantState, Review

STAGES = ("Set up", "Write", "Comment", "Freeze and sign", "Publish", "Track actions")
SET_UP, WRITE = 0, 1


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the stage map: `when` is done, now or later."""

    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A review on the first screen."""

    review: Review
    role: str
    lead: Organisation
    report: Report | None
    stages: Sequence[Stage]
    holder: Organisation
    next_step: str
    due_on: date | None


def standings(desk: Desk) -> list[Standing]:
    """One for each open review of this person, the newest first."""
    return [_standing(desk, review) for review in desk.reviews]


def _standing(desk: Desk, review: Review) -> Standing:
    listed = desk.reports[review.pk]
    report = listed[0] if listed else None
    lead = next(one.organisation for one in desk.participants[review.pk] if one.is_lead)
    holder, step, due_on = _next_step(desk, desk.participants[review.pk], report, lead)
    place = desk.places[review.pk]
    return Standing(
        review=review,
        role=f"{place.role.label} for {place.organisation.short_name}",
        lead=lead,
        report=report,
        stages=_stages(WRITE if report else SET_UP),
        holder=holder,
        next_step=step,
        due_on=due_on,
    )


def _stages(now: int) -> list[Stage]:
    return [Stage(name, "done" if index < now else "now" if index == now else "later") for index, name in enumerate(STAGES)]


def _next_step(
    desk: Desk, participants: Sequence[Participant], report: Report | None, lead: Organisation
) -> tuple[Organisation, str, date | None]:
    if report is not None:
        return _writing_step(desk, report, lead)
    invited = next((one.organisation for one in participants if one.state == ParticipantState.INVITED), None)
    if invited is not None:
        return invited, "answer the invitation to take part", None
    return lead, "make the joint report", None


def _writing_step(desk: Desk, report: Report, lead: Organisation) -> tuple[Organisation, str, date | None]:
    section: Section | None = desk.sections.next_to_write(report)
    if section is None or section.assigned_to is None:
        done, total = desk.sections.progress(report)
        return lead, "say who writes the rest" if done < total else "read it through: every section is done", None
    return section.assigned_to, f"write {desk.sections.title(section.pk)}", section.due_on
