"""Short ways to say what many tests of this room need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEvent, User
from accounts.signals import AccessChange, access_changed
from documents import section_text
from documents.access import levels_on
from documents.models import (
    Image,
    Report,
    ReportGrant,
    ReportGroupPermission,
    Section,
    SectionGrant,
    SectionGroupPermission,
)
from documents.text.building import build_update
from partnerships.grants import Level
from partnerships.models import Organisation
from reviews.models import Participant, ParticipantState, Review, TeamMember

ClientOf = Callable[[User], Client]


def fresh(user: User) -> User:
    """The person as the next request would load them: nothing remembered about their grants."""
    return User.objects.get(pk=user.pk)


def participant(review: Review, organisation: Organisation) -> Participant:
    return Participant.objects.get(review=review, organisation=organisation, state=ParticipantState.JOINED)


def organisation_of(user: User) -> Organisation:
    return TeamMember.objects.select_related("participant__organisation").get(user=user).participant.organisation


def level_of(user: User, section: Section) -> Level | None:
    """The level that a fresh request would find."""
    now = Section.objects.select_related("report__review").get(pk=section.pk)
    return levels_on(fresh(user), now.report, [now])[now.pk]


def titles(report: Report) -> list[str]:
    """The titles of the present sections, in order."""
    return [section.title for section in report.sections.present()]


def write(section: Section, words: str, *, by: User) -> None:
    """Put one paragraph into a section, as live editing would store it."""
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": words}]}
    update = build_update({"type": "doc", "content": [paragraph]})
    section_text.append(section, update, author=by, organisation=organisation_of(by))


def last_event(verb: str) -> AuditEvent:
    """The latest row of the trail with this verb; AssertionError where there is none."""
    event = AuditEvent.objects.filter(verb=verb).order_by("-pk").first()
    assert event is not None, f"nothing was recorded as {verb}"
    return event


def form_errors(response: Any) -> str:
    """All errors of the form of an answer, in one text."""
    errors: dict[str, list[str]] = response.context["form"].errors
    return " ".join(text for listed in errors.values() for text in listed)


def opened(client: Client, address: str) -> dict[str, str]:
    """What the form at this address posts where nothing is changed."""
    form = client.get(address).context["form"]
    posted = {field.html_name: "" if field.value() is None else str(field.value()) for field in form}
    for field in (field for field in form if isinstance(field.field, forms.DateField)):
        day = field.value()
        posted |= {f"{field.html_name}_{part}": str(getattr(day, part, "")) for part in ("day", "month", "year")}
        del posted[field.html_name]
    return posted


def said(response: Any) -> str:
    """What the page says has happened, in one text. The response is the one redirected to."""
    return " ".join(str(message) for message in response.context["messages"])


def level_fields(levels: dict[UUID, Level]) -> dict[str, str]:
    """What the level questions of a form post."""
    return {f"level-{pk}": str(level.value) for pk, level in levels.items()}


@contextmanager
def refused(words: str) -> Iterator[None]:
    """What is done inside is refused in these words (ValidationError), and leaves everything as it was."""
    before = _everything()
    with pytest.raises(ValidationError, match=words):
        yield
    assert _everything() == before


@contextmanager
def nothing_changes() -> Iterator[None]:
    """What is done inside is accepted and writes nothing, not even a row of the trail."""
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


def _everything() -> dict[str, list[Any]]:
    tables: list[type[models.Model]] = [
        Report, ReportGrant, ReportGroupPermission, Section, SectionGrant, SectionGroupPermission, Image, AuditEvent,
    ]  # fmt: skip
    return {table._meta.label: list(table._default_manager.order_by("pk").values()) for table in tables}
