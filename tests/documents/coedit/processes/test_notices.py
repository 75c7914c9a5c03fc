"""What processes tell each other: short texts that say the same on the other side, whatever they are about."""

import json
from math import inf
from uuid import UUID, uuid4

import pytest

from accounts.signals import AccessChange
from documents.coedit import outbox
from documents.coedit.notices import (
    MAX_BYTES,
    PROCESS,
    Asked,
    Came,
    Grown,
    Notice,
    Rights,
    Seen,
    Went,
    decode,
    digest,
    encode,
)
from documents.coedit.outbox import Outbox
from documents.coedit.presence import Sighting

pytestmark = pytest.mark.no_database

FINDINGS, NED = uuid4(), uuid4()


def sighting(client: int, state: object = None, clock: int = 1) -> Sighting:
    return Sighting(client, clock, NED, json.dumps({"user": {"name": "Ned"}, "cursor": state}))


def heard(notice: Notice) -> list[Notice]:
    """What arrives, having gone by texts that are short enough."""
    found = []
    for text in encode(notice):
        assert len(text.encode()) <= MAX_BYTES
        decoded = decode(text)
        assert decoded is not None
        assert decoded[0] == PROCESS
        found.append(decoded[1])
    return found


@pytest.mark.parametrize(
    "notice",
    [
        Grown(7, 3, 9, frozenset({FINDINGS})),
        Grown(7, 3, 9, None),
        Seen(FINDINGS, (sighting(1), sighting(2, {"anchor": "ä\0"}))),
        Asked(frozenset({FINDINGS})),
        Asked(None),
        Rights(AccessChange(frozenset({NED}), frozenset(), frozenset({FINDINGS}), frozenset())),
        Rights(None),
        Came(),
        Went(),
    ],
    ids=lambda notice: type(notice).__name__,
)
def test_arrives_as_it_was_meant(notice: Notice) -> None:
    assert heard(notice) == [notice]


def test_sessions_are_named_by_digests_only() -> None:
    (notice,) = heard(Rights(AccessChange(session_keys=frozenset({"a-key"}))))

    assert notice == Rights(AccessChange(session_keys=frozenset({digest("a-key")})))


def many(count: int) -> frozenset[UUID]:
    return frozenset(uuid4() for _ in range(count))


@pytest.mark.parametrize(
    ("notice", "wider"),
    [
        (Grown(7, 3, 9, many(500)), Grown(7, 3, 9, None)),
        (Asked(many(500)), Asked(None)),
        (Rights(AccessChange(many(500))), Rights(None)),
    ],
    ids=["log", "who", "rights"],
)
def test_what_would_be_too_long_is_said_of_everything(notice: Notice, wider: Notice) -> None:
    assert heard(notice) == [wider]


def test_many_states_go_by_several_notices() -> None:
    states = tuple(sighting(client, "x" * 900) for client in range(30))

    parts = heard(Seen(FINDINGS, states))

    assert len(parts) > 1
    assert [one for part in parts if isinstance(part, Seen) for one in part.sightings] == list(states)


def test_a_state_that_is_too_long_goes_without_what_the_client_said() -> None:
    (part,) = heard(Seen(FINDINGS, (sighting(1, "x" * 7000),)))

    assert part == Seen(FINDINGS, (Sighting(1, 1, NED, '{"user":{"name":"Ned"}}'),))


@pytest.mark.parametrize("text", ["", "{}", "[]", "[1]", '[1, "news from a later version"]', '[1, "log", "x"]', "nonsense"])
def test_what_cannot_be_understood_is_nothing(text: str) -> None:
    assert decode(text) is None


def test_commits_that_nobody_was_told_of_are_told_together() -> None:
    box, other = Outbox(), uuid4()
    box.wrote(Grown(7, 1, 2, frozenset({FINDINGS})))
    box.wrote(Grown(7, 3, 5, frozenset({other})))

    assert box.take(0.0) == [Grown(7, 1, 5, frozenset({FINDINGS, other}))]
    assert box.take(0.0) == []


def test_states_wait_a_moment_and_only_the_newest_is_told() -> None:
    box = Outbox()
    assert box.due_in(0.0) == inf
    assert box.see(FINDINGS, [sighting(1, "here", clock=1)])
    assert not box.see(FINDINGS, [sighting(1, "there", clock=2), sighting(2)])

    # A moment whose sum with the pause, less itself, is a little less than the pause.
    began = box._seen_since = 20_000.3
    assert box.take(began) == []
    assert box.due_in(began) == pytest.approx(outbox.SIGHT_SECONDS)

    told = box.take(began + outbox.SIGHT_SECONDS)
    assert told == [Seen(FINDINGS, (sighting(1, "there", clock=2), sighting(2)))]
