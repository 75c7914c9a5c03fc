"""The seats that have to sign: fixed when a version is frozen, and shown to all from the start of drafting."""

from documents.models import Report, RequiredSeat, Version
from documents.signatures import signing_participants
from partnerships.seating import Seating, present_seats, seatings
from reviews.models import Participant


def signing_seats(report: Report) -> list[tuple[Participant, Seating]]:
    """Every present seat of every partnership that takes part, the lead's first, with who holds it today."""
    participants = sorted(signing_participants(report), key=lambda one: (not one.is_lead, one.organisation.name))
    by_partnership: dict[object, list[Seating]] = {}
    for sitting in seatings(present_seats([one.organisation for one in participants])):
        by_partnership.setdefault(sitting.seat.partnership_id, []).append(sitting)
    return [(one, sitting) for one in participants for sitting in by_partnership.get(one.organisation_id, ())]


def fix_seats(version: Version) -> None:
    """Write down which seats have to sign a version that has just been made, as they are called now."""
    RequiredSeat.objects.bulk_create(
        RequiredSeat(version=version, participant=participant, seat=sitting.seat, name=sitting.seat.name, position=position)
        for position, (participant, sitting) in enumerate(signing_seats(version.report), start=1)
    )
