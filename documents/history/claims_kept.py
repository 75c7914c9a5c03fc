"""The claims of a section's log, kept in memory and carried on by the rows that are new; always what the whole log makes.

Rows of other processes may become visible after rows that were stored later. Where that has happened, the order is another
one, and all is made anew.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from documents.coedit.log import Stream
from documents.coedit.wire import ProtocolError
from documents.history.claims import Claims
from documents.models import SectionUpdate

KEPT_SECTIONS = 32
# With news of more writers than this it is quicker to begin anew.
MOST_WRITERS = 50


class Source(NamedTuple):
    """Where a row came from."""

    author_id: UUID | None
    organisation_id: UUID | None
    at: datetime


@dataclass(slots=True)
class SectionClaims:
    """Claims, with the source of each row and how far each writer's rows are in them."""

    claims: Claims = field(default_factory=Claims)
    sources: list[Source] = field(default_factory=list)
    extent: dict[int, int] = field(default_factory=dict)
    newest: int = 0


@dataclass(slots=True)
class _Place:
    """One section's, read by one thread at a time."""

    lock: Lock = field(default_factory=Lock)
    claims: SectionClaims = field(default_factory=SectionClaims)


_kept: OrderedDict[UUID, _Place] = OrderedDict()
_lock = Lock()


def claims_of(section_id: UUID, streams: Sequence[Stream]) -> SectionClaims:
    """The claims of a section's log, at least as far as these streams reach. One query; none where nothing is new."""
    place = _place_of(section_id)
    with place.lock:
        news = [stream for stream in streams if stream.last > place.claims.extent.get(stream.writer_id, 0)]
        if news and not (len(news) <= MOST_WRITERS and _carry_on(place.claims, section_id, news)):
            place.claims = SectionClaims()
            _carry_on(place.claims, section_id, [])
        return place.claims


def _place_of(section_id: UUID) -> _Place:
    """Kept for those who ask next. Whoever is reading one that is let go of meanwhile has it for themselves."""
    with _lock:
        place = _kept.setdefault(section_id, _Place())
        _kept.move_to_end(section_id)
        while len(_kept) > KEPT_SECTIONS:
            _kept.popitem(last=False)
    return place


def _carry_on(kept: SectionClaims, section_id: UUID, news: Sequence[Stream]) -> bool:
    """Take these writers' new rows (all rows, where none is named); False where one of them belongs before those taken."""
    rows = SectionUpdate.objects.filter(section_id=section_id).order_by("pk")
    if news:
        rows = rows.filter(reduce(or_, (_after(kept, stream) for stream in news)))
    values = rows.values_list("pk", "writer_id", "seq", "author_id", "organisation_id", "at", "data")
    for pk, writer_id, seq, author_id, organisation_id, at, data in values.iterator(2000):
        if pk < kept.newest:
            return False
        kept.newest, kept.extent[writer_id] = pk, seq
        kept.sources.append(Source(author_id, organisation_id, at))
        try:
            kept.claims.take(len(kept.sources) - 1, bytes(data))
        except ProtocolError:
            continue  # it is no part of the text either
    return True


def _after(kept: SectionClaims, stream: Stream) -> Q:
    return Q(writer_id=stream.writer_id, seq__gt=kept.extent.get(stream.writer_id, 0), seq__lte=stream.last)
