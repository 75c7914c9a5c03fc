"""What rooms further on do when something happens here, and what they know of access. They register in AppConfig.ready.

Hooks run inside the action's transaction, so that all of it happens or none.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import User
from partnerships.grants import Levels, Place
from partnerships.models import Membership, Seat


@dataclass(frozen=True, slots=True)
class Truth:
    """What a room's own tables say of the access to one kind of object. guardian's rows must say the same."""

    model: type[models.Model]
    # The rows by whose ids the levels are asked, and which are held while they are projected: those of `model`, or of
    # what it belongs to.
    keys: Callable[[], models.QuerySet[Any]]
    levels: Callable[[Collection[UUID]], Mapping[UUID, Levels]]


# Called with the membership that is about to end, and who ends it.
on_membership_ended: list[Callable[[Membership, User], None]] = []
# A seat has been added; whoever holds it comes later.
on_seat_added: list[Callable[[Seat, User], None]] = []
# Other people hold a seat or stand in for its holder, or on other days.
on_holders_changed: list[Callable[[Seat, User], None]] = []
# Whether something that is out for signature needs this seat.
seat_is_asked: list[Callable[[Seat], bool]] = []
# The access to everything that is granted.
truths: list[Truth] = []
# Who must be in which role group.
places: list[Callable[[], set[Place]]] = []
