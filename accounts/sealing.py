"""Seals of the audit trail: each holds the digest of its events and of the seal before it.

A digest is SHA-256 over lines of UTF-8, each ended by a newline: first the digest before it (none before the first),
then each event in order of id as JSON, keys sorted, without spaces. Whoever has kept a seal can prove that no event up
to it was changed, added or taken away.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts.models import AuditEvent, AuditSeal


@transaction.atomic
def seal() -> AuditSeal | None:
    """Seal the events since the last seal; None when there are none."""
    _wait_for_writers()
    last = AuditSeal.objects.order_by("-id").first()
    events = AuditEvent.objects.filter(id__gt=last.last_event_id if last else 0).order_by("id")
    first_event, last_event = events.first(), events.last()
    if first_event is None or last_event is None:
        return None
    return AuditSeal.objects.create(
        first_event_id=first_event.id,
        last_event_id=last_event.id,
        event_count=events.count(),
        digest=_digest(last.digest if last else "", events.iterator()),
    )


def broken_seal() -> AuditSeal | None:
    """The first seal that its events do not fit any more; None when all are whole."""
    digest, end = "", 0
    for kept in AuditSeal.objects.order_by("id"):
        events = AuditEvent.objects.filter(id__gt=end, id__lte=kept.last_event_id).order_by("id")
        digest, end = _digest(digest, events.iterator()), kept.last_event_id
        if digest != kept.digest:
            return kept
    return None


def _wait_for_writers() -> None:
    """An event with a lower id may still be on its way on PostgreSQL: let running transactions finish, hold new ones."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            cursor.execute("LOCK TABLE accounts_auditevent, accounts_auditseal IN SHARE ROW EXCLUSIVE MODE")


def _digest(before: str, events: Iterable[AuditEvent]) -> str:
    found = hashlib.sha256(f"{before}\n".encode())
    for event in events:
        found.update(f"{_canonical(event)}\n".encode())
    return found.hexdigest()


def _canonical(event: AuditEvent) -> str:
    values = {field.attname: _plain(getattr(event, field.attname)) for field in AuditEvent._meta.concrete_fields}
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value
