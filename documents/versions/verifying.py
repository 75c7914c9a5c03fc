"""Whether a version still is what it was: its fingerprint, its canonical form, its sections, what is shown, its pictures."""

import hashlib
import html
import json
import re
from collections.abc import Iterator, Sequence

from documents.models import Image, Version
from documents.text.canonical import Part, canonical_part, canonical_report, fingerprint
from documents.text.rendering import render
from documents.versions.contents import pictures_of
from documents.versions.reading import heading_of

_TAG = re.compile(r"<[^>]*>")
_PIECE = 1 << 20


def problems(version: Version) -> list[str]:
    """What is wrong with a version, in sentences; nothing where all of it holds."""
    try:
        json.loads(version.canonical)
    except ValueError:
        return ["Its canonical form is no JSON."]
    return list(_problems(version))


def _problems(version: Version) -> Iterator[str]:
    sections = list(version.sections.all())
    parts = [Part(one.number, one.title, one.content) for one in sections]
    pictures = pictures_of(parts)
    if fingerprint(version.canonical) != version.sha256:
        yield "Its fingerprint is not that of its canonical form."
    if canonical_report(*heading_of(version), parts, pictures) != version.canonical:
        yield "Its canonical form is not that of its sections."
    for section, part in zip(sections, parts, strict=True):
        if fingerprint(canonical_part(part, pictures)) != section.sha256:
            yield f"The fingerprint of section {section.position} is not that of its text."
        if _words(section.html) != _words(render(section.content, "x")):
            yield f"Section {section.position} shows other words than its text has."
    yield from _spoiled_pictures(list(pictures))


def _spoiled_pictures(addresses: Sequence[str]) -> Iterator[str]:
    for image in Image.objects.filter(pk__in=[address.split("/")[2] for address in addresses]):
        digest = hashlib.sha256()
        try:
            with image.file.open("rb") as file:
                while piece := file.read(_PIECE):
                    digest.update(piece)
        except OSError:
            yield f"The picture {image.pk} cannot be read."
            continue
        if digest.hexdigest() != image.sha256:
            yield f"The file of the picture {image.pk} is another one than it was."


def _words(shown: str) -> list[str]:
    """What a reader sees of HTML."""
    return html.unescape(_TAG.sub(" ", shown)).split()
