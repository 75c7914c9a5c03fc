"""What a room tells its members: in lots where much is said, without one's own words, and with what is stored."""

import asyncio
from collections.abc import Sequence
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.coedit import fanout, protocol
from documents.coedit.fanout import Fanout
from documents.coedit.frames import Bundle, frame
from documents.coedit.link import QueuedLink
from documents.coedit.member import Member
from documents.rights import SocketRights
from partnerships.grants import Level

SAVED = protocol.sync_status(saved=True)


class People:
    """Members of one section, and what each has been told."""

    def __init__(self, count: int) -> None:
        self.section_id = uuid4()
        self.members = {self._member(f"tab {number}"): None for number in range(count)}
        self.fanout = Fanout(self.members, lambda: b"\0")

    def told(self, number: int) -> list[bytes]:
        """Without the section's name."""
        member = list(self.members)[number]
        assert isinstance(member.link, QueuedLink)
        return [message.removeprefix(member.prefix) for message in member.link._queue]

    async def hears(self, number: int) -> None:
        """Wait until a member is told something."""
        link = self[number].link
        assert isinstance(link, QueuedLink)
        await link._wake.wait()

    def __getitem__(self, number: int) -> Member:
        return list(self.members)[number]

    def _member(self, key: str) -> Member:
        rights = SocketRights(
            user_id=uuid4(),
            full_name="Ned Hart",
            initials="NH",
            organisation_id=uuid4(),
            organisation_name="North Somerset",
            organisation_short_name="NS",
            colour="1",
            report_id=uuid4(),
            review_id=uuid4(),
            levels={self.section_id: Level.EDIT},
        )
        return Member(key, QueuedLink(), rights, self.section_id, lambda member: None)


@pytest.fixture
async def people() -> People:
    return People(3)


@pytest.fixture
def gap(monkeypatch: pytest.MonkeyPatch) -> float:
    """So long that what waits for it is surely waiting."""
    monkeypatch.setattr(fanout, "GAPS", ((0, 30.0),))
    return 30.0


async def turn() -> None:
    """Let the loop go round."""
    for _ in range(3):
        await asyncio.sleep(0)


async def test_where_nothing_was_said_for_a_while_everybody_hears_at_once(people: People, gap: float) -> None:
    people.fanout._flushed_at = asyncio.get_running_loop().time() - gap

    people.fanout.add(b"one")
    await turn()

    assert people.told(0) == people.told(1) == [b"one"]


async def test_what_follows_closely_comes_in_one_lot_in_order(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    people.fanout.flush()
    people.fanout._flushed_at = asyncio.get_running_loop().time()
    monkeypatch.setattr(fanout, "GAPS", ((0, 0.02),))

    people.fanout.add(b"one", but=people[0])
    await turn()
    early = people.told(1)
    people.fanout.add(b"two")
    await asyncio.wait_for(people.hears(1), 10)

    assert early == []
    assert people.told(1) == [b"one", b"two"]
    assert people.told(0) == [b"two"]


async def test_what_is_stored_is_told_at_once_or_with_the_next_lot(people: People, gap: float) -> None:
    people.fanout.saved(people[0], 1)
    people.fanout._flushed_at = asyncio.get_running_loop().time()
    people.fanout.add(b"one")
    people.fanout.saved(people[0], 2)
    before = people.told(0)

    people.fanout.flush()

    assert before == [SAVED]
    assert people.told(0) == [SAVED, b"one", SAVED, SAVED]


async def test_nobody_is_left_without_word_when_the_room_is_closed(people: People, gap: float) -> None:
    people.fanout._flushed_at = asyncio.get_running_loop().time()
    people.fanout.add(b"one", but=people[0])
    people.fanout.saved(people[0], 1)

    people.fanout.confirm()

    assert people.told(0) == [SAVED]


async def test_who_has_left_is_told_nothing(people: People, gap: float) -> None:
    people.fanout._flushed_at = asyncio.get_running_loop().time()
    gone = people[0]
    people.fanout.add(b"one")
    people.fanout.saved(gone, 1)
    del people.members[gone]

    people.fanout.flush()

    assert isinstance(gone.link, QueuedLink)
    assert not gone.link._queue


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=12), st.data())
def test_a_bundle_without_some_messages_is_the_frames_of_the_others(messages: Sequence[bytes], data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(messages) - 1))))
    rest = [message for place, message in enumerate(messages) if place not in places]

    cut = Bundle(messages).without(places)

    assert cut.messages == rest
    assert cut.frames == b"".join(map(frame, rest))
