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
from partnerships.models import Membership


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
# The access to everything that is granted.
truths: list[Truth] = []
# Who must be in which role group.
places: list[Callable[[], set[Place]]] = []
