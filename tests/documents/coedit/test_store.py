"""The ordered writer: one number after the other, groups in one transaction, one room's trouble its own."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from documents.coedit.store import Entry, Lane, Outcome, Store, append_offline, read_log
from documents.models import CoeditWriter, Section, SectionUpdate
from tests.documents.coedit.raw import text_of, typing
from tests.support import states
from tests.support.cast import Cast


class Writer:
    """Queues entries, and knows in which order they were settled, and how."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._entries: list[Entry] = []
        self._settled = asyncio.Event()
        self.outcomes: list[tuple[str, Outcome]] = []

    def add(self, name: str, lane: Lane, data: bytes, *, author: UUID | None = None) -> None:
        def settle(outcome: Outcome) -> None:
            self.outcomes.append((name, outcome))
            if len(self.outcomes) == len(self._entries):
                self._settled.set()

        author_id = author or self._cast.ned.pk
        self._entries.append(Entry(lane, data, author_id, self._cast.north_somerset.pk, settle))

    def run(self) -> list[tuple[str, Outcome]]:
        """Store them; returns once all are settled."""
        asyncio.run(self._run())
        return self.outcomes

    async def _run(self) -> None:
        store = Store(asyncio.get_running_loop())
        for entry in self._entries:
            store.append(entry)
        await asyncio.to_thread(store.close)
        await self._settled.wait()


@pytest.fixture
def writer(transactional_db: None, cast: Cast) -> Writer:
    return Writer(cast)


def rows(section: Section) -> list[SectionUpdate]:
    return list(SectionUpdate.objects.filter(section=section).order_by("pk"))


def names(outcomes: Sequence[tuple[str, Outcome]], outcome: Outcome) -> list[str]:
    return [name for name, found in outcomes if found == outcome]


def test_rows_are_numbered_in_the_order_in_which_they_came(cast: Cast, writer: Writer) -> None:
    lanes = [Lane(cast.findings.pk), Lane(cast.introduction.pk)]
    for number in range(1200):
        writer.add(str(number), lanes[number % 2], b"\x00\x00")

    outcomes = writer.run()

    assert outcomes == [(str(number), Outcome.SAVED) for number in range(1200)]
    stored = SectionUpdate.objects.order_by("pk")
    assert [row.seq for row in stored] == list(range(1, len(stored) + 1))
    assert CoeditWriter.objects.count() == 1


def test_a_wish_to_know_is_settled_with_what_is_before_it_and_stores_nothing(cast: Cast, writer: Writer) -> None:
    lane = Lane(cast.findings.pk)
    writer.add("update", lane, typing("words")[0])
    writer.add("wish", lane, b"")

    assert names(writer.run(), Outcome.SAVED) == ["update", "wish"]
    assert len(rows(cast.findings)) == 1


def test_one_rooms_failing_commit_is_its_own(cast: Cast, writer: Writer) -> None:
    """The author does not exist: the constraint is checked at the commit, after every statement has passed."""
    good, bad = Lane(cast.introduction.pk), Lane(cast.findings.pk)
    writer.add("before", good, typing("one ")[0])
    writer.add("failing", bad, typing("two ")[0], author=uuid4())
    writer.add("built on it", bad, typing("three ")[0])
    writer.add("after", good, typing("four")[0])

    outcomes = writer.run()

    assert sorted(outcomes) == sorted(
        [
            ("before", Outcome.SAVED),
            ("failing", Outcome.NOT_SAVED),
            ("built on it", Outcome.NOT_SAVED),
            ("after", Outcome.SAVED),
        ]
    )
    assert sorted(text_of(*read_log(cast.introduction.pk))) == sorted("one four")
    assert rows(cast.findings) == []
    assert bad.broken == Outcome.NOT_SAVED


def test_a_broken_lane_stores_nothing_any_more(cast: Cast, writer: Writer) -> None:
    lane = Lane(cast.findings.pk, broken=Outcome.NOT_SAVED)
    writer.add("late", lane, typing("words")[0])
    writer.add("wish", lane, b"")

    assert names(writer.run(), Outcome.NOT_SAVED) == ["late", "wish"]
    assert rows(cast.findings) == []


def test_a_frozen_report_takes_nothing_more(cast: Cast, writer: Writer) -> None:
    states.freeze(cast.report)
    writer.add("late", Lane(cast.findings.pk), typing("words")[0])

    assert names(writer.run(), Outcome.FROZEN) == ["late"]
    assert rows(cast.findings) == []


@pytest.mark.parametrize("which", ["deleted", "unknown"])
def test_a_section_that_is_no_more_takes_nothing(cast: Cast, writer: Writer, which: str) -> None:
    section_id = cast.deleted.pk if which == "deleted" else uuid4()
    writer.add("late", Lane(section_id), typing("words")[0])

    assert names(writer.run(), Outcome.DELETED) == ["late"]
    assert not SectionUpdate.objects.exists()


def test_what_is_refused_keeps_nothing_else_of_its_group_from_being_stored(cast: Cast, writer: Writer) -> None:
    gone, there = Lane(cast.deleted.pk), Lane(cast.findings.pk)
    writer.add("before", there, typing("one ")[0])
    writer.add("refused", gone, typing("two ")[0])
    writer.add("after", there, typing("three")[0], author=cast.amira.pk)

    outcomes = writer.run()

    assert names(outcomes, Outcome.SAVED) == ["before", "after"]
    assert names(outcomes, Outcome.DELETED) == ["refused"]
    assert len(rows(cast.findings)) == 2
    assert rows(cast.deleted) == []


def test_after_a_failure_numbers_are_not_used_again(cast: Cast, writer: Writer) -> None:
    writer.add("failing", Lane(cast.introduction.pk), typing("one ")[0], author=uuid4())
    writer.add("later", Lane(cast.findings.pk), typing("two ")[0])

    writer.run()

    keys = SectionUpdate.objects.values_list("writer_id", "seq")
    assert len(set(keys)) == len(keys) == 1


def test_updates_from_outside_live_editing_belong_to_the_callers_transaction(transactional_db: None, cast: Cast) -> None:
    updates = typing("one ", "two")
    author = {"author_id": cast.ned.pk, "organisation_id": cast.north_somerset.pk}

    with transaction.atomic():
        append_offline(cast.findings.pk, updates, **author)
        transaction.set_rollback(True)
    assert read_log(cast.findings.pk) == []

    append_offline(cast.findings.pk, updates, **author)
    assert read_log(cast.findings.pk) == updates
    assert [row.seq for row in rows(cast.findings)] == [1, 2]
