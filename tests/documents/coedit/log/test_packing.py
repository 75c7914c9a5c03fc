"""What a person wrote in a section since the last commit is one row, and still says who wrote what."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from accounts.models import User
from documents.coedit.replica import CHUNK, merged, replica_of
from documents.coedit.store import Entry, Lane, Outcome, Store, read_log
from documents.models import Section, SectionUpdate
from tests.documents.coedit.raw import text_of, typing
from tests.support.cast import Cast

Written = tuple[Section, User, bytes]


@pytest.fixture
def store_together(transactional_db: None, cast: Cast) -> Callable[[list[Written]], list[Outcome]]:
    """Store updates of one moment; returns what their authors are told."""
    organisations = {cast.ned: cast.north_somerset.pk, cast.bella: cast.bristol.pk}

    def store(written: list[Written]) -> list[Outcome]:
        lanes: dict[Section, Lane] = {}
        told: list[Outcome] = []

        async def run() -> None:
            running, all_told = Store(asyncio.get_running_loop()), asyncio.Event()
            entries = [
                Entry(lanes.setdefault(section, Lane(section.pk)), data, author.pk, organisations[author], told.append)
                for section, author, data in written
            ]
            # All are waiting when the writer looks.
            running._queue.put(entries[0])
            for entry in entries[1:]:
                running._queue.put(entry)
            running.append(Entry(entries[0].lane, b"", cast.ned.pk, cast.north_somerset.pk, lambda _: all_told.set()))
            await asyncio.to_thread(running.close)
            await all_told.wait()

        asyncio.run(run())
        return told

    return store


def rows(section: Section) -> list[SectionUpdate]:
    return list(SectionUpdate.objects.filter(section=section).order_by("pk"))


def test_one_row_a_person_and_section(cast: Cast, store_together: Callable[[list[Written]], list[Outcome]]) -> None:
    ned, bella = typing("one ", "two "), typing("three ", "four ")

    told = store_together(
        [
            (cast.findings, cast.ned, ned[0]),
            (cast.findings, cast.bella, bella[0]),
            (cast.findings, cast.ned, ned[1]),
            (cast.introduction, cast.ned, typing("elsewhere")[0]),
            (cast.findings, cast.bella, bella[1]),
        ]
    )

    assert told == [Outcome.SAVED] * 5
    found = {(row.author, row.organisation, text_of(bytes(row.data))) for row in rows(cast.findings)}
    assert found == {(cast.ned, cast.north_somerset, "one two "), (cast.bella, cast.bristol, "three four ")}
    assert [text_of(bytes(row.data)) for row in rows(cast.introduction)] == ["elsewhere"]
    assert len({row.at for row in rows(cast.findings)}) == 1


def test_much_at_once_is_a_few_rows(cast: Cast, store_together: Callable[[list[Written]], list[Outcome]]) -> None:
    updates = typing(*(f"{n} " for n in range(3 * CHUNK)))

    store_together([(cast.findings, cast.ned, update) for update in updates])

    assert len(rows(cast.findings)) == 3
    assert text_of(*read_log(cast.findings.pk)) == "".join(f"{n} " for n in range(3 * CHUNK))


def test_a_paste_is_a_row_of_its_own(cast: Cast, store_together: Callable[[list[Written]], list[Outcome]]) -> None:
    before, paste, after = typing("before ", "paste " * 20_000, "after")

    store_together([(cast.findings, cast.ned, update) for update in (before, paste, after)])

    assert [bytes(row.data) for row in rows(cast.findings)] == [before, paste, after]


def test_what_cannot_be_merged_is_stored_as_it_came(
    cast: Cast, store_together: Callable[[list[Written]], list[Outcome]]
) -> None:
    """No client's bytes come so far; whatever does is kept."""
    sound = typing("sound")[0]

    told = store_together([(cast.findings, cast.ned, sound), (cast.findings, cast.ned, b"\xff\xff")])

    assert told == [Outcome.SAVED] * 2
    assert [bytes(row.data) for row in rows(cast.findings)] == [sound, b"\xff\xff"]
    assert text_of(replica_of(read_log(cast.findings.pk)).missing(b"\x00")) == "sound"


def edits(changes: list[tuple[int, int, int]]) -> list[bytes]:
    """The updates of three people who change a text of theirs, and see each other's now and then."""
    docs: list[Doc[Any]] = [Doc(client_id=number) for number in (1, 2, 3)]
    made: list[bytes] = []
    for who, what, where in changes:
        doc = docs[who]
        text = doc.get("text", type=Text)
        before = doc.get_state()
        if what == 0 and str(text):
            del text[where % len(str(text))]
        elif what == 1 and made:
            doc.apply_update(made[where % len(made)])
        else:
            text.insert(where % (len(str(text)) + 1), "abc"[who])
        made.append(doc.get_update(before))
    return made


@pytest.mark.no_database
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 50)), min_size=1, max_size=40), st.randoms())
def test_merged_updates_have_the_effect_of_each(changes: list[tuple[int, int, int]], random: Any) -> None:
    """Whichever are merged with whichever, overlapping or out of order: the text is that of all of them."""
    updates = edits(changes)
    shuffled = random.sample(updates, len(updates))
    cut = random.randrange(len(updates))
    parts = [part for part in (shuffled[:cut], shuffled[cut:]) if part]

    text = text_of(*updates)
    assert text_of(*(merged(part) for part in parts)) == text
    assert text_of(replica_of(shuffled).missing(b"\x00")) == text
    assert str(replica_of([merged(part) for part in parts]).doc.get("text", type=Text)) == text
