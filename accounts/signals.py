"""The one signal that travels upwards: somebody's access may have changed."""

from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

access_changed = Signal()


@dataclass(frozen=True, slots=True)
class AccessChange:
    """Whom or what a change of access touches. Open sockets that match any of these are re-authorised."""

    user_ids: frozenset[UUID] = field(default_factory=frozenset)
    review_ids: frozenset[UUID] = field(default_factory=frozenset)
    report_ids: frozenset[UUID] = field(default_factory=frozenset)
    session_keys: frozenset[str] = field(default_factory=frozenset)


def announce_access_change(
    *,
    users: set[UUID] | None = None,
    reviews: set[UUID] | None = None,
    reports: set[UUID] | None = None,
    sessions: set[str] | None = None,
) -> None:
    """Tell the live editing service, once the transaction has committed, that access must be checked again."""
    change = AccessChange(
        frozenset(users or ()), frozenset(reviews or ()), frozenset(reports or ()), frozenset(sessions or ())
    )
    transaction.on_commit(partial(access_changed.send_robust, sender=AccessChange, change=change))
