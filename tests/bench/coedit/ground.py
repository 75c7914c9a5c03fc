"""A report with many sections that three people may write, and their tokens."""

from itertools import cycle, islice
from pathlib import Path

from django.db import connection
from django.test import Client

from accounts.models import User
from documents import truth
from documents.coedit.tokens import make_token
from documents.models import Section
from partnerships import grants
from tests.support.cast import Cast, build_cast

_WRITTEN = ("snapshotcover", "sectionsnapshot", "sectionupdate", "coeditwriter")


class Ground:
    """Made once; what was written is wiped away between runs."""

    def __init__(self, sections: int) -> None:
        cast = build_cast()
        self.report_id = cast.report.pk
        made = Section.objects.bulk_create(
            Section(report=cast.report, position=1000 + number, title=f"Section {number}") for number in range(sections)
        )
        grants.project(Section, truth.section_levels([cast.report.pk]))
        self.sections = [section.pk for section in made]
        self._tokens = [_token(cast, person) for person in (cast.amira, cast.ned, cast.bella)]

    def tokens(self, count: int) -> list[str]:
        """So many, shared out among the three: one person may have only some hundred sockets."""
        return list(islice(cycle(self._tokens), count))

    def wipe(self) -> None:
        """Forget all that was written."""
        with connection.cursor() as cursor:
            for table in _WRITTEN:
                cursor.execute(f"DELETE FROM documents_{table}")  # noqa: S608 (our own names)


def _token(cast: Cast, person: User) -> str:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    key = browser.session.session_key
    assert key
    return make_token(user_id=person.pk, session_key=key, report_id=cast.report.pk)


def database_processes() -> list[int]:
    """The database server's first process: its work counts as ours. None for SQLite."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        folder = cursor.fetchone()[0]
    return [int(Path(folder, "postmaster.pid").read_text(encoding="utf-8").split()[0])]
