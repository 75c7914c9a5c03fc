"""Writing the audit trail."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import models

from accounts.models import AuditEvent, User


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the audit trail notes of the request that an act came by."""

    request_id: UUID = field(default_factory=uuid4)
    ip_address: str | None = None


current_request: ContextVar[RequestFacts | None] = ContextVar("current_request", default=None)


def record(
    verb: str,
    *,
    by: User | None,
    obj: models.Model | None = None,
    organisation: UUID | None = None,
    review: UUID | None = None,
    **data: Any,
) -> AuditEvent:
    """Append one event. Call it inside the transaction of the act it tells of.

    `verb` is "<noun>.<past participle>", such as "section.restricted"; `data` must be JSON and hold no text of a report.
    """
    facts = current_request.get() or RequestFacts()
    return AuditEvent.objects.create(
        verb=verb,
        actor_id=by.pk if by else None,
        actor_name=by.full_name if by else "",
        organisation_id=organisation,
        review_id=review,
        object_type=obj._meta.label_lower if obj else "",
        object_id=str(obj.pk) if obj else "",
        request_id=facts.request_id,
        ip_address=facts.ip_address,
        data=data,
    )
