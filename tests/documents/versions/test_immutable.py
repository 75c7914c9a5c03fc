"""The database itself refuses to change a version, whichever database it is."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction

from accounts import append_only
from documents.models import Version, VersionSection
from documents.models.version import IMMUTABLE
from tests.documents.versions_helpers import freeze
from tests.support.cast import Cast

CHANGES: dict[str, Callable[[type[models.Model]], object]] = {
    "update": lambda model: model._default_manager.update(words=7),
    "update that changes nothing": lambda model: model._default_manager.update(words=models.F("words")),
    "delete": lambda model: model._default_manager.all()._raw_delete("default"),
}


@pytest.mark.parametrize("model", [Version, VersionSection])
@pytest.mark.parametrize("change", CHANGES)
def test_what_was_made_stays(cast: Cast, model: type[models.Model], change: str) -> None:
    freeze(cast)
    before = list(model._default_manager.order_by("pk").values())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CHANGES[change](model)

    assert list(model._default_manager.order_by("pk").values()) == before


@pytest.mark.parametrize("table", IMMUTABLE)
def test_a_table_cannot_be_emptied_at_once(cast: Cast, table: str) -> None:
    statement = {"postgresql": f"TRUNCATE {table} CASCADE", "sqlite": f"DELETE FROM {table}"}[connection.vendor]  # noqa: S608
    freeze(cast)
    connection.check_constraints()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_no_migration_has_taken_the_triggers_away() -> None:
    """On SQLite one that alters a table does."""
    query = {
        "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_no_update'",
        "postgresql": "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_append_only'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        protected = {name for (name,) in cursor.fetchall()}

    assert protected == set(append_only.TABLES)
    assert set(IMMUTABLE) <= protected
