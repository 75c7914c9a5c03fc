"""What goes into a version: the sections and their texts, in the canonical form and as they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from documents import truth
from documents.models import Image, Report, Restriction, Section, Version, VersionKind, VersionSection
from documents.numbering import numbers
from documents.outline import known_sections
from documents.section_text import texts_of
from documents.text.addresses import is_own_picture
from documents.text.canonical import Part, canonical_part, canonical_report, clean, fingerprint, pictures_in
from documents.text.comparing_words import count_words
from documents.text.rendering import plain_text
from documents.text.schema import Json


@dataclass(frozen=True, slots=True)
class Holding:
    """One section of a version to be made."""

    section: Section
    part: Part
    html: str
    words: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a version is made of."""

    holdings: Sequence[Holding]
    canonical: str

    @property
    def sha256(self) -> str:
        return fingerprint(self.canonical)

    @property
    def words(self) -> int:
        return sum(holding.words for holding in self.holdings)


def contents_of(report: Report, sections: Sequence[Section]) -> Contents:
    """The texts of these sections now. Hold the report's row: what is appended waits for it, so nothing slips in between."""
    number, texts = numbers(sections), texts_of(sections)
    parts = {one.pk: Part(number[one.pk], one.title, clean(texts[one.pk].json)) for one in sections}
    pictures = pictures_of(parts.values())
    holdings = [
        Holding(
            section=section,
            part=(part := parts[section.pk]),
            html=clean(texts[section.pk].html),
            words=words_in_text(part.content),
            sha256=fingerprint(canonical_part(part, pictures)),
        )
        for section in sections
    ]
    return Contents(holdings, canonical_report(report.title, report.kind, list(parts.values()), pictures))


def hold(version: Version, contents: Contents) -> None:
    """Store the sections of a version that has just been made."""
    VersionSection.objects.bulk_create(
        VersionSection(
            version=version,
            section=holding.section,
            position=position,
            number=holding.part.number,
            numbering=holding.section.numbering,
            title=holding.part.title,
            content=holding.part.content,
            html=holding.html,
            words=holding.words,
            sha256=holding.sha256,
            is_restricted=holding.section.is_restricted,
        )
        for position, holding in enumerate(contents.holdings, start=1)
    )


def sections_for(report: Report, kind: VersionKind) -> list[Section]:
    """The present sections that a version of this kind holds: all, or (frozen) those that every reader may read."""
    sections = list(report.sections.present())
    if kind == VersionKind.MILESTONE:
        return sections
    closed = {section.pk for section in not_for_all(report, sections)}
    return [section for section in sections if section.pk not in closed]


def not_for_all(report: Report, sections: Iterable[Section]) -> list[Section]:
    """The sections that some organisation which has the report may not read."""
    readers = truth.report_levels([report.pk])[report.pk].keys()
    levels = truth.section_levels([report.pk])
    return [one for one in sections if one.restriction != Restriction.NONE and readers - levels[one.pk].keys()]


def left_out(user: User, report: Report) -> list[Section]:
    """The hidden sections that this person knows of, and that stay outside a frozen version."""
    known, _ = known_sections(user, report)
    return [one for one in not_for_all(report, known) if one.restriction == Restriction.HIDDEN]


def pictures_of(parts: Iterable[Part]) -> Mapping[str, str]:
    """The SHA-256 of the file of every picture in these texts, by its address."""
    addresses = {address for part in parts for address in pictures_in(part.content)}
    ids = {address: UUID(address.split("/")[2]) for address in addresses if is_own_picture(address)}
    digests = dict(Image.objects.filter(pk__in=ids.values()).values_list("pk", "sha256")) if ids else {}
    return {address: digests[pk] for address, pk in ids.items() if pk in digests}


def words_in_text(content: Json) -> int:
    """How many words a text has."""
    return count_words([{"type": "text", "text": plain_text(content)}])
