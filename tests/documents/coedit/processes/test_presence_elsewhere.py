"""Who is in a section by other processes: one process's part of what they keep together."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from documents.coedit.presence import Presence, Sighting
from documents.coedit.wire import Reader
from tests.documents.coedit.test_presence import message

pytestmark = pytest.mark.no_database

HERE, THERE, ELSEWHERE = 1, 2, 3
NED, BELLA = uuid4(), uuid4()


@dataclass(eq=False)
class Tab:
    """One person's place in a section, by this process."""

    user_id: UUID

    @property
    def card(self) -> Mapping[str, str]:
        return {"name": "Ned"}


def state(client: int, clock: int = 1, user_id: UUID = BELLA, text: str = '{"user":{"name":"Bella"}}') -> Sighting:
    return Sighting(client, clock, user_id, text)


def gone(client: int, user_id: UUID = BELLA) -> Sighting:
    return state(client, 9, user_id, "null")


def told(presence: Presence) -> dict[int, object]:
    """What the people here are told now."""
    reader = Reader(presence.take() or b"\0")
    found = {}
    for _ in range(reader.uint()):
        client, _clock = reader.uint(), reader.uint()
        found[client] = json.loads(reader.string())
    return found


def test_a_state_from_elsewhere_is_told_here_and_to_nobody_else() -> None:
    presence = Presence()

    presence.hear(THERE, [state(5)])

    assert told(presence) == {5: {"user": {"name": "Bella"}}}
    assert presence.sightings() == []
    assert presence.own() == []
    assert presence.everybody() != b""


def test_a_state_from_here_is_told_elsewhere_once() -> None:
    presence, ned = Presence(), Tab(NED)
    presence.offer(ned, message((7, 3, '{"cursor":1}')))
    presence.take()

    own = Sighting(7, 3, NED, '{"cursor":1,"user":{"name":"Ned"}}')
    assert presence.sightings() == [own]
    assert presence.sightings() == []
    assert presence.own() == [own]


def test_who_leaves_here_is_told_elsewhere() -> None:
    presence, ned = Presence(), Tab(NED)
    presence.offer(ned, message((7, 3, "{}")))
    presence.take()
    presence.sightings()

    presence.leave(ned)

    assert presence.sightings() == [Sighting(7, 3, NED, "null")]


@pytest.mark.parametrize("how", ["says so", "is no more"])
def test_who_leaves_elsewhere_is_seen_no_longer(how: str) -> None:
    presence = Presence()
    presence.hear(THERE, [state(5)])
    presence.take()

    presence.hear(THERE, [gone(5)]) if how == "says so" else presence.lose(THERE)

    assert told(presence) == {5: None}
    assert presence.everybody() == b""


def test_a_process_takes_away_only_what_it_brought() -> None:
    presence, ned = Presence(), Tab(NED)
    presence.offer(ned, message((7, 1, "{}")))
    presence.hear(ELSEWHERE, [state(5)])
    presence.take()

    presence.hear(THERE, [gone(5), gone(7, NED)])
    presence.lose(THERE)

    assert told(presence) == {}
    assert [sighting.client for sighting in presence.own()] == [7]


def test_a_person_who_comes_back_by_another_process_is_that_one_s_now() -> None:
    """Their old socket is found to be lost only later, and takes nothing away then."""
    presence, old = Presence(), Tab(NED)
    presence.offer(old, message((7, 1, "{}")))
    presence.take()
    presence.sightings()

    presence.hear(THERE, [state(7, 2, NED, '{"user":{"name":"Ned"},"cursor":2}')])
    presence.leave(old)

    assert told(presence) == {7: {"user": {"name": "Ned"}, "cursor": 2}}
    assert presence.sightings() == []


def test_a_person_who_comes_back_here_is_ours_now() -> None:
    presence, ned = Presence(), Tab(NED)
    presence.hear(THERE, [state(7, 1, NED)])
    presence.take()

    presence.offer(ned, message((7, 2, '{"cursor":3}')))
    presence.take()
    presence.hear(THERE, [gone(7, NED)])

    assert [sighting.client for sighting in presence.own()] == [7]
    assert told(presence) == {}


def test_nobody_takes_a_state_of_somebody_else_by_another_process() -> None:
    presence, ned = Presence(), Tab(NED)
    presence.offer(ned, message((7, 1, "{}")))
    presence.hear(THERE, [state(5)])
    presence.take()

    presence.hear(THERE, [state(7, 9, BELLA)])
    presence.offer(ned, message((5, 9, "{}")))

    assert told(presence) == {}
    assert [sighting.user_id for sighting in presence.own()] == [NED]


def test_clocks_never_go_back_for_those_who_watch() -> None:
    presence = Presence()
    presence.hear(THERE, [state(5, 40)])
    presence.take()

    presence.hear(ELSEWHERE, [state(5, 2)])

    reader = Reader(presence.take())
    assert (reader.uint(), reader.uint(), reader.uint()) == (1, 5, 41)
