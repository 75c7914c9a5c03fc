"""The named cast of the tests: plainly fictional people of real kinds of organisations, one review and its report.

North Somerset leads. Amira leads the review for it, Ned writes, Nora reviews. Bristol: Bella administers and writes, Bo
observes. South Gloucestershire may only read: Gwen. The police may comment: Piet. Olive works for North Somerset and is
not on the review, Sid administers the system and belongs nowhere, Rita has been deactivated. Amira, Bella, Gwen and Piet
administer their organisations.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image as Canvas

from accounts.actions import users
from accounts.models import User
from documents.actions import images, reports, sections
from documents.imaging import prepare
from documents.models import Image, Report, ReportKind, Restriction, Section
from partnerships.actions import memberships, organisations
from partnerships.grants import Level
from partnerships.models import MembershipRole, Organisation, OrganisationColour, OrganisationKind, TeamRole
from reviews.actions import participants, reviews, teams
from reviews.models import Participant, Review, ReviewKind

PASSWORD = "three-rivers-one-estuary"

ADMIN, MEMBER = MembershipRole.ADMIN, MembershipRole.MEMBER
NAMES = {
    "amira": "Amira Test-Okafor",
    "ned": "Ned Test-Ashby",
    "nora": "Nora Test-Quill",
    "olive": "Olive Test-Marsh",
    "rita": "Rita Test-Gone",
    "bella": "Bella Test-Harbour",
    "bo": "Bo Test-Quay",
    "gwen": "Gwen Test-Vale",
    "piet": "Piet Test-Constable",
    "sid": "Sid Test-Server",
}


@dataclass(frozen=True)
class Cast:
    """Everybody and everything. People are plain attributes, so that tests name them."""

    north_somerset: Organisation
    bristol: Organisation
    south_gloucestershire: Organisation
    police: Organisation
    amira: User
    ned: User
    nora: User
    olive: User
    rita: User
    bella: User
    bo: User
    gwen: User
    piet: User
    sid: User
    review: Review
    report: Report
    # Everybody on the review may read these two; North Somerset and Bristol write them. Bristol is to write the findings.
    introduction: Section
    findings: Section
    # Only North Somerset and Bristol may read it, and write it; the others see its title.
    restricted_listed: Section
    # Only Bristol knows of it.
    restricted_hidden: Section
    deleted: Section
    hidden_image: Image


def build_cast() -> Cast:
    """Make all of it through the product's own actions."""
    places = _organisations()
    people = {name: _person(name) for name in NAMES}
    _employ(places, people)
    review = _review(places, people)
    report = _report(review, people["amira"])
    made = _sections(report, people["amira"], places["bristol"])
    picture = images.upload(made["restricted_hidden"], picture=prepare(png()), by=people["bella"])
    users.deactivate(people["rita"], by=people["amira"])
    everything: dict[str, Any] = {**places, **people, **made}
    return Cast(**everything, review=review, report=report, hidden_image=picture)


def png(width: int = 4, height: int = 3) -> bytes:
    """A small picture, as a file."""
    buffer = io.BytesIO()
    Canvas.new("RGB", (width, height), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def _organisations() -> dict[str, Organisation]:
    partnership, agency = OrganisationKind.PARTNERSHIP, OrganisationKind.AGENCY
    facts = {
        "north_somerset": (
            "nsscp",
            partnership,
            "North Somerset Partnership",
            "North Somerset",
            "NS",
            OrganisationColour.FIRST,
        ),
        "bristol": ("kbsp", partnership, "Bristol Partnership", "Bristol", "KB", OrganisationColour.SECOND),
        "south_gloucestershire": (
            "sgcp",
            partnership,
            "South Gloucestershire Partnership",
            "South Gloucestershire",
            "SG",
            OrganisationColour.THIRD,
        ),
        "police": ("police", agency, "Avon and Somerset Police", "Police", "AS", OrganisationColour.AGENCY),
    }
    return {
        key: organisations.create(slug=slug, kind=kind, name=name, short_name=short, initials=initials, colour=colour)
        for key, (slug, kind, name, short, initials, colour) in facts.items()
    }


def _person(name: str) -> User:
    person = users.create_from_invitation(email=f"{name}@cast.example", full_name=NAMES[name], password=PASSWORD)
    if name == "sid":
        person.is_system_admin = True
        person.save(update_fields=["is_system_admin"])
    return person


def _employ(places: Mapping[str, Organisation], people: Mapping[str, User]) -> None:
    roles = {
        "north_somerset": {"amira": ADMIN, "ned": MEMBER, "nora": MEMBER, "olive": MEMBER, "rita": MEMBER},
        "bristol": {"bella": ADMIN, "bo": MEMBER},
        "south_gloucestershire": {"gwen": ADMIN},
        "police": {"piet": ADMIN},
    }
    for place, staff in roles.items():
        for name, role in staff.items():
            memberships.add(places[place], people[name], role, by=None)


def _review(places: Mapping[str, Organisation], people: Mapping[str, User]) -> Review:
    amira = people["amira"]
    review = reviews.open(
        organisation=places["north_somerset"],
        title="A test review of something that never happened",
        reason="To have something to test with.",
        kind=ReviewKind.LOCAL_LEARNING,
        lead_reason="Somebody has to.",
        by=amira,
    )
    lead = Participant.objects.select_related("organisation").get(review=review, is_lead=True)
    teams.add(lead, people["ned"], TeamRole.AUTHOR, by=amira)
    teams.add(lead, people["nora"], TeamRole.REVIEWER, by=amira)
    for place, admin, others in (
        ("bristol", "bella", {"bo": TeamRole.OBSERVER}),
        ("south_gloucestershire", "gwen", {}),
        ("police", "piet", {}),
    ):
        team = {people[admin]: TeamRole.AUTHOR, **{people[name]: role for name, role in others.items()}}
        invited = participants.invite(review, places[place], by=amira)
        participants.accept(invited, team=team, by=people[admin])
    return review


def _report(review: Review, amira: User) -> Report:
    levels = {"kbsp": Level.EDIT, "sgcp": Level.VIEW, "police": Level.COMMENT}
    joined = {one.organisation.slug: one for one in review.participants.select_related("organisation")}
    return reports.create(
        review,
        title="A joint report about nothing",
        kind=ReportKind.JOINT_REPORT,
        levels={joined[slug]: level for slug, level in levels.items()},
        by=amira,
    )


def _sections(report: Report, amira: User, bristol: Organisation) -> dict[str, Section]:
    titles = ["Introduction", "Findings", "Restricted and listed", "Restricted and hidden", "Deleted"]
    introduction, findings, listed, hidden, deleted = (sections.add(report, title=title, by=amira) for title in titles)
    sections.assign(findings, organisation=bristol, due_on=None, by=amira)
    joined = {one.organisation.slug: one for one in report.review.participants.select_related("organisation")}
    both = {joined["nsscp"]: Level.EDIT, joined["kbsp"]: Level.EDIT}
    sections.restrict(listed, restriction=Restriction.LISTED, levels=both, by=amira)
    sections.restrict(hidden, restriction=Restriction.HIDDEN, levels={joined["kbsp"]: Level.EDIT}, by=amira)
    sections.delete(deleted, by=amira)
    return {
        "introduction": introduction,
        "findings": findings,
        "restricted_listed": listed,
        "restricted_hidden": hidden,
        "deleted": deleted,
    }
