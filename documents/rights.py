"""What one socket of live editing may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from partnerships.grants import Level


@dataclass(frozen=True, slots=True)
class SocketRights:
    """A person, as others see them on the page, and their level on each section whose text they may read."""

    user_id: UUID
    full_name: str
    initials: str
    organisation_id: UUID
    organisation_name: str
    organisation_short_name: str
    colour: str
    report_id: UUID
    review_id: UUID
    levels: Mapping[UUID, Level]
