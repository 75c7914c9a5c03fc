"""What is different between two versions of a report, or between a version and now, section by section."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from documents.models import Report, Version
from documents.numbering import numbers
from documents.outline import known_sections
from documents.section_text import texts_of
from documents.text.canonical import Part, canonical_part, fingerprint
from documents.text.comparing import Comparison, Kind, compare
from documents.text.moving import with_moves
from documents.text.schema import Json
from documents.versions.contents import pictures_of
from documents.versions.reading import read

# Nothing at all. A section in which nothing was written yet has one empty paragraph, where one could write.
_BLANK: Json = {"type": "doc", "content": []}
_UNWRITTEN = [{"type": "paragraph"}]


@dataclass(frozen=True, slots=True)
class Text:
    """A section in one of the two."""

    section_id: UUID
    number: str
    title: str
    content: Json
    sha256: str

    @property
    def called(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a version, or now (`version` is None)."""

    version: Version | None
    at: datetime
    texts: Sequence[Text]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section beside what it was. `comparison` is None where its text and title are the same, letter for letter."""

    old: Text | None
    new: Text | None
    comparison: Comparison | None
    has_moved: bool

    @property
    def text(self) -> Text:
        found = self.new or self.old
        if found is None:
            raise ValueError("A change of a section is of a section.")
        return found

    @property
    def kind(self) -> Kind:
        if self.old is None or self.new is None:
            return Kind.ADDED if self.old is None else Kind.REMOVED
        return Kind.SAME if self.comparison is None else Kind.CHANGED

    @property
    def words(self) -> str:
        """ "3 changes, 1 word inserted, 2 deleted"."""
        found = self.comparison
        if found is None:
            return "the same"
        if self.kind == Kind.CHANGED:
            counts = (
                f"{found.words_added} word{'' if found.words_added == 1 else 's'} inserted, {found.words_removed} deleted"
            )
            said = f"{found.changes} change{'' if found.changes == 1 else 's'}, {counts}"
        else:
            count = found.words_added if self.kind == Kind.ADDED else found.words_removed
            said = f"{'new' if self.kind == Kind.ADDED else 'taken out'}, {count} word{'' if count == 1 else 's'}"
        return f"{said}, stands elsewhere now" if self.has_moved else said

    @property
    def renamed_from(self) -> str:
        """The title that it had, where it has another now."""
        return self.old.title if self.old and self.new and self.old.title != self.new.title else ""


@dataclass(frozen=True)
class ReportComparison:
    """All sections of both sides, in the order of the later one; what went stands where it was."""

    old: Side
    new: Side
    sections: Sequence[SectionChange]

    @cached_property
    def changed(self) -> list[SectionChange]:
        return [one for one in self.sections if one.comparison is not None]

    @cached_property
    def same(self) -> list[SectionChange]:
        return [one for one in self.sections if one.comparison is None]

    @property
    def words_added(self) -> int:
        return sum(one.comparison.words_added for one in self.changed if one.comparison)

    @property
    def words_removed(self) -> int:
        return sum(one.comparison.words_removed for one in self.changed if one.comparison)


def side_of(user: User, report: Report, version: Version | None) -> Side:
    """A version, or (None) the report as it is now, as far as this person may read it."""
    if version is None:
        return Side(None, timezone.now(), _texts_now(user, report))
    entries = read(user, version).readable
    texts = [Text(one.held.section_id, one.number, one.title, one.held.content, one.held.sha256) for one in entries]
    return Side(version, version.created_at, texts)


def compare_sides(old: Side, new: Side) -> ReportComparison:
    """Every section of the two sides beside itself, and what was moved within and between them."""
    pairs = list(_paired(old.texts, new.texts))
    differing = [at for at, (was, now) in enumerate(pairs) if not (was and now and was.sha256 == now.sha256)]
    compared = [compare(*(written(one.content if one else None) for one in pairs[at])) for at in differing]
    comparisons = dict(zip(differing, with_moves(compared), strict=True))
    moved = _moved([was.section_id for was, now in pairs if was and now], old.texts)
    sections = [
        SectionChange(was, now, comparisons.get(at), has_moved=bool(was and now and now.section_id in moved))
        for at, (was, now) in enumerate(pairs)
    ]
    return ReportComparison(old, new, sections)


def written(content: Json | None) -> Json:
    """A text, or nothing where there is none yet."""
    return _BLANK if content is None or content.get("content") == _UNWRITTEN else content


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _texts_now(user: User, report: Report) -> list[Text]:
    known, levels = known_sections(user, report)
    number = numbers(known)
    readable = [section for section in known if levels[section.pk] is not None]
    texts = texts_of(readable)
    parts = {one.pk: Part(number[one.pk], one.title, texts[one.pk].json) for one in readable}
    pictures = pictures_of(parts.values())
    return [
        Text(pk, part.number, part.title, part.content, fingerprint(canonical_part(part, pictures)))
        for pk, part in parts.items()
    ]


def _paired(old: Sequence[Text], new: Sequence[Text]) -> Iterator[tuple[Text | None, Text | None]]:
    """In the order of the new one; what went comes after what it stood behind."""
    stays = {text.section_id for text in new}
    went: dict[UUID | None, list[Text]] = {}
    behind: UUID | None = None
    for text in old:
        if text.section_id in stays:
            behind = text.section_id
        else:
            went.setdefault(behind, []).append(text)
    before = {text.section_id: text for text in old}
    yield from ((text, None) for text in went.get(None, ()))
    for text in new:
        yield before.get(text.section_id), text
        yield from ((gone, None) for gone in went.get(text.section_id, ()))


def _moved(order: Sequence[UUID], old: Sequence[Text]) -> set[UUID]:
    """The sections that were moved: those outside the longest run that kept its order."""
    places = {text.section_id: place for place, text in enumerate(old)}
    return set(order) - set(_longest_rising(order, [places[pk] for pk in order]))


def _longest_rising(items: Sequence[UUID], places: Sequence[int]) -> Iterable[UUID]:
    best: list[tuple[int, ...]] = []
    for at, place in enumerate(places):
        before = [run for run in best if places[run[-1]] < place]
        best.append((*max(before, key=len, default=()), at))
    return [items[at] for at in max(best, key=len, default=())]
