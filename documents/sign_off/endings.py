"""Why a version is not out for signature any more: from the audit trail, which keeps who ended it and their reason."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import AuditEvent
from documents.lifecycle import TRANSITIONS
from documents.models import Report, Version

DID = {
    "report.reopened": "opened the report again for writing",
    "report.declined": "declined to sign it",
    "report.returned": "left the review for their partnership",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """The act that ended a version."""

    at: datetime
    actor_name: str
    verb: str
    reason: str

    @property
    def did(self) -> str:
        """What the actor did, in words."""
        return DID[self.verb]


def ending_of(version: Version) -> Ending | None:
    """None while it is out, agreed or later, and for a milestone."""
    verbs = [one.verb for one in TRANSITIONS if one.voids]
    events = AuditEvent.objects.filter(
        object_type=Report._meta.label_lower, object_id=str(version.report_id), verb__in=verbs, data__version=str(version.pk)
    )
    event = events.order_by("-pk").first()
    return Ending(event.at, event.actor_name, event.verb, str(event.data.get("reason", ""))) if event else None
