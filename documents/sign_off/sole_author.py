"""Whether one person wrote all of a version: from the log, never from what a client says."""

from collections.abc import Iterator
from uuid import UUID

from documents.history.authorship import trace
from documents.models import SectionUpdate, Version
from documents.text import flat


def sole_author(version: Version) -> UUID | None:
    """The one person whose words are all of a version's; None where there are several, or nobody knows whose."""
    authors: set[UUID | None] = set()
    for section_id in version.sections.values_list("section_id", flat=True):
        authors |= _authors(section_id, version)
        if len(authors) > 1 or None in authors:
            return None
    return authors.pop() if authors else None


def _authors(section_id: UUID, version: Version) -> set[UUID | None]:
    """Of the words that are still there. One who only took words away wrote none of them."""
    traced = trace(_rows(section_id, version))
    roots = [flat.SECTION, *(root for root in traced.doc.keys() if root.count(":") == 3)]  # noqa: SIM118
    lines = (line for root in roots for line in traced.lines(root))
    return {passage.author for line in lines for passage in line if passage.words.strip()}


def _rows(section_id: UUID, version: Version) -> Iterator[tuple[UUID | None, bytes]]:
    rows = SectionUpdate.objects.filter(section_id=section_id, at__lte=version.created_at).order_by("pk")
    for author, data in rows.values_list("author_id", "data").iterator(2000):
        yield author, bytes(data)
