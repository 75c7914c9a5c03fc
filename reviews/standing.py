"""Where a review stands, who holds the next step, and what it is, as far as participants and teams tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partnerships.models import Organisation, TeamRole
from reviews.models import Participant, ParticipantState, Review, ReviewState, TeamMember

STAGES = ("Set up", "Writing", "Comments", "Sign-off", "Published", "Actions")
SET_UP, WRITING, COMMENTS, SIGN_OFF, PUBLISHED, ACTIONS = range(len(STAGES))


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the stage map: `when` is done, now or later."""

    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`holder` None: nobody has to do anything."""

    stages: Sequence[Stage]
    holder: Organisation | None
    step: str
    due_on: date | None = None


def stages(now: int) -> list[Stage]:
    """The stage map with this step as the present one."""
    return [Stage(name, "done" if index < now else "now" if index == now else "later") for index, name in enumerate(STAGES)]


def standing(review: Review, participants: Sequence[Participant]) -> Standing:
    """From the participants that are invited or take part, their teams loaded."""
    if review.state == ReviewState.CLOSED:
        return Standing(stages(len(STAGES)), None, "this review is closed")
    lead = next(participant for participant in participants if participant.is_lead)
    if not any(_leads(member) for member in lead.team.all()):
        return Standing(stages(SET_UP), lead.organisation, "its administrator names a lead, because the review has none")
    invited = [participant for participant in participants if participant.state == ParticipantState.INVITED]
    if invited:
        return Standing(stages(SET_UP), invited[0].organisation, "answer the invitation to take part")
    if len(participants) == 1:
        return Standing(stages(SET_UP), lead.organisation, "invite the other partnerships")
    return Standing(stages(WRITING), lead.organisation, "lead the writing of the joint report")


def _leads(member: TeamMember) -> bool:
    return member.role == TeamRole.LEAD and member.ended_at is None and member.user.is_active
