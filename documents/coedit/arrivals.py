"""Texts that were written to the log by other ways than live editing, for those who have the section open."""

from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

# Sent with `section_id` and `updates`, in whatever thread wrote, after the commit. Other processes find the rows in the log.
arrived = Signal()


def tell(section_id: UUID, *updates: bytes) -> None:
    """Call it inside the transaction that writes the updates."""
    transaction.on_commit(lambda: _send(section_id, updates))


def _send(section_id: UUID, updates: tuple[bytes, ...]) -> None:
    arrived.send(sender=None, section_id=section_id, updates=updates)
