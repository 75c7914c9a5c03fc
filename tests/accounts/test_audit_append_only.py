"""The database itself refuses to change the audit trail and its seals, whichever database it is."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction

from accounts import sealing
from accounts.audit import record
from accounts.models import AuditEvent, AuditSeal
from tests.support.cast import Cast

CHANGES: dict[str, Callable[[type[models.Model]], object]] = {
    "update": lambda model: model._default_manager.update(id=7),
    "delete": lambda model: model._default_manager.all()._raw_delete("default"),
    "update that changes nothing": lambda model: model._default_manager.update(at=models.F("at")),
}


@pytest.mark.parametrize("model", [AuditEvent, AuditSeal])
@pytest.mark.parametrize("change", CHANGES)
def test_what_is_written_stays(cast: Cast, model: type[models.Model], change: str) -> None:
    sealing.seal()
    before = list(model._default_manager.order_by("pk").values())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CHANGES[change](model)

    assert list(model._default_manager.order_by("pk").values()) == before


@pytest.mark.parametrize("table", ["accounts_auditevent", "accounts_auditseal"])
def test_it_cannot_be_emptied_at_once(cast: Cast, table: str) -> None:
    statement = {"postgresql": f"TRUNCATE {table}", "sqlite": f"DELETE FROM {table}"}[connection.vendor]  # noqa: S608
    sealing.seal()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_act_that_fails_leaves_nothing_on_record(cast: Cast) -> None:
    @transaction.atomic
    def act() -> None:
        record("test.done", by=cast.ned)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()

    assert not AuditEvent.objects.filter(verb="test.done").exists()
