"""Who signs for a partnership, on which day. Plain questions; what changes it is in `actions/seats.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from partnerships.models import Affiliation, Membership, Organisation, Seat, SeatHolder


@dataclass(frozen=True, slots=True)
class Seating:
    """A seat with its holder today (or None), and those who stand in today."""

    seat: Seat
    holder: SeatHolder | None
    deputies: list[SeatHolder]

    @property
    def people(self) -> list[User]:
        """Everybody who may sign for it today, the holder first."""
        return [one.user for one in ([self.holder] if self.holder else []) + self.deputies]


def present_seats(partnerships: Iterable[Organisation]) -> QuerySet[Seat]:
    """The seats that have not ended, with everybody who holds, held or will hold them."""
    holders = SeatHolder.objects.select_related("user")
    return (
        Seat.objects.select_related("partnership", "agency")
        .filter(partnership__in=list(partnerships), ended_at__isnull=True)
        .prefetch_related(Prefetch("holders", queryset=holders))
    )


def seatings(seats: Iterable[Seat], *, on: date | None = None) -> list[Seating]:
    """Who may sign for each of these seats (their holders loaded) on a day; today where none is named."""
    day = on or timezone.localdate()
    return [_seating(seat, [one for one in seat.holders.all() if covers(one, day)]) for seat in seats]


def covers(holder: SeatHolder, day: date) -> bool:
    """Whether a place in a seat holds on a day. Deactivated people sign nothing."""
    return holder.user.is_active and holder.valid_from <= day and (holder.valid_to is None or day <= holder.valid_to)


def held_by(user: User, *, on: date | None = None) -> QuerySet[SeatHolder]:
    """The places in seats that a person has on a day."""
    day = on or timezone.localdate()
    return SeatHolder.objects.filter(user=user, valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def could_hold(seat: Seat) -> list[User]:
    """Active people of the partnership, and of the agency that the seat speaks for while it works in the partnership."""
    organisations = [seat.partnership_id]
    if seat.agency_id and seat.agency_id in {agency.pk for agency in agencies_of(seat.partnership)}:
        organisations.append(seat.agency_id)
    members = Membership.objects.filter(organisation__in=organisations, user__is_active=True)
    return list(User.objects.filter(pk__in=members.values("user")).order_by("full_name", "pk"))


def agencies_of(partnership: Organisation) -> list[Organisation]:
    """The agencies that work in a partnership today."""
    today = timezone.localdate()
    present = Affiliation.objects.filter(partnership=partnership, valid_from__lte=today).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    )
    return list(Organisation.objects.filter(pk__in=present.values("agency")))


def _seating(seat: Seat, present: list[SeatHolder]) -> Seating:
    holder = next((one for one in present if not one.is_deputy), None)
    return Seating(seat, holder, [one for one in present if one.is_deputy])
