"""Who speaks on a socket, as far as their tokens tell, and what they may do, as far as that has been read."""

from uuid import UUID

from accounts.signals import AccessChange
from documents.coedit.authority import Verdict
from documents.coedit.tokens import BadTokenError, Claims, read_token
from documents.rights import SocketRights

DENIED = "permission-denied"


class RefusedError(Exception):
    """A section that is not opened to this person; the text is the reason that the client is told."""


class Identity:
    """One person, on one report. Only who was signed out may come back as another session."""

    def __init__(self, report_id: UUID) -> None:
        self.claims: Claims | None = None
        self._report_id = report_id
        self._verdict: Verdict | None = None

    @property
    def has_rights(self) -> bool:
        return self._verdict is not None and self._verdict.rights is not None

    @property
    def _has_lost_rights(self) -> bool:
        return self._verdict is not None and self._verdict.rights is None

    def is_touched_by(self, change: AccessChange) -> bool:
        """Whether a change of access may concern this person here."""
        if self.claims is None:
            return False
        review_id = self._verdict.review_id if self._verdict else None
        return (
            self.claims.user_id in change.user_ids
            or self._report_id in change.report_ids
            or self.claims.session_key in change.session_keys
            or (bool(change.review_ids) if review_id is None else review_id in change.review_ids)
        )

    def read(self, token: bytes) -> Claims:
        """What a token claims. Raises RefusedError where it is no good here."""
        try:
            claims = read_token(token)
        except BadTokenError as error:
            raise RefusedError(DENIED) from error
        if claims.report_id != self._report_id or not (self.claims in (None, claims) or self._has_lost_rights):
            raise RefusedError(DENIED)
        return claims

    def become(self, claims: Claims) -> None:
        """Take these claims as this person's."""
        if self.claims != claims:
            # Who was signed out may have signed in again: what was judged before was about another session.
            self._verdict = None
        self.claims = claims

    def judged(self, verdict: Verdict) -> None:
        self._verdict = verdict

    def may_read(self, section_id: UUID) -> bool:
        return self._verdict is not None and self._verdict.may_read(section_id)

    def rights_on(self, section_id: UUID) -> SocketRights:
        """The rights of somebody who may read this section. Raises RefusedError."""
        verdict = self._verdict
        if verdict is None or verdict.rights is None or not verdict.may_read(section_id):
            raise RefusedError(verdict.refusal(section_id) if verdict else DENIED)
        return verdict.rights
