"""What waits to be told to other processes: much is said better once than often."""

from collections.abc import Iterable
from dataclasses import replace
from math import inf
from threading import Lock
from time import monotonic
from uuid import UUID

from documents.coedit.notices import Grown, Notice, Seen
from documents.coedit.presence import Sighting

# Carets move often; ten times a second is enough to follow them.
SIGHT_SECONDS = 0.1


class Outbox:
    """Filled by any thread, emptied by one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._notices: list[Notice] = []
        self._grown: dict[int, Grown] = {}
        self._seen: dict[UUID, dict[int, Sighting]] = {}
        self._seen_since = 0.0

    def put(self, notice: Notice) -> None:
        with self._lock:
            self._notices.append(notice)

    def wrote(self, grown: Grown) -> None:
        """Joined with what the same writer wrote before, which nobody has been told yet."""
        with self._lock:
            before = self._grown.get(grown.writer_id)
            self._grown[grown.writer_id] = _joined(before, grown) if before else grown

    def see(self, section_id: UUID, sightings: Iterable[Sighting]) -> bool:
        """Of each state only the newest is told. True for the first of those that are told together."""
        with self._lock:
            is_first = not self._seen
            if is_first:
                self._seen_since = monotonic()
            self._seen.setdefault(section_id, {}).update((sighting.client, sighting) for sighting in sightings)
            return is_first

    def due_in(self, now: float) -> float:
        """In how many seconds states have to be told."""
        with self._lock:
            return max(0.0, self._due_at() - now)

    def take(self, now: float) -> list[Notice]:
        """All that should be told now."""
        with self._lock:
            taken = [*self._notices, *self._grown.values()]
            self._notices, self._grown = [], {}
            if now >= self._due_at():
                taken += [Seen(section_id, tuple(states.values())) for section_id, states in self._seen.items()]
                self._seen = {}
            return taken

    def _due_at(self) -> float:
        """One sum for both questions: what is due in no time has to be due."""
        return self._seen_since + SIGHT_SECONDS if self._seen else inf


def _joined(before: Grown, after: Grown) -> Grown:
    known = before.section_ids is not None and after.section_ids is not None
    sections = (before.section_ids or frozenset()) | (after.section_ids or frozenset()) if known else None
    return replace(before, last=after.last, section_ids=sections)
