"""What a socket may do now, read from the database each time it is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from accounts.sessions import is_live
from documents.access import socket_rights
from documents.coedit.tokens import Claims
from documents.models import Restriction, Section
from documents.rights import SocketRights


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's rights on a report; without any, `reason` says why. `deleted` are sections that are no more."""

    rights: SocketRights | None
    reason: str = "permission-denied"
    review_id: UUID | None = None
    deleted: Mapping[UUID, str] = field(default_factory=dict)  # with their restriction

    def may_read(self, section_id: UUID) -> bool:
        return self.rights is not None and section_id in self.rights.levels

    def refusal(self, section_id: UUID, *, had_it_open: bool = False) -> str:
        """Why a section cannot be read. That a hidden one has been deleted is told to those only who had it open."""
        restriction = self.deleted.get(section_id, Restriction.HIDDEN)
        is_told = restriction != Restriction.HIDDEN or (had_it_open and section_id in self.deleted)
        return "section-deleted" if is_told else self.reason


Judge = Callable[[Claims], Verdict]


def judge(claims: Claims) -> Verdict:
    """Read a person's rights from the database."""
    rights = socket_rights(claims.user_id, claims.session_key, claims.report_id)
    if rights is None:
        return Verdict(None, "permission-denied" if is_live(claims.session_key, claims.user_id) else "signed-out")
    return verdict_on(rights)


def verdict_on(rights: SocketRights) -> Verdict:
    """Rights, with what else a socket needs to know of their report."""
    gone = Section.objects.filter(report_id=rights.report_id, deleted_at__isnull=False).values_list("pk", "restriction")
    return Verdict(rights, review_id=rights.review_id, deleted=dict(gone))
