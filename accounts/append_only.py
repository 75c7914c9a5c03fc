"""Tables whose rows nobody can change or delete: database triggers refuse it, whoever asks.

On SQLite a migration that makes such a table anew (most that alter it) takes its triggers away: it must install them again.
"""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

AUDIT = ("accounts_auditevent", "accounts_auditseal")
# All such tables. Rooms further on add theirs in their AppConfig.ready.
TABLES = list(AUDIT)
_REFUSAL = "This table is append-only."


def protect(tables: Sequence[str]) -> None:
    """Name tables of another room: a migration of that room installs their triggers."""
    TABLES.extend(table for table in tables if table not in TABLES)


def install(connection: BaseDatabaseWrapper, tables: Sequence[str] | None = None) -> None:
    """Refuse UPDATE and DELETE (on PostgreSQL also TRUNCATE) on these tables, or on all; harmless when repeated."""
    remove(connection, tables)
    _run(connection, [statement for table in _chosen(tables) for statement in _INSTALL[connection.vendor](table)])


def remove(connection: BaseDatabaseWrapper, tables: Sequence[str] | None = None) -> None:
    """Take the triggers away, to unapply a migration or to empty a database that is only a test's or a demonstration's."""
    _run(connection, [statement for table in _chosen(tables) for statement in _REMOVE[connection.vendor](table)])


def _chosen(tables: Sequence[str] | None) -> Sequence[str]:
    return TABLES if tables is None else tables


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _install_sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for act in ("UPDATE", "DELETE")
    ]


def _install_postgresql(table: str) -> list[str]:
    return [
        _FUNCTION,
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change()""",
    ]


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_INSTALL = {"sqlite": _install_sqlite, "postgresql": _install_postgresql}
_REMOVE = {
    "sqlite": lambda table: [f"DROP TRIGGER IF EXISTS {table}_no_{act}" for act in ("update", "delete")],
    "postgresql": lambda table: [f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"],
}
