"""Where a review with a report stands, who holds the next step, and what it is: in words for its people."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.known_sections import KnownSections
from documents.models import Report, ReportKind, ReportState
from documents.waiting.my_work import Desk
from documents.waiting.progress import Progress
from partnerships.models import Organisation
from reviews.models import Participant, Review
from reviews.standing import ACTIONS, COMMENTS, PUBLISHED, SIGN_OFF, WRITING, Standing, stages, standing

# What is published together, and therefore signed together.
SIGNED_KINDS = (ReportKind.JOINT_REPORT, ReportKind.JOINT_STATEMENT)


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


def standing_with(
    known: KnownSections, progress: Progress, reports: Sequence[Report], participants: Sequence[Participant]
) -> Standing:
    """Where a review stands that has these reports, the main one first: at the first that is not agreed yet."""
    unfinished = (ReportState.DRAFTING, ReportState.FROZEN)
    signed = [report for report in reports if report.kind in SIGNED_KINDS]
    report = next((one for one in signed if one.state in unfinished), reports[0])
    lead = _lead(participants)
    if report.state == ReportState.DRAFTING:
        return _drafting(known, progress, report, lead, participants)
    return _signing(progress, report, lead) if report.state == ReportState.FROZEN else _signed(report, lead)


def _drafting(
    known: KnownSections, progress: Progress, report: Report, lead: Organisation, participants: Sequence[Participant]
) -> Standing:
    """A round comes before the section that is due first; what stands in the way of freezing comes after all are done."""
    if open_round := progress.round_of(report):
        return Standing(stages(COMMENTS), lead, f"close the comment round “{open_round.name}”", open_round.closes_on)
    section = known.next_to_write(report)
    if section is not None and section.assigned_to is not None:
        return Standing(stages(WRITING), section.assigned_to, f"write {known.title(section.pk)}", section.due_on)
    done, total = known.progress(report)
    if not total:
        return Standing(stages(WRITING), lead, "add the first sections of the report")
    if done < total:
        return Standing(stages(WRITING), lead, "say who writes the rest")
    return _before_freezing(progress, report, lead, participants)


def _before_freezing(
    progress: Progress, report: Report, lead: Organisation, participants: Sequence[Participant]
) -> Standing:
    """Every section is done. Whoever has to act first is named."""
    if risks := progress.risks(report):
        return Standing(stages(COMMENTS), lead, f"settle {_count(risks, 'comment')} about a risk of recognising somebody")
    if suggestions := progress.suggestions(report):
        return Standing(stages(COMMENTS), lead, f"decide {_count(suggestions, 'suggestion')}")
    if partnership := progress.without_signatory(participants):
        return Standing(stages(COMMENTS), partnership, "say who signs for it")
    return Standing(stages(COMMENTS), lead, "read the report through and freeze it: every section is done")


def _signing(progress: Progress, report: Report, lead: Organisation) -> Standing:
    seats = progress.seats_of(report)
    missing = [seat for seat in seats if not seat.is_signed]  # type: ignore[attr-defined]  # annotated
    if not missing:
        return Standing(stages(SIGN_OFF), lead, f"look at the signatures of “{report}”")
    signed = f"{len(seats) - len(missing)} of {_count(len(seats), 'seat')} {'has' if len(seats) == 1 else 'have'} signed"
    return Standing(stages(SIGN_OFF), missing[0].participant.organisation, f"sign “{report}” ({signed})")


def _signed(report: Report, lead: Organisation) -> Standing:
    if report.state == ReportState.AGREED:
        return Standing(stages(PUBLISHED), lead, "prepare the publication: every seat has signed")
    if report.state == ReportState.SCHEDULED:
        return Standing(stages(PUBLISHED), lead, "publish on the day that was set")
    return Standing(stages(ACTIONS), lead, "see the recommendations through")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _lead(participants: Sequence[Participant]) -> Organisation:
    return next(one.organisation for one in participants if one.is_lead)


def _card(desk: Desk, review: Review) -> Card:
    participants, listed = desk.participants[review.pk], desk.reports[review.pk]
    place = desk.places[review.pk]
    written = standing_with(desk.sections, desk.progress, listed, participants) if listed else None
    return Card(
        review=review,
        role=f"{place.role.label} for {place.organisation.short_name}",
        lead=_lead(participants),
        report=listed[0] if listed else None,
        standing=written or standing(review, participants),
    )
