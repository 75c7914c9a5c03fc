"""Putting rows into the log if their reports are still being written: in one step where the database can, or in several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import chain, product
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import UUIDField

from documents import policies
from documents.models import ReportState, SectionUpdate
from reviews.models import ReviewState


class Outcome(StrEnum):
    """What became of an update; the values are the reasons that clients are told."""

    SAVED = "saved"
    FROZEN = "frozen"
    DELETED = "section-deleted"
    NOT_SAVED = "not-saved"


@dataclass(slots=True)
class Row:
    """What `SectionUpdate` holds; `writer_id` and `seq` come when it is written."""

    section_id: UUID
    author_id: UUID
    organisation_id: UUID
    at: datetime
    data: bytes
    writer_id: int = 0
    seq: int = 0


_ID = UUIDField()
# All rows in one statement: between two the writer would have to wait its turn with the event loop's thread.
_INSERT = "INSERT INTO documents_sectionupdate (section_id, author_id, organisation_id, at, data, writer_id, seq) VALUES "
_ROW = "(%s, %s, %s, %s, %s, %s, %s)"
# Only where the same rows may be there already: anything else that has their numbers is an error.
_AGAIN = " ON CONFLICT (writer_id, seq) DO NOTHING"
# Written out, because building them took longer than running them, at every commit.
_LOCK = """
    SELECT id FROM documents_report WHERE id IN (SELECT report_id FROM documents_section WHERE id IN ({}))
    ORDER BY id FOR NO KEY UPDATE
"""
_STATES = """
    SELECT section.id, section.deleted_at IS NOT NULL, report.state, review.state FROM documents_section section
    JOIN documents_report report ON report.id = section.report_id
    JOIN reviews_review review ON review.id = report.review_id WHERE section.id IN ({})
"""
# SQLite's whole transaction in one statement: it holds the lock before it reads. CROSS JOIN keeps the rows in their order.
_AT_ONCE = """
    INSERT INTO documents_sectionupdate (section_id, author_id, organisation_id, data, seq, at, writer_id)
    SELECT column1, column2, column3, column4, column5, ?, ? FROM (VALUES {})
    CROSS JOIN documents_section section ON section.id = column1 AND section.deleted_at IS NULL
    CROSS JOIN documents_report report ON report.id = section.report_id
    CROSS JOIN reviews_review review ON review.id = report.review_id
    WHERE {}
"""
_IS_OPEN = " OR ".join(
    f"(report.state = '{report}' AND review.state = '{review}')"
    for report, review in product(ReportState, ReviewState)
    if policies.are_open(report, review)
)


def insert(rows: Sequence[Row], *, is_retry: bool) -> dict[UUID, Outcome]:
    """Insert those rows that may be, in a transaction; returns the sections that were refused, and why.

    On a retry what an attempt whose end is unknown has stored counts as stored.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "sqlite" and not is_retry:
        return _insert_at_once(database, rows)
    return _insert_in_steps(rows, is_retry=is_retry)


def _insert_at_once(database: BaseDatabaseWrapper, rows: Sequence[Row]) -> dict[UUID, Outcome]:
    """The writer waits its turn with the event loop's thread once, and not at every step and row."""
    values: list[Any] = [database.ops.adapt_datetimefield_value(rows[0].at), rows[0].writer_id]
    for row in rows:
        values += row.section_id.hex, row.author_id.hex, row.organisation_id.hex, row.data, row.seq
    with database.wrap_database_errors:
        stored = database.connection.execute(_at_once(len(rows)), values).rowcount
    return {} if stored == len(rows) else _left_out(rows)


def _left_out(rows: Sequence[Row]) -> dict[UUID, Outcome]:
    """Which sections were not written to, and why. Not asked before: by now a report may be open again."""
    stored = _stored(rows)
    left_out = {row.section_id for row in rows if row.seq not in stored}
    return dict.fromkeys(left_out, Outcome.FROZEN) | refusals(left_out)


@lru_cache(maxsize=128)
def _at_once(count: int) -> str:
    return _AT_ONCE.format(", ".join(["(?, ?, ?, ?, ?)"] * count), _IS_OPEN)


@transaction.atomic
def _insert_in_steps(rows: Sequence[Row], *, is_retry: bool) -> dict[UUID, Outcome]:
    """After the lock is held that an attempt whose end is unknown holds too, one sees what that one stored."""
    refused = refusals({row.section_id for row in rows})
    stored = _stored(rows) if is_retry else set()
    for row in rows:
        if row.seq in stored:
            refused.pop(row.section_id, None)
    new = [row for row in rows if row.seq not in stored and row.section_id not in refused]
    if new:
        statement = _INSERT + ", ".join([_ROW] * len(new)) + (_AGAIN if is_retry else "")
        with connection.cursor() as cursor:
            cursor.execute(statement, list(chain.from_iterable(_parameters(new))))
    return refused


def _stored(rows: Sequence[Row]) -> set[int]:
    own = SectionUpdate.objects.filter(writer_id=rows[0].writer_id, seq__gte=rows[0].seq, seq__lte=rows[-1].seq)
    return set(own.values_list("seq", flat=True))


def _parameters(rows: Sequence[Row]) -> Iterator[tuple[Any, ...]]:
    at = connection.ops.adapt_datetimefield_value(rows[0].at)
    for row in rows:
        yield _id(row.section_id), _id(row.author_id), _id(row.organisation_id), at, row.data, row.writer_id, row.seq


def _id(value: UUID) -> Any:
    return _ID.get_db_prep_value(value, connection) if connection.vendor == "sqlite" else value


def refusals(section_ids: set[UUID]) -> dict[UUID, Outcome]:
    """The sections that take no text now, and why. Holds their reports' rows, which every change of that holds too."""
    ids = [_ID.get_db_prep_value(section_id, connection) for section_id in section_ids]
    some = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        if connection.features.has_select_for_update:
            cursor.execute(_LOCK.format(some), ids)
        # Read after the lock is held: a second statement sees what was committed while waiting for it.
        cursor.execute(_STATES.format(some), ids)
        found = {_ID.to_python(row[0]): _refusal(*row[1:]) for row in cursor.fetchall()}
    return {pk: reason for pk in section_ids if (reason := found.get(pk, Outcome.DELETED))}


def _refusal(is_deleted: bool, report: str, review: str) -> Outcome | None:
    if is_deleted:
        return Outcome.DELETED
    return None if policies.are_open(report, review) else Outcome.FROZEN
