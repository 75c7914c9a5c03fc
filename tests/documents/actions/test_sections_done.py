"""Marking a section as done, and opening it again."""

from collections.abc import Callable

import pytest

from documents.actions import sections
from tests.support import states
from tests.support.cast import Cast
from tests.support.checks import last_event, nothing_changes, refused

BOTH = pytest.mark.parametrize("act", [sections.mark_done, sections.reopen], ids=["mark_done", "reopen"])


def test_says_when_and_who(cast: Cast) -> None:
    sections.mark_done(cast.findings, by=cast.bella)

    cast.findings.refresh_from_db()
    assert cast.findings.done_at is not None
    assert cast.findings.done_by == cast.bella
    event = last_event("section.done")
    assert (event.actor_id, event.organisation_id, event.object_id) == (
        cast.bella.pk,
        cast.bristol.pk,
        str(cast.findings.pk),
    )


def test_done_twice_is_done_once(cast: Cast) -> None:
    sections.mark_done(cast.findings, by=cast.bella)

    with nothing_changes():
        sections.mark_done(cast.findings, by=cast.amira)


def test_opens_again(cast: Cast) -> None:
    sections.mark_done(cast.findings, by=cast.bella)

    sections.reopen(cast.findings, by=cast.amira)

    cast.findings.refresh_from_db()
    assert (cast.findings.done_at, cast.findings.done_by) == (None, None)
    assert last_event("section.reopened").actor_id == cast.amira.pk


def test_what_is_open_cannot_be_opened(cast: Cast) -> None:
    with nothing_changes():
        sections.reopen(cast.findings, by=cast.amira)


@BOTH
def test_refuses_a_deleted_section(cast: Cast, act: Callable[..., None]) -> None:
    with refused("This section has been deleted"):
        act(cast.deleted, by=cast.amira)


@BOTH
def test_refuses_a_frozen_report(cast: Cast, act: Callable[..., None]) -> None:
    states.freeze(cast.report)

    with refused("frozen for signature"):
        act(cast.findings, by=cast.amira)
