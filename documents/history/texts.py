"""Texts of earlier times, from the log: a section as it was after a row, and what a session of work changed in it."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from documents.coedit.replica import Replica, replica_of
from documents.history.sessions import Work
from documents.models import SectionUpdate
from documents.text.comparing import Comparison, compare
from documents.text.reading import read_section
from documents.text.schema import Json

# Two numbers each; a session of work that is over does not change any more.
KEPT_COUNTS = 20_000
_EMPTY_STATE = b"\0"


class Row(NamedTuple):
    """One row of the log."""

    pk: int
    author_id: UUID | None
    organisation_id: UUID | None
    data: bytes


class Counts(NamedTuple):
    """How many words a session of work added and removed."""

    added: int
    removed: int


_kept: OrderedDict[tuple[UUID, int, int], Counts] = OrderedDict()
_lock = Lock()


def text_at(section_id: UUID, row: int) -> Json:
    """A section's text as it was when this row of the log had been stored."""
    return read_section(replica_at(section_id, row).doc)


def replica_at(section_id: UUID, row: int) -> Replica:
    """The same as a Yjs document."""
    rows = _rows([section_id], row)[section_id]
    return replica_of([each.data for each in rows])


def counts_of(works: Sequence[Work]) -> dict[Work, Counts]:
    """How many words each of these sessions added and removed: one query, none where all were asked before."""
    with _lock:
        counts = {work: kept for work in works if (kept := _kept.get(_key(work)))}
    missing = [work for work in works if work not in counts]
    for work, change in changes_of(missing).items():
        counts[work] = Counts(change.words_added, change.words_removed)
        with _lock:
            _kept[_key(work)] = counts[work]
            while len(_kept) > KEPT_COUNTS:
                _kept.popitem(last=False)
    return counts


def changes_of(works: Sequence[Work]) -> dict[Work, Comparison]:
    """What each of these sessions changed, beside what others wrote meanwhile; one query."""
    if not works:
        return {}
    logs = _rows({work.section_id for work in works}, max(work.last for work in works))
    by_section: dict[UUID, list[Work]] = defaultdict(list)
    for work in sorted(works, key=lambda work: work.first):
        by_section[work.section_id].append(work)
    return {
        work: change for section_id, each in by_section.items() for work, change in _changes(logs[section_id], each).items()
    }


def wrote_meanwhile(work: Work) -> bool:
    """Whether somebody else wrote in the section during this session."""
    between = SectionUpdate.objects.filter(section_id=work.section_id, pk__gt=work.first, pk__lt=work.last)
    return between.exclude(Q(author=work.author_id) & Q(organisation=work.organisation_id)).exists()


def _changes(rows: Sequence[Row], works: Iterable[Work]) -> Mapping[Work, Comparison]:
    """The text without a session's rows beside the text with them. What others wrote is in both, so it is no change."""
    base, at = Replica(), 0
    changes = {}
    for work in works:
        start = at
        while at < len(rows) and rows[at].pk < work.first:
            at += 1
        base = replica_of([base.missing(_EMPTY_STATE), *(row.data for row in rows[start:at])])
        meanwhile = [row for row in rows[at:] if row.pk <= work.last]
        others = [row.data for row in meanwhile if not _is_of(row, work)]
        common = replica_of([base.missing(_EMPTY_STATE), *others])
        whole = replica_of([common.missing(_EMPTY_STATE), *(row.data for row in meanwhile if _is_of(row, work))])
        changes[work] = compare(read_section(common.doc), read_section(whole.doc))
    return changes


def _is_of(row: Row, work: Work) -> bool:
    return work.first <= row.pk and (row.author_id, row.organisation_id) == (work.author_id, work.organisation_id)


def _rows(section_ids: Iterable[UUID], last: int) -> dict[UUID, list[Row]]:
    """The rows of sections up to one of them, in the order in which they were stored."""
    found = SectionUpdate.objects.filter(section_id__in=list(section_ids), pk__lte=last).order_by("pk")
    logs: dict[UUID, list[Row]] = defaultdict(list)
    for section_id, pk, author_id, organisation_id, data in found.values_list(
        "section_id", "pk", "author_id", "organisation_id", "data"
    ).iterator(chunk_size=2000):
        logs[section_id].append(Row(pk, author_id, organisation_id, bytes(data)))
    return logs


def _key(work: Work) -> tuple[UUID, int, int]:
    return work.section_id, work.first, work.last
