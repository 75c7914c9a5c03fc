"""Presence as the server keeps it: who may move which state, and what everybody is told."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.coedit.presence import MAX_STATE_BYTES, MAX_STATES_OF_ONE, Presence
from documents.coedit.wire import ProtocolError, Reader, string, uint

pytestmark = pytest.mark.no_database

GONE = "null"


@dataclass(eq=False)
class Tab:
    """One person's place in a section."""

    name: str
    user_id: UUID

    @property
    def card(self) -> Mapping[str, str]:
        return {"name": self.name, "colour": "first"}


@pytest.fixture
def ned() -> Tab:
    return Tab("Ned", uuid4())


@pytest.fixture
def bella() -> Tab:
    return Tab("Bella", uuid4())


def message(*entries: tuple[int, int, str]) -> bytes:
    return uint(len(entries)) + b"".join(uint(client) + uint(clock) + string(text) for client, clock, text in entries)


def told(data: bytes) -> dict[int, Any]:
    """What a message says of each client."""
    reader = Reader(data)
    found = {}
    for _ in range(reader.uint()):
        client, _clock, text = reader.uint(), reader.uint(), reader.string()
        found[client] = json.loads(text)
    reader.end()
    return found


def clock_of(data: bytes) -> int:
    reader = Reader(data)
    assert reader.uint() == 1
    reader.uint()
    return reader.uint()


def say(presence: Presence, tab: Tab, *entries: tuple[int, int, str]) -> bytes:
    presence.offer(tab, message(*entries))
    return presence.take()


def test_everybody_hears_of_a_state_with_the_servers_card(ned: Tab) -> None:
    presence = Presence()

    heard = say(presence, ned, (1, 0, '{"cursor": 3, "user": {"name": "The Minister"}}'))

    assert told(heard) == {1: {"cursor": 3, "user": {"name": "Ned", "colour": "first"}}}
    assert presence.everybody() == heard


def test_a_state_of_somebody_else_cannot_be_moved_or_removed(ned: Tab, bella: Tab) -> None:
    presence = Presence()
    say(presence, ned, (1, 0, '{"cursor": 3}'))

    assert say(presence, bella, (1, 9, '{"cursor": 4}')) == b""
    assert say(presence, bella, (1, 9, GONE)) == b""
    assert told(presence.everybody())[1]["cursor"] == 3


def test_who_leaves_is_gone_for_everybody(ned: Tab, bella: Tab) -> None:
    presence = Presence()
    say(presence, ned, (1, 5, "{}"))
    say(presence, bella, (2, 0, "{}"))

    presence.leave(ned)

    assert told(presence.take()) == {1: None}
    assert list(told(presence.everybody())) == [2]


def test_who_leaves_before_being_announced_was_never_there(ned: Tab) -> None:
    presence = Presence()
    presence.offer(ned, message((1, 0, "{}")))

    presence.leave(ned)

    assert presence.take() == b""
    assert presence.everybody() == b""


def test_who_says_that_they_are_gone_is_gone(ned: Tab) -> None:
    presence = Presence()
    say(presence, ned, (1, 0, "{}"))

    assert told(say(presence, ned, (1, 1, GONE))) == {1: None}
    assert told(say(presence, ned, (1, 2, "{}")))[1] is not None


def test_an_old_state_does_not_replace_a_newer_one(ned: Tab) -> None:
    presence = Presence()
    say(presence, ned, (1, 5, '{"cursor": 5}'))

    assert say(presence, ned, (1, 4, '{"cursor": 4}')) == b""
    assert say(presence, ned, (1, 5, '{"cursor": 6}')) == b""


def test_clocks_never_go_back_for_those_who_watch(ned: Tab) -> None:
    presence = Presence()
    first = clock_of(say(presence, ned, (1, 7, "{}")))
    presence.leave(ned)
    presence.take()

    again = clock_of(say(presence, ned, (1, 0, "{}")))

    assert again > first


def test_a_tab_that_comes_back_keeps_its_place_when_the_lost_socket_is_noticed(ned: Tab) -> None:
    presence, again = Presence(), Tab("Ned", ned.user_id)
    say(presence, ned, (1, 0, "{}"))

    assert told(say(presence, again, (1, 0, '{"cursor": 1}')))[1]["cursor"] == 1
    presence.leave(ned)

    assert presence.take() == b""
    assert list(told(presence.everybody())) == [1]


def test_one_tab_of_a_person_cannot_send_another_away(ned: Tab) -> None:
    presence, other = Presence(), Tab("Ned", ned.user_id)
    say(presence, ned, (1, 0, "{}"))

    assert say(presence, other, (1, 0, GONE)) == b""
    assert list(told(presence.everybody())) == [1]


def test_nobody_brings_more_than_a_few_states(ned: Tab) -> None:
    presence = Presence()

    say(presence, ned, *((client, 0, "{}") for client in range(100)))

    assert len(told(presence.everybody())) == MAX_STATES_OF_ONE


@pytest.mark.parametrize("text", ["", "[]", "3", '"words"', "{", "NaN", '{"x": NaN}', '{"x": 1e999}', "[" * 5000])
def test_a_state_that_is_no_object_is_passed_over(ned: Tab, text: str) -> None:
    assert say(Presence(), ned, (1, 0, text)) == b""


def test_too_big_a_state_is_refused(ned: Tab) -> None:
    with pytest.raises(ProtocolError):
        Presence().offer(ned, message((1, 0, '"' + "x" * MAX_STATE_BYTES + '"')))


def test_a_storm_of_changes_is_told_once(ned: Tab) -> None:
    presence = Presence()
    for clock in range(500):
        presence.offer(ned, message((1, clock, json.dumps({"cursor": clock}))))

    assert told(presence.take())[1]["cursor"] == 499
    assert not presence.is_changed


@given(st.binary(max_size=100))
def test_any_bytes_are_taken_or_refused(data: bytes) -> None:
    presence, tab = Presence(), Tab("Ned", uuid4())
    try:
        presence.offer(tab, data)
    except ProtocolError:
        return
    presence.take()
    presence.leave(tab)
    presence.take()

    assert presence.everybody() == b""


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 5), st.sampled_from(["{}", GONE, "leave"]))))
def test_whatever_people_do_everybody_who_watched_knows_who_is_there(acts: list[tuple[int, int, int, str]]) -> None:
    presence, tabs = Presence(), [Tab(f"person {n}", uuid4()) for n in range(3)]
    watched: dict[int, Any] = {}
    for who, client, clock, text in acts:
        if text == "leave":
            presence.leave(tabs[who])
        else:
            presence.offer(tabs[who], message((client, clock, text)))
        if heard := presence.take():
            watched |= told(heard)

    present = told(presence.everybody()) if presence.everybody() else {}
    assert {client: state for client, state in watched.items() if state is not None} == present
