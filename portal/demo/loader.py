"""Loads the demonstration case through the actions that people use, so that it obeys every rule and leaves a trail."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from accounts import append_only
from accounts.actions import users
from accounts.models import User
from documents import database_rules
from documents.models import Report
from partnerships.actions import memberships, organisations
from partnerships.models import MembershipRole, Organisation, OrganisationColour, OrganisationKind, TeamRole
from portal.demo import data
from portal.demo.discussion import DiscussionLoader
from portal.demo.report import ReportLoader
from portal.demo.sign_ins import PASSWORD
from portal.demo.signing import load_seats
from portal.demo.statement import load_statement
from reviews.actions import participants, reviews, teams
from reviews.models import Marking, Participant, Review, ReviewKind

# How the partnerships are called in running text, and the look of their marks; agencies share one look.
PARTNERSHIPS = {
    "nsscp": ("North Somerset", "NS", OrganisationColour.FIRST),
    "kbsp": ("Bristol", "KB", OrganisationColour.SECOND),
    "sgcp": ("South Gloucestershire", "SG", OrganisationColour.THIRD),
}
AGENCIES = {
    "north-somerset-council": ("North Somerset Council", "NC"),
    "bristol-city-council": ("Bristol City Council", "BC"),
    "south-gloucestershire-council": ("South Gloucestershire Council", "SC"),
    "avon-and-somerset-police": ("Avon and Somerset Police", "AS"),
    "probation-service": ("Probation Service", "PS"),
}


def is_loaded() -> bool:
    """Whether the demonstration is in the database."""
    return Review.objects.filter(is_demonstration=True).exists()


def demo_report() -> Report:
    """The demonstration's joint report."""
    return Report.objects.select_related("review").filter(review__is_demonstration=True).earliest("created_at")


def reset() -> None:
    """Throw away everything in the database, files and mail included. Only for a demonstration's or a test's database."""
    append_only.remove(connection)
    database_rules.remove(connection)
    try:
        call_command("flush", interactive=False, verbosity=0)
    finally:
        append_only.install(connection)
        database_rules.install(connection)
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.EMAIL_FILE_PATH)):
        shutil.rmtree(folder, ignore_errors=True)


@transaction.atomic
def load() -> None:
    """Load all of it, or nothing."""
    places = {item["id"]: _organisation(item) for item in data.organisations()}
    _affiliate(places)
    people = {key: _person(person, places) for key, person in data.people().items()}
    load_seats(places, people)
    review = _review(places, people)
    loader = ReportLoader(review, places, people)
    report = loader.load(by=_lead(people))
    load_statement(review, places, people, by=_lead(people))
    DiscussionLoader(report, loader.written, people).load(by=_lead(people))


def _organisation(item: dict[str, Any]) -> Organisation:
    name = item["id"]
    if item["kind"] == "partnership":
        short_name, initials, colour = PARTNERSHIPS[name]
    else:
        short_name, initials = AGENCIES.get(name, (item["short_name"], item["short_name"][:2].upper()))
        colour = OrganisationColour.AGENCY
    return organisations.create(
        slug=name,
        kind=OrganisationKind(item["kind"]),
        name=item["name"],
        short_name=short_name,
        initials=initials,
        colour=colour,
        sector=item.get("sector") or "",
        area=item.get("area") or "",
        former_names=item.get("former_names"),
    )


def _affiliate(places: Mapping[str, Organisation]) -> None:
    for item in data.read("organisations")["affiliations"]:
        affiliation = organisations.affiliate(
            partnership=places[item["partnership"]],
            agency=places[item["agency"]],
            statutory=item["statutory"],
            valid_from=date.fromisoformat(item["valid_from"]),
        )
        if item["valid_to"]:
            organisations.end_affiliation(affiliation, valid_to=date.fromisoformat(item["valid_to"]))


def _person(person: data.Person, places: Mapping[str, Organisation]) -> User:
    user = users.create_from_invitation(email=person["email"], full_name=person["name"], password=PASSWORD)
    user.job_title, user.is_system_admin = person["job_title"], person["system_admin"]
    user.save(update_fields=["job_title", "is_system_admin"])
    if person["organisation"]:
        role = MembershipRole.ADMIN if person["organisation_admin"] else MembershipRole.MEMBER
        memberships.add(places[person["organisation"]], user, role, by=None)
    return user


def _review(places: Mapping[str, Organisation], people: Mapping[str, User]) -> Review:
    facts = data.read("review")
    opener = _lead(people)
    review = reviews.open(
        organisation=places[facts["lead_partnership"]],
        title=facts["title"],
        short_title=facts["short_title"],
        reference=facts["reference"],
        reason=facts["reason"],
        kind=ReviewKind.LCSPR,
        lead_reason=facts["lead_partnership_reason"],
        marking=Marking.OFFICIAL_SENSITIVE,
        is_demonstration=True,
        by=opener,
    )
    for item in facts["participants"]:
        _take_part(review, places[item["organisation"]], people, opener)
    return review


def _take_part(review: Review, organisation: Organisation, people: Mapping[str, User], opener: User) -> None:
    team, admin = _team(organisation, people)
    lead = Participant.objects.filter(review=review, organisation=organisation, is_lead=True).first()
    if lead is None:
        participants.accept(participants.invite(review, organisation, by=opener), team=team, by=admin)
        return
    for user, role in team.items():
        if user != opener:
            teams.add(lead, user, role, by=opener)


def _team(organisation: Organisation, people: Mapping[str, User]) -> tuple[dict[User, TeamRole], User]:
    own = {key: person for key, person in data.people().items() if person["organisation"] == organisation.slug}
    team = {people[key]: TeamRole(person["review_role"]) for key, person in own.items() if person["review_role"]}
    return team, next(people[key] for key, person in own.items() if person["organisation_admin"])


def _lead(people: Mapping[str, User]) -> User:
    """Who opens the review and makes its report."""
    return people["amira-khan"]
