"""Prints, as JSON, so many small worlds that it makes in a database with the cast: a partnership with three people, and a
review of theirs. What is done in one of them touches nobody of another. A program of its own, as `scene` is.
"""

import json
import sys
from typing import Any

import django

django.setup()

from accounts.actions import users  # noqa: E402
from accounts.models import User  # noqa: E402
from documents.actions import reports, sections  # noqa: E402
from documents.models import ReportKind  # noqa: E402
from partnerships.actions import memberships, organisations  # noqa: E402
from partnerships.grants import Level  # noqa: E402
from partnerships.models import Membership, MembershipRole, Organisation, OrganisationKind, TeamRole  # noqa: E402
from reviews.actions import participants, reviews  # noqa: E402
from reviews.models import Participant, Review, ReviewKind, TeamMember  # noqa: E402
from tests.documents.coedit.processes.scene import sessions_of  # noqa: E402
from tests.support.cast import PASSWORD  # noqa: E402
from tests.support.seats import seat  # noqa: E402


def main(worlds: int) -> None:
    """Amira of North Somerset leads every one of these reviews."""
    amira = User.objects.get(email="amira@cast.example")
    seat(Organisation.objects.get(slug="nsscp"), "Independent chair", amira, by=amira)
    print(json.dumps([_world(number, amira) for number in range(worlds)]))


def _world(number: int, amira: User) -> dict[str, Any]:
    partner = organisations.create(
        slug=f"partner-{number}",
        kind=OrganisationKind.PARTNERSHIP,
        name=f"Partnership {number}",
        short_name=f"Partner {number}",
        initials="PN",
    )
    people = _people(number, partner)
    seat(partner, "Independent chair", people["admin"], by=people["admin"])
    joined = _review(number, partner, people, amira)
    levels = {joined: Level.EDIT}
    report = reports.create(joined.review, title=f"Report {number}", kind=ReportKind.JOINT_REPORT, levels=levels, by=amira)
    findings = sections.add(report, title="Findings", by=amira)
    team = TeamMember.objects.filter(participant=joined)
    staff = Membership.objects.filter(organisation=partner)
    return {
        "report": str(report.pk),
        "findings": str(findings.pk),
        "partner": str(joined.pk),
        "lead": str(Participant.objects.get(review=joined.review, is_lead=True).pk),
        "places": {name: team.get(user=person).pk for name, person in people.items()},
        "memberships": {name: staff.get(user=person).pk for name, person in people.items()},
        "people": {name: sessions_of(person, report) for name, person in people.items()},
    }


def _people(number: int, partner: Organisation) -> dict[str, User]:
    """An administrator, a writer, and one who works for the police as well."""
    people = {
        name: users.create_from_invitation(
            email=f"{name}-{number}@cast.example", full_name=f"Somebody Test-{name.title()}", password=PASSWORD
        )
        for name in ("admin", "writer", "lent")
    }
    memberships.add(partner, people["admin"], MembershipRole.ADMIN, by=None)
    memberships.add(partner, people["writer"], MembershipRole.MEMBER, by=None)
    memberships.add(partner, people["lent"], MembershipRole.MEMBER, by=None)
    memberships.add(Organisation.objects.get(slug="police"), people["lent"], MembershipRole.MEMBER, by=None)
    return people


def _review(number: int, partner: Organisation, people: dict[str, User], amira: User) -> Participant:
    review: Review = reviews.open(
        organisation=Organisation.objects.get(slug="nsscp"),
        title=f"A test review of nothing, number {number}",
        reason="To have something to test with.",
        kind=ReviewKind.LOCAL_LEARNING,
        lead_reason="Somebody has to.",
        by=amira,
    )
    invited = participants.invite(review, partner, by=amira)
    participants.accept(invited, team=dict.fromkeys(people.values(), TeamRole.AUTHOR), by=people["admin"])
    return invited


if __name__ == "__main__":
    main(int(sys.argv[1]))
