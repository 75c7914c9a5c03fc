"""Short ways to say what many tests of organisations and of reviews need."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.signals import AccessChange
from partnerships.actions import invitations, memberships
from partnerships.actions.invitations import Issued
from partnerships.models import Membership, MembershipRole, Organisation
from tests.support.cast import Cast

MEMBER, ADMIN = MembershipRole.MEMBER, MembershipRole.ADMIN
NEW = "new@cast.example"


def membership(user: User, organisation: Organisation | None = None) -> Membership:
    """A person's membership; of the organisation named where they have several."""
    found = Membership.objects.select_related("user", "organisation").filter(user=user)
    return (found.filter(organisation=organisation) if organisation else found).get()


def invite(cast: Cast, email: str = NEW, role: MembershipRole = MEMBER) -> Issued:
    """Bella invites somebody to Bristol."""
    return invitations.invite(cast.bristol, email=email, role=role, by=cast.bella)


def employ_by_the_police_too(cast: Cast, person: User, role: MembershipRole = MEMBER) -> Membership:
    """Make somebody work for a second organisation."""
    return memberships.add(cast.police, person, role, by=cast.piet)


def people_of(heard: list[AccessChange]) -> set[UUID]:
    """Everybody whose access was announced to have changed."""
    return {user for change in heard for user in change.user_ids}


def mail_to(*addresses: str) -> str:
    """The text of the e-mails sent, after checking that exactly these got one each, and that all say the same."""
    assert sorted(address for message in mail.outbox for address in message.to) == sorted(addresses)
    (text,) = {f"{message.subject}\n{message.body}" for message in mail.outbox}
    return text


def queries_of(act: Callable[[], object]) -> int:
    """How many queries something takes when it is done for the second time (the first may fill what is kept)."""
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def text_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())
