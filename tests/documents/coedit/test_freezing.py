"""Freezing while people write: the version holds exactly what was acknowledged, and everything later is refused."""

from collections.abc import Iterator
from itertools import count
from threading import Event, Thread
from time import monotonic

import pytest
from django.db import connections

from documents.actions import states, versions
from documents.coedit import protocol
from documents.coedit.ledger import Entry, Lane, Ledger, Outcome
from documents.lifecycle import REOPEN
from documents.models import ReportState, Section, Version
from documents.text import flat
from documents.text.rendering import plain_text
from tests.documents.coedit.conftest import NodeOf, RawOf, TokenOf
from tests.documents.coedit.raw import RawClient, read, typing
from tests.documents.versions_helpers import held, ready
from tests.support.cast import Cast
from tests.support.checks import fresh

PATIENCE = 20.0


def words_in(version: Version, section: Section) -> set[str]:
    return set(plain_text(held(version, section.title).content).split())


class SocketWriter(Thread):
    """Types one word after the other through a socket, hears what becomes of each, and goes on until it is told to stop."""

    def __init__(self, socket: RawClient, section: Section, name: str) -> None:
        super().__init__()
        self.socket, self.section, self.name = socket, section, name
        self.saved: list[str] = []
        self.told = ""

    def run(self) -> None:
        words = [f"{self.name}{number} " for number in range(2_000)]
        for word, update in zip(words, typing(*words, into=flat.SECTION), strict=True):
            self.socket.say(self.section.pk, protocol.update(update))
            if not self._is_saved():
                return
            self.saved.append(word.strip())

    def _is_saved(self) -> bool:
        """Hear what became of the last word. Whoever is not let write any more is told so, before that or after it."""
        is_refused = False
        while not (is_refused and self.told):
            _, what, detail = read(self.socket._socket.recv(timeout=PATIENCE))
            if (what, detail) == ("status", 1):
                return True
            is_refused = is_refused or what in ("status", "closed")
            if what == "closed" or (what, detail) == ("authenticated", "readonly"):
                self.told = str(detail)
        return False


@pytest.fixture
def writers(cast: Cast, raw: RawOf, token_of: TokenOf) -> Iterator[list[SocketWriter]]:
    """Bella, Ned and Amira write in the same section of a report that is ready to be frozen."""
    ready(cast)
    made = []
    for person, name in ((cast.bella, "bella"), (cast.ned, "ned"), (cast.amira, "amira")):
        socket = raw()
        socket.join(cast.findings.pk, token_of(person))
        made.append(SocketWriter(socket, cast.findings, name))
    yield made
    for writer in made:
        writer.join(PATIENCE)
        assert not writer.is_alive()


def test_a_version_holds_exactly_what_was_acknowledged(cast: Cast, writers: list[SocketWriter]) -> None:
    before = {"Nobody", "brought", "it", "together."}
    for writer in writers:
        writer.start()
    deadline = monotonic() + PATIENCE
    while not all(len(writer.saved) > 5 for writer in writers) and monotonic() < deadline:
        pass

    version = versions.freeze(cast.report, name="For signature", by=fresh(cast.amira))
    stored = {row.pk for row in cast.findings.updates.all()}
    for writer in writers:
        writer.join(PATIENCE)

    saved = {word for writer in writers for word in writer.saved}
    assert len(saved) > 15
    assert words_in(version, cast.findings) == before | saved
    assert {writer.told for writer in writers} <= {"frozen", "readonly"}
    assert {row.pk for row in cast.findings.updates.all()} == stored


def test_the_words_that_came_too_late_stay_with_their_writer(cast: Cast, of: NodeOf) -> None:
    ready(cast)
    bella = of(cast.bella).open(cast.findings.document_name)
    bella.saves("In time. ")
    versions.freeze(cast.report, name="For signature", by=fresh(cast.amira))
    bella.wait("event", "authenticated", detail="readonly")
    stored = cast.findings.updates.count()

    bella.insert("Too late. ")

    assert "In time. Too late. " in bella.text
    assert bella.unsaved > 0
    assert cast.findings.updates.count() == stored


class LedgerWriter(Thread):
    """Appends to the log as a process of live editing does, without a socket in between."""

    def __init__(self, cast: Cast, section: Section, name: str) -> None:
        super().__init__()
        self.cast, self.section, self.word = cast, section, name
        self.saved: list[str] = []
        self.has_begun, self.outcome = Event(), Outcome.SAVED

    def run(self) -> None:
        ledger, lane = Ledger(lambda committed: None), Lane(self.section.pk)
        writer, place = self.cast.bella.pk, self.cast.bristol.pk
        try:
            for number in count():
                word = f"{self.word}{number}"
                entry = Entry(lane, typing(f"{word} ", into=flat.SECTION)[0], writer, place, lambda outcome: None)
                (self.outcome,) = ledger.commit([entry])
                if self.outcome != Outcome.SAVED:
                    return
                self.saved.append(word)
                self.has_begun.set()
        finally:
            connections.close_all()


@pytest.mark.usefixtures("transactional_db")
def test_no_append_slips_between_reading_the_texts_and_the_end_of_writing(cast: Cast) -> None:
    """Frozen and opened again, time after time, with processes that never stop writing."""
    ready(cast)
    known = {"The", "young", "people", "were", "known."}
    for turn in range(5):
        writers = [LedgerWriter(cast, cast.introduction, f"t{turn}w{number}-") for number in range(3)]
        for writer in writers:
            writer.start()
        assert all(writer.has_begun.wait(PATIENCE) for writer in writers)

        version = versions.freeze(cast.report, name=f"Turn {turn}", by=fresh(cast.amira))
        for writer in writers:
            writer.join(PATIENCE)

        assert {writer.outcome for writer in writers} == {Outcome.FROZEN}
        known |= {word for writer in writers for word in writer.saved}
        assert words_in(version, cast.introduction) == known
        cast.report.refresh_from_db()
        assert cast.report.state == ReportState.FROZEN
        states.move(cast.report, REOPEN, by=fresh(cast.amira), reason="Once more.")
