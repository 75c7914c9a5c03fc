"""A snapshot saves reading and changes nothing: what the log makes, and who wrote what, stays as it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pycrdt import Doc, Text

from documents import section_text
from documents.coedit import compaction
from documents.coedit.compaction import compact
from documents.coedit.log import open_text, read_log, read_one
from documents.coedit.store import append_offline
from documents.models import Section, SectionSnapshot, SectionUpdate
from tests.documents.coedit.log.test_packing import edits
from tests.documents.coedit.raw import text_of, typing
from tests.documents.helpers import write
from tests.support.cast import Cast, build_cast

pytestmark = pytest.mark.django_db
Append = Callable[..., None]
NOTHING_KNOWN = b"\x00"


@pytest.fixture
def append(cast: Cast) -> Append:
    """Store updates in the section of findings, as one more writer."""

    def make(*updates: bytes, section: Section = cast.findings) -> None:
        append_offline(section.pk, updates, author_id=cast.ned.pk, organisation_id=cast.north_somerset.pk)

    return make


def opened(section: Section) -> str:
    return text_of(open_text(section.pk, [])[0].missing(NOTHING_KNOWN))


def test_what_is_covered_is_read_from_the_snapshot_alone(cast: Cast, append: Append) -> None:
    append(*typing("one ", "two ", "three "))

    assert compact(cast.findings.pk)

    assert opened(cast.findings) == "one two three "
    assert read_one(cast.findings.pk).rows == []


def test_what_came_after_it_is_read_too(cast: Cast, append: Append) -> None:
    first, second, third = typing("one ", "two ", "three ")
    append(first)
    compact(cast.findings.pk)

    append(second)
    append(third)

    assert opened(cast.findings) == "one two three "
    assert read_one(cast.findings.pk).rows == [second, third]


def test_what_its_writer_stores_next_is_read_too(cast: Cast, append: Append) -> None:
    """A process goes on under the same writer's numbers, of which the snapshot covers all so far and not one more."""
    first, second = typing("one ", "two ")
    append(first)
    compact(cast.findings.pk)

    row = SectionUpdate.objects.get(section=cast.findings)
    row.pk, row.seq, row.data = None, row.seq + 1, second
    row.save(force_insert=True)

    assert read_one(cast.findings.pk).rows == [second]
    assert opened(cast.findings) == "one two "


def test_no_row_is_deleted_or_changed(cast: Cast, append: Append) -> None:
    append(*typing("one ", "two "))
    before = list(SectionUpdate.objects.order_by("pk").values())

    compact(cast.findings.pk)

    assert list(SectionUpdate.objects.order_by("pk").values()) == before


def test_a_row_of_an_earlier_writer_that_comes_late_is_not_passed_over(cast: Cast, append: Append) -> None:
    """Two processes: what the slower one commits has lower numbers and may have a lower id than what is covered."""
    first, second, third = typing("one ", "two ", "three ")
    append(first)
    append(third)
    late = SectionUpdate.objects.order_by("pk").first()
    assert late
    SectionUpdate.objects.filter(pk=late.pk).delete()
    compact(cast.findings.pk)

    late.data = merged_back = second
    late.seq += 1
    late.save(force_insert=True)

    assert read_one(cast.findings.pk).rows == [merged_back]


def test_words_that_wait_for_earlier_ones_are_in_the_snapshot(cast: Cast, append: Append) -> None:
    """The document's own state leaves them out; they would be lost."""
    first, second, third = typing("one ", "two ", "three")
    append(first, third)

    assert compact(cast.findings.pk)
    assert opened(cast.findings) == "one "
    append(second)

    assert opened(cast.findings) == "one two three"
    assert compact(cast.findings.pk)
    assert opened(cast.findings) == "one two three"
    assert SectionSnapshot.objects.get().waiting == b""


def test_what_somebody_wrote_elsewhere_is_in_the_snapshot_before_their_first_words_are_there(
    cast: Cast, append: Append
) -> None:
    """The text names their author by then, but knows nothing of what they wrote."""
    doc: Doc[Any] = Doc()
    text, cell = doc.get("text", type=Text), doc.get("table", type=Text)
    text += "words"
    first, before = doc.get_update(NOTHING_KNOWN), doc.get_state()
    cell += "a cell"
    append(doc.get_update(before))

    assert compact(cast.findings.pk)
    append(first)

    replica, _ = open_text(cast.findings.pk, [])
    assert [str(replica.doc.get(name, type=Text)) for name in ("text", "table")] == ["words", "a cell"]


def test_a_deletion_that_waits_for_its_words_is_in_the_snapshot(cast: Cast, append: Append) -> None:
    doc: Doc[Any] = Doc()
    text = doc.get("text", type=Text)
    text += "abc"
    written, before = doc.get_update(NOTHING_KNOWN), doc.get_state()
    del text[0:2]
    append(doc.get_update(before))

    assert compact(cast.findings.pk)
    append(written)

    assert opened(cast.findings) == "c"


def test_a_log_in_which_something_cannot_be_used_gets_no_snapshot(cast: Cast, append: Append) -> None:
    append(typing("sound")[0], b"\xff\xff")

    assert not compact(cast.findings.pk)
    assert opened(cast.findings) == "sound"


def test_a_snapshot_that_cannot_be_read_is_made_anew_from_the_log(cast: Cast, append: Append) -> None:
    first, second = typing("one ", "two ")
    append(first)
    compact(cast.findings.pk)
    SectionSnapshot.objects.update(data=b"\xff\xff")

    append(second)
    assert opened(cast.findings) == "one two "
    assert compact(cast.findings.pk)

    assert text_of(bytes(SectionSnapshot.objects.get().data)) == "one two "


def test_a_long_log_is_read_in_pages_and_rests_after_each(
    cast: Cast, append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.coedit.log.PAGE", 3)
    words = [f"{number} " for number in range(10)]
    updates = typing(*words)
    for writer in ([0, 1, 2, 3, 4, 5], [6], [7, 8, 9]):
        append(*(updates[number] for number in writer))
    rests: list[float] = []

    assert compact(cast.findings.pk, rests.append)

    assert len(rests) == 4
    assert opened(cast.findings) == "".join(words)
    assert read_one(cast.findings.pk).rows == []


def test_what_waits_in_a_snapshot_that_cannot_be_read_is_not_lost(cast: Cast, append: Append) -> None:
    first, second, third = typing("one ", "two ", "three ")
    append(first, third)
    compact(cast.findings.pk)
    SectionSnapshot.objects.update(waiting=b"\xff\xff")

    append(second)
    assert compact(cast.findings.pk)

    assert opened(cast.findings) == "one two three "


def test_nothing_new_needs_no_snapshot(cast: Cast, append: Append) -> None:
    assert not compact(cast.findings.pk)
    append(*typing("one "))
    assert compact(cast.findings.pk)
    assert not compact(cast.findings.pk)


def test_of_two_processes_that_make_one_the_first_wins(cast: Cast, append: Append, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has read less, or more, than the snapshot that is there now: it must not cover what that one lacks."""
    append(typing("one ")[0])
    compact(cast.findings.pk)
    append(typing("two ")[0])
    store, reads = compaction._store, [1, 2]

    def meanwhile(*arguments: Any) -> bool:
        if reads.pop() == 2:
            append(typing("three ")[0])
            assert compact(cast.findings.pk)
        return store(*arguments)

    monkeypatch.setattr(compaction, "_store", meanwhile)

    assert not compact(cast.findings.pk)
    assert sorted(opened(cast.findings).split()) == ["one", "three", "two"]
    assert read_one(cast.findings.pk).rows == []


def test_a_commit_that_fails_leaves_all_as_it_was(cast: Cast, append: Append, monkeypatch: pytest.MonkeyPatch) -> None:
    append(typing("one ")[0])
    compact(cast.findings.pk)
    append(typing("two ")[0])
    monkeypatch.setattr("documents.coedit.compaction.SnapshotCover", None)

    with pytest.raises(AttributeError):
        compact(cast.findings.pk)

    assert SectionSnapshot.objects.get().version == 1
    assert len(read_one(cast.findings.pk).rows) == 1
    assert sorted(opened(cast.findings).split()) == ["one", "two"]


def test_the_pages_read_it_too(cast: Cast, append: Append) -> None:
    write(cast.findings, "Before the snapshot", by=cast.ned)
    compact(cast.findings.pk)
    assert "Before the snapshot" in section_text.html_of(cast.findings)
    section_text._kept._texts.clear()

    with CaptureQueriesContext(connection) as queries:
        html = section_text.html_of(cast.findings)

    assert "Before the snapshot" in html
    assert len(queries) == 2
    assert not [query for query in queries if "data FROM documents_sectionupdate" in query["sql"]]


def test_a_snapshot_makes_no_page_stale_or_anew(cast: Cast, append: Append) -> None:
    write(cast.findings, "Words", by=cast.ned)
    section_text.html_of(cast.findings)
    compact(cast.findings.pk)

    with CaptureQueriesContext(connection) as queries:
        assert "Words" in section_text.html_of(cast.findings)

    assert len(queries) == 1


class AnyLog(TestCase):
    """Whatever is written, in whatever order it is stored, and whenever snapshots are made."""

    @given(
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 50)), min_size=1, max_size=25),
        st.lists(st.integers(1, 5), max_size=6),
        st.randoms(),
    )
    @hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def test_the_text_is_what_the_whole_log_makes(
        self, changes: list[tuple[int, int, int]], portions: list[int], random: Any
    ) -> None:
        cast = build_cast()
        updates = edits(changes)
        random.shuffle(updates)
        for portion in [*portions, len(updates)]:
            some, updates = updates[:portion], updates[portion:]
            append_offline(cast.findings.pk, some, author_id=cast.ned.pk, organisation_id=cast.north_somerset.pk)
            compact(cast.findings.pk)

        assert opened(cast.findings) == text_of(*read_log(cast.findings.pk))
