"""What rooms further on add to a review. They register in their AppConfig.ready.

`on_participants_changed` runs inside the action's transaction, so that a partnership's access to everything in the
review changes at once or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from reviews.models import Review
from reviews.standing import Standing


@dataclass(frozen=True, slots=True)
class Door:
    """Something of a review that a person may open: its title, its address, and how far it is in words."""

    title: str
    url: str
    about: str = ""


# An organisation has joined or left.
on_participants_changed: list[Callable[[Review], None]] = []
# What this person may open, the main document first.
documents_of: list[Callable[[User, Review], list[Door]]] = []
# Where the review stands for this person, once there is more to say than `reviews.standing`; None where there is not.
standing_of: list[Callable[[User, Review], Standing | None]] = []


def participants_changed(review: Review) -> None:
    """Tell everybody registered."""
    for hook in on_participants_changed:
        hook(review)


def doors(user: User, review: Review) -> list[Door]:
    """Everything of a review that this person may open."""
    return [door for hook in documents_of for door in hook(user, review)]
