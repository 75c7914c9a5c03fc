"""The versions of a report in a list: who made each, when, why, and what has changed since the one before."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from accounts.models import User
from documents.models import Decision, Report, SignOff, Version, VersionKind, VersionSection
from documents.text.comparing import compare
from documents.text.moving import with_moves
from documents.versions.comparing import written
from documents.versions.reading import Reading, readings

# Two numbers each; what versions hold does not change any more.
KEPT_COUNTS = 5_000

Counts = tuple[int, int]  # words added, removed
# The sections that differ between two versions, before and after.
_Pairs = Sequence[tuple[VersionSection | None, VersionSection | None]]
_Key = tuple[tuple[int | None, int | None], ...]
_kept: OrderedDict[_Key, Counts] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Since:
    """What is different from the version before, in what the viewer sees of both."""

    changed: int
    added: int
    removed: int
    words_added: int
    words_removed: int

    @property
    def words(self) -> str:
        """ "2 sections changed, 1 new: 120 words added, 3 removed"."""
        counts = ((self.changed, "changed"), (self.added, "new"), (self.removed, "taken out"))
        said = [f"{number} {what}" for number, what in counts if number]
        if not said:
            return "The same text, letter for letter"
        first, *rest = said
        number, _, what = first.partition(" ")
        sections = f"{number} section{'' if number == '1' else 's'} {what}"
        words = f"{self.words_added} word{'' if self.words_added == 1 else 's'} added, {self.words_removed} removed"
        return f"{', '.join([sections, *rest])}: {words}"


@dataclass(frozen=True, slots=True)
class Row:
    """One version in the list. `state` names its tag; `since` is None for the first."""

    version: Version
    words: int
    state: str
    before: Version | None
    since: Since | None


def rows_of(user: User, report: Report, versions: Sequence[Version], before: Version | None) -> list[Row]:
    """Rows for versions in falling order; `before` is the one that precedes the last of them."""
    every = [*versions, *([before] if before else [])]
    seen = readings(user, report, every, with_texts=False)
    older = [*every[1:], None][: len(versions)]
    states = states_of(report, versions)
    since = _since([(seen[one.pk], seen[other.pk]) for one, other in zip(versions, older, strict=True) if other])
    return [
        Row(one, seen[one.pk].words, states[one.pk], other, since.get(one.pk))
        for one, other in zip(versions, older, strict=True)
    ]


def states_of(report: Report, versions: Sequence[Version]) -> dict[UUID, str]:
    """The names of their tags: that of the report while a version is out, else what became of it. One query at the most."""
    frozen = [one.pk for one in versions if one.kind == VersionKind.FROZEN and one.pk != report.signed_version_id]
    refusals = SignOff.objects.filter(required_seat__version__in=frozen, decision=Decision.DECLINED, voided_at__isnull=True)
    declined = set(refusals.values_list("required_seat__version", flat=True)) if frozen else set[UUID]()
    ended = {pk: "declined" if pk in declined else "reopened" for pk in frozen}
    known = [one.pk for one in versions]
    return {pk: str(report.state) if pk == report.signed_version_id else ended.get(pk, "milestone") for pk in known}


def _since(pairs: Sequence[tuple[Reading, Reading]]) -> dict[UUID, Since]:
    found = {new.version.pk: _beside(new, old) for new, old in pairs}
    counts = _counts(list(found.values()))
    return {pk: _summed(both, counts[_key(both)]) for pk, both in found.items()}


def _beside(new: Reading, old: Reading) -> _Pairs:
    before = {entry.held.section_id: entry.held for entry in old.readable}
    after = {entry.held.section_id: entry.held for entry in new.readable}
    pairs = [(before.get(pk), after.get(pk)) for pk in {**before, **after}]
    return [(was, now) for was, now in pairs if was is None or now is None or was.sha256 != now.sha256]


def _summed(both: _Pairs, counts: Counts) -> Since:
    came = sum(old is None for old, _ in both)
    went = sum(new is None for _, new in both)
    return Since(len(both) - came - went, came, went, *counts)


def _counts(every: Sequence[_Pairs]) -> dict[_Key, Counts]:
    """How many words were added and removed in each of these: one query, none where all are known."""
    with _lock:
        counts = {key: kept for both in every if (kept := _kept.get(key := _key(both)))}
    missing = [both for both in every if _key(both) not in counts]
    wanted = {one.pk for both in missing for pair in both for one in pair if one}
    contents = dict(VersionSection.objects.filter(pk__in=wanted).values_list("pk", "content")) if wanted else {}
    for both in missing:
        compared = [compare(*(written(contents[one.pk] if one else None) for one in pair)) for pair in both]
        found = with_moves(compared)
        counts[_key(both)] = sum(one.words_added for one in found), sum(one.words_removed for one in found)
        with _lock:
            _kept[_key(both)] = counts[_key(both)]
            while len(_kept) > KEPT_COUNTS:
                _kept.popitem(last=False)
    return counts


def _key(both: _Pairs) -> _Key:
    return tuple((old.pk if old else None, new.pk if new else None) for old, new in both)
