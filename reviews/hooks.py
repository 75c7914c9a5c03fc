"""What rooms further on add to a review. They register in their AppConfig.ready.

`on_participants_changed` runs inside the action's transaction, so that a partnership's access to everything in the
review changes at once or not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import AuditEvent, User
from reviews.models import Participant, Review
from reviews.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Door:
    """Something of a review that a person may open: its title, its address, and how far it is in words."""

    title: str
    url: str
    about: str = ""
    # Which tab of the review leads to it: the first of each name does.
    tab: str = "Report"
    sheet_url: str = ""


# An organisation has joined or left.
on_participants_changed: list[Callable[[Review], None]] = []
# What this person may open, the main document first.
documents_of: list[Callable[[User, Review], list[Door]]] = []
# What the lead can make next, the main document first.
offers_of: list[Callable[[Review], list[Door]]] = []
# Where the review stands for this person, once there is more to say than `reviews.standing`; None where there is not.
standing_of: list[Callable[[User, Review], Standing | None]] = []
# Takes events out of a review's trail that this person may not know of (about a section hidden from them, say).
conceal: list[Callable[[User, Review, QuerySet[AuditEvent]], QuerySet[AuditEvent]]] = []


def participants_changed(review: Review) -> None:
    """Tell everybody registered."""
    for hook in on_participants_changed:
        hook(review)


def doors(user: User, review: Review) -> list[Door]:
    """Everything of a review that this person may open."""
    return [door for hook in documents_of for door in hook(user, review)]


def offers(review: Review) -> list[Door]:
    """What the lead can make."""
    return [offer for hook in offers_of for offer in hook(review)]


def where_it_stands(user: User, review: Review, participants: Sequence[Participant]) -> Standing:
    """What a later room says of the review's progress, or else what its participants (teams loaded) tell."""
    answers = (hook(user, review) for hook in standing_of)
    return next((answer for answer in answers if answer is not None), None) or standing(review, participants)


def visible_events(user: User, review: Review, events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    """A review's trail without what this person may not know of."""
    for hook in conceal:
        events = hook(user, review, events)
    return events
