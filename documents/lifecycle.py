"""The life of a report, as data: who may move it, when, what is recorded and who is told.

`actions/states.py` moves a report by this table, the database refuses every other move (`database_rules.py`), and
`docs/lifecycle.md` is written from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType

from documents.models import ReportState
from partnerships.grants import Level

DRAFTING, FROZEN, AGREED = ReportState.DRAFTING, ReportState.FROZEN, ReportState.AGREED
SCHEDULED, PUBLISHED, WITHDRAWN = ReportState.SCHEDULED, ReportState.PUBLISHED, ReportState.WITHDRAWN

# The most that anybody may do while a report is in this state.
LEVEL_LIMIT: Mapping[ReportState, Level] = MappingProxyType(
    {state: Level.EDIT if state == DRAFTING else Level.COMMENT for state in ReportState}
)
# A version is out for signature, or its signatures count for what comes next.
SIGNED = (FROZEN, AGREED, SCHEDULED)


class Who(Enum):
    """Whose act moves a report."""

    LEAD = "a lead of the review"
    SIGNATORY = "somebody who signs for one of its seats"
    # It happens by itself as soon as its conditions hold; whoever did the act that it follows from is named.
    SYSTEM = "the portal itself"


class Guard(Enum):
    """What must hold, whoever asks."""

    REVIEW_OPEN = "the review is open"
    FROZEN_VERSION = "a frozen version of the report has been made"
    SEATS_FIXED = "every partnership that takes part has seats to sign it"
    REASON = "a reason is given"
    ALL_APPROVED = "every seat of every partnership that takes part has approved this version"
    DECLINED = "one of their seats has declined this version"
    PARTNERSHIP_LEFT = "a partnership that had to sign has left the review"
    NOT_ALL_APPROVED = "a seat has to sign that has not, or not any more"
    PUBLICATION = "everything that publishing needs is there"


class Notice(StrEnum):
    """What those concerned are told: the kinds of `notification_kinds.py`."""

    ASKED = "asked_to_sign"
    AGREED = "agreed"
    DECLINED = "declined"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Transition:
    """One kind of move. `verb` is its audit event; `notice` is None where nobody is told."""

    name: str
    label: str
    origins: tuple[ReportState, ...]
    target: ReportState
    who: Who
    guards: tuple[Guard, ...]
    verb: str
    notice: Notice | None

    @property
    def voids(self) -> bool:
        """Whether all signatures end: the report is being written again."""
        return self.target == DRAFTING


FREEZE = Transition(
    name="freeze",
    label="Freeze for signature",
    origins=(DRAFTING,),
    target=FROZEN,
    who=Who.LEAD,
    guards=(Guard.REVIEW_OPEN, Guard.FROZEN_VERSION, Guard.SEATS_FIXED),
    verb="report.frozen",
    notice=Notice.ASKED,
)
AGREE = Transition(
    name="agree",
    label="Every seat has approved",
    origins=(FROZEN,),
    target=AGREED,
    who=Who.SYSTEM,
    guards=(Guard.ALL_APPROVED,),
    verb="report.agreed",
    notice=Notice.AGREED,
)
DECLINE = Transition(
    name="decline",
    label="Decline to sign",
    origins=(FROZEN,),
    target=DRAFTING,
    who=Who.SIGNATORY,
    guards=(Guard.DECLINED, Guard.REASON),
    verb="report.declined",
    notice=Notice.DECLINED,
)
REOPEN = Transition(
    name="reopen",
    label="Open again for writing",
    origins=SIGNED,
    target=DRAFTING,
    who=Who.LEAD,
    guards=(Guard.REVIEW_OPEN, Guard.REASON),
    verb="report.reopened",
    notice=Notice.VOIDED,
)
RETURN = Transition(
    name="return",
    label="A partnership leaves",
    origins=SIGNED,
    target=DRAFTING,
    who=Who.SYSTEM,
    guards=(Guard.PARTNERSHIP_LEFT, Guard.REASON),
    verb="report.returned",
    notice=Notice.VOIDED,
)
ASK_AGAIN = Transition(
    name="ask_again",
    label="A signature is missing again",
    origins=(AGREED, SCHEDULED),
    target=FROZEN,
    who=Who.SYSTEM,
    guards=(Guard.NOT_ALL_APPROVED, Guard.REASON),
    verb="report.asked_again",
    notice=Notice.ASKED,
)
SCHEDULE = Transition(
    name="schedule",
    label="Set a publication date",
    origins=(AGREED,),
    target=SCHEDULED,
    who=Who.LEAD,
    guards=(Guard.REVIEW_OPEN, Guard.ALL_APPROVED, Guard.PUBLICATION),
    verb="report.scheduled",
    notice=None,
)
UNSCHEDULE = Transition(
    name="unschedule",
    label="Cancel the publication date",
    origins=(SCHEDULED,),
    target=AGREED,
    who=Who.LEAD,
    guards=(Guard.PUBLICATION, Guard.REASON),
    verb="report.unscheduled",
    notice=None,
)
PUBLISH = Transition(
    name="publish",
    label="Publish",
    origins=(SCHEDULED,),
    target=PUBLISHED,
    who=Who.SYSTEM,
    guards=(Guard.ALL_APPROVED, Guard.PUBLICATION),
    verb="report.published",
    notice=None,
)
WITHDRAW = Transition(
    name="withdraw",
    label="Withdraw from the public",
    origins=(PUBLISHED,),
    target=WITHDRAWN,
    who=Who.LEAD,
    guards=(Guard.PUBLICATION, Guard.REASON),
    verb="report.withdrawn",
    notice=None,
)

TRANSITIONS = (FREEZE, AGREE, DECLINE, REOPEN, RETURN, ASK_AGAIN, SCHEDULE, UNSCHEDULE, PUBLISH, WITHDRAW)
BY_NAME: Mapping[str, Transition] = MappingProxyType({transition.name: transition for transition in TRANSITIONS})


def moves() -> list[tuple[ReportState, ReportState]]:
    """Every step from a state to another that some transition takes, each once."""
    return sorted({(origin, one.target) for one in TRANSITIONS for origin in one.origins})


def leaving(state: ReportState) -> list[Transition]:
    """What can happen to a report in this state."""
    return [one for one in TRANSITIONS if state in one.origins]
