"""The text of sections as the pages read it: from the log, in two queries, kept while the log is the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents import section_text
from documents.models import Section
from documents.text.building import build_update
from tests.documents.helpers import write
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_was_written_is_read(cast: Cast) -> None:
    write(cast.findings, "What we <found>", by=cast.ned)

    assert "What we &lt;found&gt;" in section_text.html_of(cast.findings)
    assert section_text.text_of(cast.findings)["content"][0]["content"] == [{"type": "text", "text": "What we <found>"}]


def test_a_section_in_which_nobody_wrote_is_blank(cast: Cast) -> None:
    write(cast.introduction, "Words", by=cast.ned)
    texts = section_text.texts_of([cast.introduction, cast.findings])

    assert not texts[cast.introduction.pk].is_blank
    assert texts[cast.findings.pk].is_blank


def test_a_new_update_is_read_at_once(cast: Cast) -> None:
    section_text.html_of(cast.findings)
    write(cast.findings, "Words", by=cast.ned)

    assert "Words" in section_text.html_of(cast.findings)


@pytest.mark.parametrize("many", [1, 3])
def test_two_queries_read_any_number_of_sections_and_one_finds_that_nothing_changed(cast: Cast, many: int) -> None:
    sections: list[Section] = list(cast.report.sections.all()[:many])
    write(sections[0], "Words", by=cast.ned)

    with CaptureQueriesContext(
        connection,
    ) as first:
        section_text.texts_of(sections)
    with CaptureQueriesContext(connection) as second:
        section_text.texts_of(sections)

    assert (len(first), len(second)) == (2, 1)


def test_the_author_and_their_organisation_are_kept(cast: Cast) -> None:
    update = build_update({"type": "doc", "content": [{"type": "paragraph"}]})

    section_text.append(cast.findings, update, author=cast.ned, organisation=cast.north_somerset)

    row = cast.findings.updates.get()
    assert (row.author, row.organisation) == (cast.ned, cast.north_somerset)


def test_only_so_many_texts_are_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(section_text, "KEPT_TEXTS", 1)
    sections = [cast.findings, cast.introduction]
    for section in sections:
        write(section, section.title, by=cast.ned)

    assert [section_text.html_of(section).count(section.title) for section in sections * 2] == [1, 1, 1, 1]
