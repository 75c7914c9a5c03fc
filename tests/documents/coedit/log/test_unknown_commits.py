"""The connection breaks around a commit, so that nobody knows whether it happened: nothing is lost, nothing is doubled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from documents.coedit import ledger, rows
from documents.coedit.ledger import Committed, Entry, Lane, Ledger, Outcome
from documents.coedit.store import read_log
from documents.models import CoeditWriter, SectionUpdate
from tests.documents.coedit.raw import text_of, typing
from tests.support import states
from tests.support.cast import Cast


@dataclass
class Wire:
    """The way to the database. `breaks` says at which commits of the log it breaks, and whether they take effect first."""

    breaks: list[str]
    then: Callable[[], None] = lambda: None

    def commit(self, real: Callable[[Any], None], database: Any) -> None:
        how = self.breaks.pop(0) if self.breaks else "never"
        if how != "before":
            real(database)
        if how != "never":
            database.connection.close()
            self.then()
            raise OperationalError("the connection is lost")


@pytest.fixture
def wire(transactional_db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    wire, real, insert, at_once = Wire([]), vars(BaseDatabaseWrapper)["_commit"], rows.insert, rows._insert_at_once
    inside: list[bool] = []

    def commit(database: Any) -> None:
        wire.commit(real, database) if inside else real(database)

    def commit_at_once(database: Any, some: Any) -> Any:
        refused: list[Any] = []
        try:
            wire.commit(lambda _: refused.append(at_once(database, some)), database)
        except OperationalError:
            # As Django does with a transaction of several steps.
            database.close()
            raise
        return refused[0]

    def watched(*some: Any, **options: Any) -> Any:
        inside.append(True)
        try:
            return insert(*some, **options)
        finally:
            inside.pop()

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", commit)
    monkeypatch.setattr(rows, "_insert_at_once", commit_at_once)
    monkeypatch.setattr(ledger, "insert", watched)
    monkeypatch.setattr(ledger, "PAUSE_SECONDS", 0)
    yield wire
    connection.close()


@pytest.fixture
def told() -> list[Committed]:
    return []


@pytest.fixture
def book(told: list[Committed]) -> Ledger:
    return Ledger(told.append)


def entries(cast: Cast, *words: str) -> list[Entry]:
    lane = Lane(cast.findings.pk)
    return [Entry(lane, data, cast.ned.pk, cast.north_somerset.pk, lambda _: None) for data in typing(*words)]


@pytest.mark.parametrize("breaks", [["after"], ["before"], ["before", "before", "after"], ["after", "before", "after"]])
def test_what_may_have_been_committed_is_stored_once(
    cast: Cast, wire: Wire, book: Ledger, told: list[Committed], breaks: list[str]
) -> None:
    wire.breaks.extend(breaks)

    outcomes = book.commit(entries(cast, "one ", "two"))

    assert outcomes == [Outcome.SAVED] * 2
    assert text_of(*read_log(cast.findings.pk)) == "one two"
    assert SectionUpdate.objects.count() == 1
    assert CoeditWriter.objects.count() == 1
    assert [(each.first, each.last) for each in told] == [(1, 1)]


def test_what_was_committed_is_saved_though_the_report_has_been_frozen_since(cast: Cast, wire: Wire, book: Ledger) -> None:
    wire.breaks.append("after")
    wire.then = lambda: elsewhere(lambda: states.freeze(cast.report))

    assert book.commit(entries(cast, "just in time")) == [Outcome.SAVED]

    assert text_of(*read_log(cast.findings.pk)) == "just in time"


def test_what_was_not_committed_is_refused_once_the_report_is_frozen(cast: Cast, wire: Wire, book: Ledger) -> None:
    wire.breaks.append("before")
    wire.then = lambda: elsewhere(lambda: states.freeze(cast.report))

    assert book.commit(entries(cast, "too late")) == [Outcome.FROZEN]

    assert read_log(cast.findings.pk) == []


def test_a_database_that_stays_away_is_told_and_its_numbers_are_left_alone(
    cast: Cast, wire: Wire, book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit may still appear under them."""
    monkeypatch.setattr(ledger, "PATIENCE_SECONDS", 0)
    wire.breaks.append("before")
    assert book.commit(entries(cast, "lost ")) == [Outcome.NOT_SAVED]

    assert book.commit(entries(cast, "later")) == [Outcome.SAVED]

    assert CoeditWriter.objects.count() == 2
    assert text_of(*read_log(cast.findings.pk)) == "later"


def test_rows_become_visible_in_the_order_of_their_numbers_when_rooms_are_tried_one_by_one(
    cast: Cast, wire: Wire, book: Ledger, told: list[Committed]
) -> None:
    """One room's author is not there any more, so the group fails; others follow a writer by its numbers."""
    bad = Entry(Lane(cast.introduction.pk), typing("bad")[0], cast.report.pk, cast.north_somerset.pk, lambda _: None)
    first, *rest = entries(cast, "one ", "two ")

    outcomes = book.commit([first, bad, *rest])

    assert outcomes == [Outcome.SAVED, Outcome.NOT_SAVED, Outcome.SAVED]
    seqs = list(SectionUpdate.objects.order_by("pk").values_list("seq", flat=True))
    assert seqs == sorted(seqs)
    assert [each.last for each in told] == seqs


def elsewhere(act: Callable[[], Any]) -> None:
    """Done by somebody else, on a connection of theirs."""

    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()
