"""Short ways to say what many tests of this room need."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.test import Client

from accounts.models import User
from documents import section_text
from documents.access import levels_on
from documents.models import (
    Report,
    Section,
)
from documents.text.building import build_update
from partnerships.grants import Level
from partnerships.models import Organisation
from reviews.models import Participant, ParticipantState, Review, TeamMember
from tests.support.checks import fresh

ClientOf = Callable[[User], Client]


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
