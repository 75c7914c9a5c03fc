"""What a socket may do now, read from the database each time it is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from accounts.sessions import is_live
from documents.access import socket_rights
from documents.coedit.tokens import Claims
from documents.models import Report, Section
from documents.rights import SocketRights


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's rights on a report; without any, `reason` says why. `deleted` are sections that are no more."""

    rights: SocketRights | None
    reason: str = "permission-denied"
    review_id: UUID | None = None
    deleted: frozenset[UUID] = frozenset()

    def may_read(self, section_id: UUID) -> bool:
        return self.rights is not None and section_id in self.rights.levels

    def refusal(self, section_id: UUID) -> str:
        """Why a section cannot be read."""
        return "section-deleted" if section_id in self.deleted else self.reason


Judge = Callable[[Claims], Verdict]


def judge(claims: Claims) -> Verdict:
    """Read a person's rights from the database."""
    rights = socket_rights(claims.user_id, claims.session_key, claims.report_id)
    if rights is None:
        return Verdict(None, "permission-denied" if is_live(claims.session_key, claims.user_id) else "signed-out")
    return verdict_on(rights)


def verdict_on(rights: SocketRights) -> Verdict:
    """Rights, with what else a socket needs to know of their report."""
    gone = Section.objects.filter(report_id=rights.report_id, deleted_at__isnull=False).values_list("pk", flat=True)
    review_id = Report.objects.values_list("review_id", flat=True).get(pk=rights.report_id)
    return Verdict(rights, review_id=review_id, deleted=frozenset(gone))
