"""Who signs for the partnerships of a review, shown to everybody on it from the start."""

from collections.abc import Iterable

from partnerships.models import Organisation
from partnerships.seating import Seating, present_seats, seatings
from reviews.models import Participant, ParticipantState


def who_signs(participants: Iterable[Participant]) -> list[tuple[Organisation, list[Seating]]]:
    """The seats of each partnership that takes part, in three queries. Agencies sign in seats of partnerships."""
    joined = [one.organisation for one in participants if one.state == ParticipantState.JOINED]
    partnerships = [organisation for organisation in joined if organisation.is_partnership]
    found = seatings(present_seats(partnerships))
    return [(one, [seat for seat in found if seat.seat.partnership_id == one.pk]) for one in partnerships]
