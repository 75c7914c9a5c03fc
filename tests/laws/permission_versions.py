"""The addresses of versions of reports, and what each of the cast gets there."""

from documents.actions import versions
from documents.models import Version
from tests.laws.permission_matrix import ON_REVIEW, Route, lead, of_report, reader, unfinished
from tests.support.cast import Cast

WRITERS = {"amira", "ned", "bella"}


def _kept(cast: Cast) -> dict[str, object]:
    """A version that Amira has kept."""
    version = Version.objects.filter(report=cast.report).first()
    return {"pk": (version or versions.name(cast.report, name="A draft", by=cast.amira)).pk}


VERSIONS = [
    reader("report_versions"),
    reader("report_compare"),
    Route("version", {200: ON_REVIEW}, arguments=_kept),
    Route("version_canonical", {200: ON_REVIEW}, arguments=_kept),
    Route("version_new", {200: WRITERS, 403: ON_REVIEW - WRITERS}, arguments=of_report),
    Route("version_new", {422: WRITERS, 403: ON_REVIEW - WRITERS}, arguments=of_report, method="POST", data=unfinished),
    lead("report_freeze"),
    lead("report_freeze", 422, method="POST", data=unfinished),
]
