"""Who can sign in to the demonstration."""

from dataclasses import asdict, dataclass

from django.urls import reverse

from portal.demo import data

PASSWORD = "one-river-three-banks"  # noqa: S105 (a demonstration's, printed for everybody)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person of the demonstration."""

    area: str
    name: str
    email: str
    password: str
    organisation: str
    role: str
    organisation_admin: bool


# An author, a reviewer and an admin of each area, and the person who is on no review.
SHOWN = [
    ("North Somerset", ["amira-khan", "delroy-winterbourne-hay", "rosalind-tewk"]),
    ("Bristol", ["priya-lindqvist-shah", "kateryna-hollis", "marcus-ellingboe"]),
    ("South Gloucestershire", ["gwen-ashdown-pryce", "owen-tregarth", "sunita-parrish-vale"]),
    ("All three areas", ["niamh-farthingale", "callum-oakhanger", "folasade-merriweather"]),
    ("Not on the review", ["jonah-pike"]),
]


def sign_ins() -> list[SignIn]:
    """Everybody in the demonstration, those of SHOWN first."""
    people = data.people()
    areas = {person: area for area, ids in SHOWN for person in ids}
    order = [*areas, *(person for person in people if person not in areas)]
    return [_sign_in(people[person], areas.get(person, "Others")) for person in order]


def as_json() -> dict[str, object]:
    """What `manage.py demo --json` prints."""
    from portal.demo import loader

    report = loader.demo_report()
    return {
        "sign_ins": [asdict(item) for item in sign_ins()],
        "report": reverse("report", args=[report.pk]),
        "report_id": str(report.pk),
        "review": reverse("review", args=[report.review_id]),
    }


def table(address: str) -> str:
    """The sign-ins as text for a terminal."""
    lines = ["", f"  The portal is at  {address}", f"  Password of everybody below:  {PASSWORD}", ""]
    shown = [item for item in sign_ins() if item.area != "Others"]
    for area, _ in SHOWN:
        lines.append(f"  {area}")
        lines += [f"    {item.email:<46} {_what(item)}" for item in shown if item.area == area]
    return "\n".join([*lines, "", "  Stop with Ctrl+C. Demonstration content: its people and events are invented.", ""])


def _what(item: SignIn) -> str:
    role = f"{item.role}{', admin' if item.organisation_admin else ''}"
    return f"{item.name} · {item.organisation} · {role}"


def _sign_in(person: data.Person, area: str) -> SignIn:
    organisation = data.organisation_names().get(person["organisation"] or "", "no organisation")
    role = person["review_role"] or "not on the review"
    return SignIn(area, person["name"], person["email"], PASSWORD, organisation, role, person["organisation_admin"])
