"""Short ways to say what many tests of organisations and of reviews need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEvent, User
from accounts.signals import AccessChange, access_changed
from partnerships.actions import invitations, memberships
from partnerships.actions.invitations import Issued
from partnerships.models import Affiliation, Invitation, Membership, MembershipRole, Organisation, RoleGroup
from reviews.models import Participant, Review, ReviewGroupPermission, TeamMember
from tests.support.cast import Cast

MEMBER, ADMIN = MembershipRole.MEMBER, MembershipRole.ADMIN
NEW = "new@cast.example"


def fresh(user: User) -> User:
    """The person as the next request would load them: nothing remembered about their grants."""
    return User.objects.get(pk=user.pk)


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


def last_event(verb: str) -> AuditEvent:
    """The latest row of the trail with this verb; AssertionError where there is none."""
    event = AuditEvent.objects.filter(verb=verb).order_by("-pk").first()
    assert event is not None, f"nothing was recorded as {verb}"
    return event


@contextmanager
def refused(words: str) -> Iterator[None]:
    """What is done inside is refused in these words (ValidationError), and leaves everything as it was."""
    before = _everything()
    with pytest.raises(ValidationError, match=words):
        yield
    assert _everything() == before


@contextmanager
def nothing_changes() -> Iterator[None]:
    """What is done inside writes nothing, not even a row of the trail."""
    before = _everything()
    yield
    assert _everything() == before


@contextmanager
def announcing(capture: DjangoCaptureOnCommitCallbacks) -> Iterator[list[AccessChange]]:
    """The changes of access that open sockets are told of once what is done inside has been committed."""
    heard: list[AccessChange] = []

    def hear(change: AccessChange, **_kwargs: object) -> None:
        heard.append(change)

    access_changed.connect(hear)
    try:
        with capture(execute=True):
            yield heard
    finally:
        access_changed.disconnect(hear)


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


def form_errors(response: Any) -> str:
    """All errors of the form of an answer, in one text."""
    errors: dict[str, list[str]] = response.context["form"].errors
    return " ".join(text for listed in errors.values() for text in listed)


def text_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def _everything() -> dict[str, list[Any]]:
    tables: list[type[models.Model]] = [
        User, User.groups.through, Organisation, Affiliation, Membership, Invitation, RoleGroup, Review, Participant,
        TeamMember, ReviewGroupPermission, AuditEvent,
    ]  # fmt: skip
    return {table._meta.label: list(table._default_manager.order_by("pk").values()) for table in tables}
