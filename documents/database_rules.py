"""Rules of this room that the database keeps by triggers, whoever writes to it.

They are taken away before migrations and installed after them. SQLite lets no table be built anew while a trigger of another
table refers to it, and drops the table's own triggers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from documents.lifecycle import AGREED, DRAFTING, FROZEN, moves


@dataclass(frozen=True, slots=True)
class Rule:
    """Refuses an act on the rows of a table where a condition on `NEW` and `OLD` holds; always, where there is none."""

    name: str
    table: str
    act: str
    refusal: str
    condition: str = ""


def before_migrate(using: str, **_: Any) -> None:
    """Receives `pre_migrate` of this room."""
    remove(connections[using])


def after_migrate(using: str, **_: Any) -> None:
    """Receives `post_migrate` of this room. Where it has been unapplied as far as that, there is nothing to keep."""
    connection = connections[using]
    if set(connection.introspection.table_names()) >= _TABLES:
        install(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Set all of them anew."""
    remove(connection)
    _run(connection, _SETTING_UP[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take them away, to empty a database that is only a test's or a demonstration's."""
    _run(connection, _TAKING_AWAY[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_STEPS = " OR ".join(f"(OLD.state = '{origin}' AND NEW.state = '{target}')" for origin, target in moves())
_MISSING = """EXISTS (SELECT 1 FROM documents_requiredseat seat WHERE seat.version_id = NEW.signed_version_id
    AND NOT EXISTS (SELECT 1 FROM documents_signoff sign WHERE sign.required_seat_id = seat.id
        AND sign.voided_at IS NULL AND sign.decision <> 'declined'))"""
# Made of the constants above only.
_NOT_OUT = f"""NOT EXISTS (SELECT 1 FROM documents_requiredseat seat
    JOIN documents_report report ON report.signed_version_id = seat.version_id
    WHERE seat.id = NEW.required_seat_id AND report.state = '{FROZEN}')"""  # noqa: S608
# Only the voiding of a signature may change its row, and only once.
_UNTOUCHED = (
    "id",
    "required_seat_id",
    "decision",
    "note",
    "organisation_id",
    "is_deputy",
    "signed_at",
    "signed_by_id",
)
_CHANGED = " OR ".join(["OLD.voided_at IS NOT NULL", *(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _UNTOUCHED)])

RULES = [
    Rule(
        "report_starts_as_a_draft", "documents_report", "INSERT", "A report starts as a draft.", f"NEW.state <> '{DRAFTING}'"
    ),
    Rule(
        "report_moves_by_the_table",
        "documents_report",
        "UPDATE",
        "A report does not move like this (documents/lifecycle.py).",
        f"OLD.state <> NEW.state AND NOT ({_STEPS})",
    ),
    Rule(
        "report_keeps_its_signed_version",
        "documents_report",
        "UPDATE",
        "The version that is signed stays the same until the report is opened again.",
        f"OLD.signed_version_id IS DISTINCT FROM NEW.signed_version_id AND '{DRAFTING}' NOT IN (OLD.state, NEW.state)",
    ),
    Rule(
        "report_agreed_by_every_seat",
        "documents_report",
        "UPDATE",
        "A report is agreed when every seat has approved its version.",
        f"OLD.state <> NEW.state AND NEW.state = '{AGREED}' AND {_MISSING}",
    ),
    Rule(
        "sign_off_on_what_is_out",
        "documents_signoff",
        "INSERT",
        "Only the version that is out for signature can be signed.",
        _NOT_OUT,
    ),
    Rule("sign_off_unchanged", "documents_signoff", "UPDATE", "A signature can only be voided, once.", _CHANGED),
    Rule("sign_off_kept", "documents_signoff", "DELETE", "A signature stays in the record."),
    Rule("required_seat_unchanged", "documents_requiredseat", "UPDATE", "The seats of a version are fixed."),
    Rule("required_seat_kept", "documents_requiredseat", "DELETE", "The seats of a version are fixed."),
    Rule(
        "thread_keeps_its_audience",
        "documents_thread",
        "UPDATE",
        "A thread that everyone can see cannot be made private, nor another organisation’s.",
        "NEW.only_for_id IS NOT NULL AND OLD.only_for_id IS DISTINCT FROM NEW.only_for_id",
    ),
    Rule("comment_unchanged", "documents_comment", "UPDATE", "What was said stays as it was said."),
]

_TABLES = {rule.table for rule in RULES}


def _sqlite(rule: Rule) -> str:
    condition = rule.condition.replace("IS DISTINCT FROM", "IS NOT")
    when = f"WHEN {condition}" if condition else ""
    refusal = f"SELECT RAISE(ABORT, '{rule.refusal}')"
    return f"CREATE TRIGGER {rule.name} BEFORE {rule.act} ON {rule.table} FOR EACH ROW {when} BEGIN {refusal}; END"


def _postgresql(rule: Rule) -> Iterator[str]:
    """The condition is in the function: a trigger's own may not ask other tables."""
    row = "OLD" if rule.act == "DELETE" else "NEW"
    yield f"""CREATE OR REPLACE FUNCTION documents_{rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {rule.condition or "TRUE"} THEN
            RAISE EXCEPTION '{rule.refusal}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN {row}; END $$"""
    yield (
        f"CREATE TRIGGER {rule.name} BEFORE {rule.act} ON {rule.table} FOR EACH ROW EXECUTE FUNCTION documents_{rule.name}()"
    )


_SETTING_UP = {
    "sqlite": [_sqlite(rule) for rule in RULES],
    "postgresql": [statement for rule in RULES for statement in _postgresql(rule)],
}
_TAKING_AWAY = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {rule.name}" for rule in RULES],
    "postgresql": [f"DROP TRIGGER IF EXISTS {rule.name} ON {rule.table}" for rule in RULES],
}
