"""A version as one person may see it: of its sections those that they may read now.

A section that was restricted when the version was made shows only to those who could read it then as well. Numbers are
counted over what the viewer may know of, and the fingerprint is that of the text which they see, so that nothing tells of
more. Whoever sees all of it sees the stored one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from accounts.models import User
from documents.access import may_know
from documents.models import Report, Section, Version, VersionSection
from documents.numbering import counted
from documents.spans import windows_of
from documents.text.canonical import Part, canonical_report, fingerprint
from documents.versions.contents import pictures_of
from partnerships.grants import checker_for


@dataclass(frozen=True, slots=True)
class Shown:
    """A section of a version that the viewer may know of; `is_readable`: its text too."""

    held: VersionSection
    number: str
    is_readable: bool

    @property
    def title(self) -> str:
        """What it was called then; who may not read it knows only what it is called now."""
        return self.held.title if self.is_readable else self.held.section.title


@dataclass(frozen=True)
class Reading:
    """A version as its viewer sees it."""

    version: Version
    entries: Sequence[Shown]
    is_whole: bool

    @property
    def readable(self) -> list[Shown]:
        return [entry for entry in self.entries if entry.is_readable]

    @property
    def words(self) -> int:
        return sum(entry.held.words for entry in self.readable)

    @property
    def title(self) -> str:
        """What the report was called then."""
        return heading_of(self.version)[0]

    @cached_property
    def canonical(self) -> str:
        """The canonical form of what the viewer sees."""
        if self.is_whole:
            return str(self.version.canonical)
        parts = [Part(entry.number, entry.held.title, entry.held.content) for entry in self.readable]
        return canonical_report(*heading_of(self.version), parts, pictures_of(parts))

    @property
    def sha256(self) -> str:
        return self.version.sha256 if self.is_whole else fingerprint(self.canonical)


def heading_of(version: Version) -> tuple[str, str]:
    """The title of the report and its kind when the version was made."""
    said = json.loads(version.canonical)
    return str(said.get("title", "")), str(said.get("kind", ""))


def read(user: User, version: Version) -> Reading:
    """A version with its texts."""
    return readings(user, version.report, [version], with_texts=True)[version.pk]


def readings(user: User, report: Report, versions: Sequence[Version], *, with_texts: bool) -> dict[UUID, Reading]:
    """What somebody who may read the report sees of its versions, in a constant number of queries."""
    held = VersionSection.objects.filter(version__in=versions).select_related("section").order_by("version", "position")
    sections = list(held if with_texts else held.defer("content", "html"))
    may_read, known = _permission(user, report, versions, sections)
    by_version: dict[UUID, list[VersionSection]] = {version.pk: [] for version in versions}
    for section in sections:
        by_version[section.version_id].append(section)
    return {version.pk: _reading(version, by_version[version.pk], may_read, known) for version in versions}


def _reading(
    version: Version, sections: Sequence[VersionSection], may_read: Mapping[int, bool], known: Mapping[UUID, bool]
) -> Reading:
    listed = [section for section in sections if known[section.section_id]]
    numbers = counted(section.numbering for section in listed)
    entries = [Shown(section, number, may_read[section.pk]) for section, number in zip(listed, numbers, strict=True)]
    is_whole = len(listed) == len(sections) and all(entry.is_readable for entry in entries)
    return Reading(version, entries, is_whole)


def _permission(
    user: User, report: Report, versions: Sequence[Version], sections: Sequence[VersionSection]
) -> tuple[dict[int, bool], dict[UUID, bool]]:
    """Which of these texts the person may read, and which sections they may know of. A deletion takes nothing away here."""
    present: dict[UUID, Section] = {section.section_id: section.section for section in sections}
    checker = checker_for(user)
    checker.prefetch(list(present.values()))
    levels = {pk: checker.level(section) for pk, section in present.items()}
    closed = {section.section_id for section in sections if section.is_restricted}
    windows = windows_of(user, report, closed) if closed else {}
    made = {version.pk: version.created_at for version in versions}
    may_read = {
        one.pk: levels[one.section_id] is not None
        and (not one.is_restricted or any(w.holds(made[one.version_id]) for w in windows.get(one.section_id, ())))
        for one in sections
    }
    return may_read, {pk: may_know(section, levels[pk]) for pk, section in present.items()}
