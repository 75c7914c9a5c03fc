"""Short ways to say what many tests of organisations and reviews need."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from accounts.signals import AccessChange, access_changed
from partnerships.models import Membership, Organisation


def fresh(user: User) -> User:
    """The person as the next request would load them: nothing remembered about their grants."""
    return User.objects.get(pk=user.pk)


def membership(user: User, organisation: Organisation | None = None) -> Membership:
    """A person's membership; of the organisation named where they have several."""
    found = Membership.objects.select_related("user", "organisation").filter(user=user)
    return (found.filter(organisation=organisation) if organisation else found).get()


def last_event(verb: str) -> AuditEvent:
    """The latest row of the trail with this verb; AssertionError where there is none."""
    event = AuditEvent.objects.filter(verb=verb).order_by("-pk").first()
    assert event is not None, f"nothing was recorded as {verb}"
    return event


def count_events() -> int:
    """How many rows the trail has: a refused act must add none."""
    return AuditEvent.objects.count()


@contextmanager
def announced() -> Iterator[list[AccessChange]]:
    """The changes of access that are announced meanwhile."""
    heard: list[AccessChange] = []

    def listen(change: AccessChange, **kwargs: Any) -> None:
        heard.append(change)

    access_changed.connect(listen)
    try:
        yield heard
    finally:
        access_changed.disconnect(listen)


def people_of(heard: list[AccessChange]) -> set[object]:
    """Everybody whose access was announced to have changed."""
    return {user for change in heard for user in change.user_ids}


def sole_mail(to: User | str) -> str:
    """The text of the only e-mail sent, after checking to whom."""
    (message,) = mail.outbox
    assert message.to == [to if isinstance(to, str) else to.email]
    return str(message.body)


def form_errors(response: Any) -> str:
    """All errors of the form of an answer, in one text."""
    errors: dict[str, list[str]] = response.context["form"].errors
    return " ".join(text for listed in errors.values() for text in listed)


def messages_of(response: Any) -> str:
    """What the page reached after a redirect says has happened."""
    return " ".join(str(message) for message in response.context["messages"])


@contextmanager
def counting_queries() -> Iterator[CaptureQueriesContext]:
    """Count the queries made meanwhile: `len()` of what it gives."""
    with CaptureQueriesContext(connection) as captured:
        yield captured
