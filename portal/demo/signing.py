"""Who signs in the demonstration: nine seats, held by five people."""

from collections.abc import Mapping
from datetime import date

from accounts.models import User
from partnerships.actions import seats
from partnerships.models import Organisation
from portal.demo import data

# Before the review began.
SINCE = date(2026, 1, 1)


def load_seats(organisations: Mapping[str, Organisation], people: Mapping[str, User]) -> None:
    """Make the seats of each partnership, and say who holds them."""
    admins = {person["organisation"]: people[key] for key, person in data.people().items() if person["organisation_admin"]}
    holders = {seat: people[key] for key, person in data.people().items() for seat in person["seats"]}
    for item in data.read("organisations")["sign_off_seats"]:
        partnership, agency = organisations[item["partnership"]], organisations[item["agency"]]
        admin = admins[item["partnership"]]
        seat = seats.add(partnership, name=item["label"], agency=agency, by=admin)
        seats.appoint(seat, user=holders[item["id"]], valid_from=SINCE, by=admin)
