"""A report that is ready to be frozen, and versions of it."""

from documents.actions import restrictions, versions
from documents.models import Report, Version, VersionSection
from tests.documents.helpers import write
from tests.support.cast import Cast
from tests.support.seats import one_each


def ready(cast: Cast) -> Report:
    """The cast's report with words, seats that are held, and nothing that stands in the way of freezing it."""
    write(cast.introduction, "The young people were known.", by=cast.ned)
    write(cast.findings, "Nobody brought it together.", by=cast.bella)
    one_each(cast)
    restrictions.release(cast.restricted_listed, by=cast.amira)
    return cast.report


def freeze(cast: Cast) -> Version:
    return versions.freeze(ready(cast), name="For signature", by=cast.amira)


def milestone(cast: Cast, name: str = "A draft") -> Version:
    return versions.name(cast.report, name=name, by=cast.amira)


def held_titles(version: Version) -> list[str]:
    return [section.title for section in version.sections.all()]


def held(version: Version, title: str) -> VersionSection:
    return VersionSection.objects.get(version=version, title=title)
