"""Database triggers that let nobody change or delete the audit trail and its seals."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("accounts_auditevent", "accounts_auditseal")
_REFUSAL = "The audit trail is append-only."


def install(connection: BaseDatabaseWrapper) -> None:
    """Refuse UPDATE and DELETE (on PostgreSQL also TRUNCATE) on both tables; harmless when repeated."""
    remove(connection)
    _run(connection, _INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, to unapply the migration or to empty a database that is only a test's or a demonstration's."""
    _run(connection, _REMOVE[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for table in TABLES
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        _FUNCTION,
        *(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change()"
            for table in TABLES
        ),
    ],
}
_REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {table}_no_{act}" for table in TABLES for act in ("update", "delete")],
    "postgresql": [f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in TABLES],
}
