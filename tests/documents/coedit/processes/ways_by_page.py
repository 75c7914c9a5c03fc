"""Every way in which access changes by the portal's pages, and what is said to a socket that is open. A row a way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from partnerships.grants import Level
from tests.documents.coedit.processes.worlds import Pages
from tests.support.cast import PASSWORD

Act = Callable[[Pages], None]


def role(role: str) -> Act:
    return lambda pages: pages.post(pages.admin, f"/reviews/members/{pages.world.places['writer']}/role/", role=role)


def off_the_team(pages: Pages) -> None:
    pages.post(pages.admin, f"/reviews/members/{pages.world.places['writer']}/remove/")


def leaves_the_review(pages: Pages) -> None:
    pages.post(pages.admin, f"/reviews/invitations/{pages.world.partner}/leave/", reason="Enough.")


def level(level: Level | None) -> Act:
    """What the partnership may do with the report."""

    def act(pages: Pages) -> None:
        fields = {f"level-{pages.world.partner}": _value(level)}
        pages.fill(pages.amira, f"/reports/{pages.world.report}/access/", fields)

    return act


def restricted(how: str, level: Level | None = None) -> Act:
    """To those who lead, and to the partnership as far as this level goes."""

    def act(pages: Pages) -> None:
        world = pages.world
        levels = {f"level-{world.lead}": _value(Level.EDIT), f"level-{world.partner}": _value(level)}
        pages.fill(pages.amira, f"/sections/{world.findings}/restrict/", {"restriction": how, **levels})

    return act


def _value(level: Level | None) -> str:
    return "" if level is None else str(int(level))


def released(pages: Pages) -> None:
    pages.post(pages.amira, f"/sections/{pages.world.findings}/release/")


def deleted(pages: Pages) -> None:
    pages.post(pages.amira, f"/sections/{pages.world.findings}/delete/", confirm="on")


def frozen(pages: Pages) -> None:
    pages.post(pages.amira, f"/reports/{pages.world.report}/freeze/", name="For signature")


def opened_again(pages: Pages) -> None:
    pages.post(pages.amira, f"/reports/{pages.world.report}/reopen/", reason="There is more to say.")


def signs_out(pages: Pages) -> None:
    pages.post(pages.world.person("writer"), "/accounts/logout/")


def ends_this_session(pages: Pages) -> None:
    """And a third one: all that the list of sessions shows in another browser, but its own."""
    other = pages.world.person("writer", session=1)
    with other.browser(pages.address) as browser:
        ends = re.findall(r"/accounts/sessions/\d+/end/", browser.get("/accounts/sessions/").text)
    assert len(ends) == 2
    for end in ends:
        pages.post(other, end)


def signs_out_everywhere(pages: Pages) -> None:
    pages.post(pages.world.person("writer", session=1), "/accounts/sessions/end/")


def changes_the_password(pages: Pages) -> None:
    other = pages.world.person("writer", session=1)
    pages.post(other, "/accounts/password/change/", oldpassword=PASSWORD, password1=f"{PASSWORD}-anew")


def by_the_administrator(what: str, name: str = "writer") -> Act:
    """What an administrator does with an account."""
    return lambda pages: pages.post(pages.admin, f"/organisation/people/{pages.world.memberships[name]}/{what}/")


@dataclass(frozen=True)
class Way:
    """One of them: what is done, maybe after something else, and what the socket of a writer hears."""

    name: str
    act: Act
    hears: tuple[str, Any]
    after: Act | None = None
    who: str = "writer"

    def __str__(self) -> str:
        return self.name


FORBIDDEN = "end", (4403, "permission-denied")
SIGNED_OUT = "end", (4401, "signed-out")
CLOSED = "closed", "permission-denied"
READS = "authenticated", "readonly"
WRITES = "authenticated", "read-write"

WAYS = [
    Way("role: observer", role("observer"), READS),
    Way("role: reviewer", role("reviewer"), READS),
    Way("role: author again", role("author"), WRITES, after=role("reviewer")),
    Way("team: removed", off_the_team, FORBIDDEN),
    Way("review: left", leaves_the_review, FORBIDDEN),
    Way("grant: reads", level(Level.VIEW), READS),
    Way("grant: comments", level(Level.COMMENT), READS),
    Way("grant: taken", level(None), FORBIDDEN),
    Way("grant: writes again", level(Level.EDIT), WRITES, after=level(Level.VIEW)),
    Way("restriction: listed", restricted("listed"), CLOSED),
    Way("restriction: hidden", restricted("hidden"), CLOSED),
    Way("restriction: reads", restricted("listed", Level.VIEW), READS),
    Way("release", released, WRITES, after=restricted("listed", Level.VIEW)),
    Way("section: deleted", deleted, ("closed", "section-deleted")),
    Way("report: frozen", frozen, READS),
    Way("report: opened again", opened_again, WRITES, after=frozen),
    Way("signs out", signs_out, SIGNED_OUT),
    Way("session: ended", ends_this_session, SIGNED_OUT),
    Way("sessions: all ended", signs_out_everywhere, SIGNED_OUT),
    Way("password: changed", changes_the_password, SIGNED_OUT),
    Way("second step: taken away", by_the_administrator("second-step"), SIGNED_OUT),
    Way("account: deactivated", by_the_administrator("deactivate"), SIGNED_OUT),
    Way("organisation: left", by_the_administrator("deactivate", "lent"), FORBIDDEN, who="lent"),
]
