"""The table of transitions: it covers every state, and what is made from it is up to date."""

from pathlib import Path

import pytest

from accounts.notification_kinds import KINDS
from documents.actions import states as actions
from documents.lifecycle import BY_NAME, LEVEL_LIMIT, SIGNED, TRANSITIONS, Guard, Notice, Who, leaving, moves
from documents.lifecycle_page import page
from documents.models import ReportState
from documents.presenters import SENTENCES
from partnerships.grants import Level

pytestmark = pytest.mark.no_database
PAGE = Path(__file__).resolve().parents[2] / "docs" / "lifecycle.md"


def test_every_state_is_reached_and_only_the_last_is_never_left() -> None:
    assert {target for _, target in moves()} == set(ReportState)
    assert {state for state in ReportState if not leaving(state)} == {ReportState.WITHDRAWN}


def test_every_state_says_what_may_be_done_in_it() -> None:
    assert set(LEVEL_LIMIT) == set(ReportState)
    assert [state for state, level in LEVEL_LIMIT.items() if level == Level.EDIT] == [ReportState.DRAFTING]


def test_signatures_end_in_the_draft_and_nowhere_else() -> None:
    assert {one.target for one in TRANSITIONS if one.voids} == {ReportState.DRAFTING}
    assert {origin for one in TRANSITIONS if one.voids for origin in one.origins} == set(SIGNED)


def test_names_and_verbs_are_each_used_once() -> None:
    assert len(BY_NAME) == len(TRANSITIONS)
    assert len({one.verb for one in TRANSITIONS}) == len(TRANSITIONS)


def test_every_guard_is_asked_by_the_action_and_used_by_the_table() -> None:
    used = {guard for one in TRANSITIONS for guard in one.guards}

    assert used == set(Guard) == set(actions._CHECKS)


def test_nothing_that_the_portal_does_by_itself_lacks_a_condition() -> None:
    assert [one.name for one in TRANSITIONS if one.who == Who.SYSTEM and not one.guards] == []


def test_whoever_takes_back_what_others_have_signed_says_why() -> None:
    assert [one.name for one in TRANSITIONS if one.voids and Guard.REASON not in one.guards] == []


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda one: one.name)
def test_every_step_has_its_words_in_the_trail(transition: object) -> None:
    assert getattr(transition, "verb") in SENTENCES  # noqa: B009  # parametrised values have no type


@pytest.mark.parametrize("notice", Notice)
def test_every_notice_is_a_kind_of_notification(notice: Notice) -> None:
    assert notice in KINDS


def test_the_page_in_the_docs_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `manage.py lifecycle --write`"
