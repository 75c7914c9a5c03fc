"""Seats of the cast's partnerships, for tests that are about signing."""

from datetime import date

from accounts.models import User
from partnerships.actions import organisations, seats
from partnerships.models import Organisation, Seat
from tests.support.cast import Cast

LONG_AGO = date(2020, 1, 1)
# The seats of the three partnerships, by the names that the cast has for these.
Chairs = dict[str, Seat]


def seat(partnership: Organisation, name: str, holder: User, *, by: User, agency: Organisation | None = None) -> Seat:
    """A seat that somebody has held for long."""
    made = seats.add(partnership, name=name, agency=agency, by=by)
    seats.appoint(made, user=holder, valid_from=LONG_AGO, by=by)
    return made


def one_each(cast: Cast) -> Chairs:
    """An independent chair in each partnership: amira, bella and gwen, their administrators."""
    return {
        "north_somerset": seat(cast.north_somerset, "Independent chair", cast.amira, by=cast.amira),
        "bristol": seat(cast.bristol, "Independent chair", cast.bella, by=cast.bella),
        "south_gloucestershire": seat(cast.south_gloucestershire, "Independent chair", cast.gwen, by=cast.gwen),
    }


def police_in_each(cast: Cast) -> Chairs:
    """The police's seat in each partnership, all three held by Piet."""
    partnerships = {
        "north_somerset": (cast.north_somerset, cast.amira),
        "bristol": (cast.bristol, cast.bella),
        "south_gloucestershire": (cast.south_gloucestershire, cast.gwen),
    }
    made = {}
    for name, (partnership, admin) in partnerships.items():
        affiliate(cast, partnership)
        made[name] = seat(partnership, "Police", cast.piet, by=admin, agency=cast.police)
    return made


def affiliate(cast: Cast, partnership: Organisation) -> None:
    """Let the police work in a partnership, as they do in all three."""
    organisations.affiliate(agency=cast.police, partnership=partnership, statutory=True, valid_from=LONG_AGO, by=None)
