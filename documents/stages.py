"""Where a review with a report stands, who holds the next step, and what it is: in words for its people."""

from dataclasses import dataclass

from documents.known_sections import KnownSections
from documents.models import Report
from documents.my_work import Desk
from partnerships.models import Organisation
from reviews.models import Review
from reviews.standing import WRITING, Standing, stages, standing


@dataclass(frozen=True, slots=True)
class Card:
    """A review on the first screen."""

    review: Review
    role: str
    lead: Organisation
    report: Report | None
    standing: Standing


def cards(desk: Desk) -> list[Card]:
    """One for each open review of this person, the newest first."""
    return [_card(desk, review) for review in desk.reviews]


def writing(known: KnownSections, report: Report, lead: Organisation) -> Standing:
    """Where a review stands whose report is being written: the section that is due first has the next step."""
    section = known.next_to_write(report)
    if section is not None and section.assigned_to is not None:
        return Standing(stages(WRITING), section.assigned_to, f"write {known.title(section.pk)}", section.due_on)
    done, total = known.progress(report)
    return Standing(stages(WRITING), lead, _for_the_lead(done, total))


def _for_the_lead(done: int, total: int) -> str:
    if not total:
        return "add the first sections of the report"
    return "say who writes the rest" if done < total else "read the report through: every section is done"


def _card(desk: Desk, review: Review) -> Card:
    participants, listed = desk.participants[review.pk], desk.reports[review.pk]
    report = listed[0] if listed else None
    lead = next(one.organisation for one in participants if one.is_lead)
    place = desk.places[review.pk]
    return Card(
        review=review,
        role=f"{place.role.label} for {place.organisation.short_name}",
        lead=lead,
        report=report,
        standing=writing(desk.sections, report, lead) if report else standing(review, participants),
    )
