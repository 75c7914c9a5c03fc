"""What tests of every room check: that something is refused, writes nothing, is recorded or announced."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEvent, User
from accounts.signals import AccessChange, access_changed

ROOMS = ("accounts", "partnerships", "reviews", "documents", "library")


def fresh(user: User) -> User:
    """The person as the next request would load them: nothing remembered about their grants."""
    return User.objects.get(pk=user.pk)


def last_event(verb: str) -> AuditEvent:
    """The latest row of the trail with this verb; AssertionError where there is none."""
    event = AuditEvent.objects.filter(verb=verb).order_by("-pk").first()
    assert event is not None, f"nothing was recorded as {verb}"
    return event


def form_errors(response: Any) -> str:
    """All errors of the form of an answer, in one text."""
    errors: dict[str, list[str]] = response.context["form"].errors
    return " ".join(text for listed in errors.values() for text in listed)


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
    """Every row of every room, and who is in which group."""
    ours = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    tables: list[type[models.Model]] = [*ours, User.groups.through]
    return {table._meta.label: list(table._default_manager.order_by("pk").values()) for table in tables}
