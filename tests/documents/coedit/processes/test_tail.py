"""What other writers add to the log is read completely and once, whatever becomes visible when."""

from collections.abc import Callable, Iterator
from uuid import UUID

import psycopg
import pytest

from documents.coedit.notices import Grown
from documents.coedit.tail import Connection, Tail
from tests.documents.coedit.processes.fleet import Fleet

Log = Callable[..., None]
INSERT = "INSERT INTO documents_sectionupdate (section_id, writer_id, seq, data, at) VALUES (%s, %s, %s, %s, now())"


@pytest.fixture
def connection(fleet: Fleet) -> Iterator[Connection]:
    with psycopg.connect(fleet.database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def write(connection: Connection) -> Log:
    """Add rows to the log, as a writer does; each row's bytes are its number."""

    def add(writer: int, *numbers: int, section: UUID, by: Connection = connection) -> None:
        by.execute("INSERT INTO documents_coeditwriter (id, started_at) VALUES (%s, now()) ON CONFLICT DO NOTHING", [writer])
        for number in numbers:
            by.execute(INSERT, [section, writer, number, str(number).encode()])

    return add


@pytest.fixture
def opened(fleet: Fleet) -> set[UUID]:
    """The sections that are open; to be changed by the test."""
    return {fleet.scene.findings}


@pytest.fixture
def tail(connection: Connection, opened: set[UUID]) -> Tail:
    """Follows a log that is empty so far; its own writer is 1."""
    tail = Tail(lambda: 1, lambda: frozenset(opened))
    tail.begin(connection)
    return tail


def told(writer: int, first: int, last: int, *sections: UUID) -> Grown:
    return Grown(writer, first, last, frozenset(sections))


def test_what_is_told_is_read_once(fleet: Fleet, connection: Connection, tail: Tail, write: Log) -> None:
    findings = fleet.scene.findings
    write(7, 1, 2, section=findings)

    assert list(tail.follow(connection, [told(7, 1, 2, findings)])) == [[(findings, b"1"), (findings, b"2")]]
    assert list(tail.follow(connection, [told(7, 1, 2, findings)])) == []
    assert list(tail.look(connection)) == []


def test_what_nobody_told_is_found(fleet: Fleet, connection: Connection, tail: Tail, write: Log) -> None:
    write(7, 1, section=fleet.scene.findings)

    assert list(tail.look(connection)) == [[(fleet.scene.findings, b"1")]]


def test_a_notice_that_came_after_a_lost_one_brings_what_that_one_told(
    fleet: Fleet, connection: Connection, tail: Tail, write: Log
) -> None:
    """The lost one was of an open section, the one that came is not."""
    write(7, 1, section=fleet.scene.findings)
    write(7, 2, section=fleet.scene.introduction)

    rows = list(tail.follow(connection, [told(7, 2, 2, fleet.scene.introduction)]))

    assert rows == [[(fleet.scene.findings, b"1")]]


def test_a_row_that_becomes_visible_after_later_ones_is_not_missed(
    fleet: Fleet, connection: Connection, tail: Tail, write: Log
) -> None:
    """Another writer's later row has been seen; the numbers of a table say nothing about the order of commits."""
    findings = fleet.scene.findings
    with psycopg.connect(fleet.database) as slow:
        write(7, 1, section=findings, by=slow)
        write(8, 1, section=findings)
        assert list(tail.look(connection)) == [[(findings, b"1")]]
        slow.commit()

    assert list(tail.look(connection)) == [[(findings, b"1")]]


def test_sections_that_are_not_open_are_passed_over(
    fleet: Fleet, connection: Connection, tail: Tail, write: Log, opened: set[UUID]
) -> None:
    """Whoever opens one later reads its log then."""
    introduction = fleet.scene.introduction
    write(7, 1, section=introduction)
    assert list(tail.follow(connection, [told(7, 1, 1, introduction)])) == []
    opened.add(introduction)
    write(7, 2, section=introduction)

    assert list(tail.follow(connection, [told(7, 2, 2, introduction)])) == [[(introduction, b"2")]]


def test_a_section_opened_while_rows_are_read_misses_none(
    fleet: Fleet, connection: Connection, write: Log, opened: set[UUID]
) -> None:
    """Rows that come between are behind the bound that was fixed before, and are read next time."""
    findings, introduction = fleet.scene.findings, fleet.scene.introduction
    looks: list[int] = []

    def opened_late() -> frozenset[UUID]:
        looks.append(1)
        if len(looks) == 1:
            write(7, 2, section=introduction)
            now = frozenset(opened)
            opened.add(introduction)
            return now
        return frozenset(opened)

    tail = Tail(lambda: None, opened_late)
    tail.begin(connection)
    write(7, 1, section=findings)

    assert list(tail.look(connection)) == [[(findings, b"1")]]
    assert list(tail.look(connection)) == [[(introduction, b"2")]]


def test_its_own_rows_are_not_read_but_those_of_a_writer_it_gave_up_are(
    fleet: Fleet, connection: Connection, opened: set[UUID], write: Log
) -> None:
    """Whether the last commit before a broken connection arrived is not known: what did is in the log."""
    own: list[int | None] = [1]
    tail = Tail(lambda: own[0], lambda: opened)
    tail.begin(connection)
    write(1, 1, section=fleet.scene.findings)
    tail.wrote(1, 1)
    write(1, 2, section=fleet.scene.findings)
    assert list(tail.look(connection)) == []

    own[0] = None

    assert list(tail.look(connection)) == [[(fleet.scene.findings, b"2")]]


def test_a_reading_that_breaks_is_begun_again(fleet: Fleet, connection: Connection, tail: Tail, write: Log) -> None:
    findings = fleet.scene.findings
    write(7, *range(1, 301), section=findings)
    lots = tail.look(connection)
    assert len(next(lots)) == 200

    lots.close()  # type: ignore[attr-defined]

    assert sum(map(len, tail.look(connection))) == 300


def test_what_was_there_at_the_beginning_is_not_read(
    fleet: Fleet, connection: Connection, opened: set[UUID], write: Log
) -> None:
    write(7, 1, 2, section=fleet.scene.findings)
    tail = Tail(lambda: None, lambda: opened)
    tail.begin(connection)
    write(7, 3, section=fleet.scene.findings)

    assert list(tail.look(connection)) == [[(fleet.scene.findings, b"3")]]
