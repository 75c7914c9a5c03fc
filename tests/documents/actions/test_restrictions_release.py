"""Ending a restriction."""

import pytest

from documents.actions import sections
from partnerships.grants import Level
from tests.documents.helpers import level_of
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused


@pytest.mark.parametrize("name", ["restricted_listed", "restricted_hidden"])
def test_everybody_gets_the_level_that_they_have_on_the_report(cast: Cast, name: str) -> None:
    section = getattr(cast, name)

    sections.release(section, by=cast.bella)

    found = {who: level_of(getattr(cast, who), section) for who in ("amira", "bella", "gwen", "piet")}
    assert found == {"amira": Level.EDIT, "bella": Level.EDIT, "gwen": Level.VIEW, "piet": Level.COMMENT}
    assert not section.grants.exists()


def test_is_recorded(cast: Cast) -> None:
    sections.release(cast.restricted_hidden, by=cast.bella)

    event = last_event("section.released")
    assert (event.actor_id, event.organisation_id) == (cast.bella.pk, cast.bristol.pk)
    assert (event.object_id, event.data["before"]) == (str(cast.restricted_hidden.pk), "hidden")


def test_what_is_not_restricted_cannot_be_released(cast: Cast) -> None:
    with nothing_changes():
        sections.release(cast.findings, by=cast.amira)


def test_refuses_a_deleted_section(cast: Cast) -> None:
    sections.delete(cast.restricted_listed, by=cast.amira)

    with refused("This section has been deleted"):
        sections.release(cast.restricted_listed, by=cast.amira)


def test_refuses_a_frozen_report(cast: Cast) -> None:
    states.freeze(cast.report)

    with refused("frozen for signature"):
        sections.release(cast.restricted_listed, by=cast.amira)
