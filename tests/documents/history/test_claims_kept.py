"""What is kept of who wrote what is at any time what the whole log makes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.coedit.compaction import compact
from documents.coedit.log import Stream, open_text, streams_of
from documents.coedit.store import append_offline
from documents.history import claims_kept
from documents.history.authorship import Traced, trace
from documents.history.claims_kept import claims_of
from documents.models import SectionUpdate
from tests.documents.coedit.raw import typing
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
Append = Callable[..., None]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    claims_kept._kept.clear()


@pytest.fixture
def append(cast: Cast) -> Append:
    """Store updates as one more writer, as Ned or as Bella."""

    def make(*updates: bytes, by_bella: bool = False) -> None:
        person, place = (cast.bella, cast.bristol) if by_bella else (cast.ned, cast.north_somerset)
        append_offline(cast.findings.pk, updates, author_id=person.pk, organisation_id=place.pk)

    return make


def kept_of(cast: Cast) -> list[tuple[str, object]]:
    kept = claims_of(cast.findings.pk, streams_of([cast.findings.pk])[cast.findings.pk])
    doc = open_text(cast.findings.pk, [])[0].doc
    return [tuple(each) for each in Traced(doc, kept.claims, [source.author_id for source in kept.sources]).passages("text")]


def replayed(cast: Cast) -> list[tuple[str, object]]:
    rows = SectionUpdate.objects.filter(section=cast.findings).order_by("pk").values_list("author_id", "data")
    return [tuple(each) for each in trace((author, bytes(data)) for author, data in rows).passages("text")]


def test_new_rows_are_added_to_what_is_kept(cast: Cast, append: Append) -> None:
    one, two, three = typing("one ", "two ", "three ")
    append(one)
    assert kept_of(cast) == [("one ", cast.ned.pk)]

    append(two, by_bella=True)
    append(three)

    assert kept_of(cast) == replayed(cast) == [("one ", cast.ned.pk), ("two ", cast.bella.pk), ("three ", cast.ned.pk)]


def test_where_nothing_is_new_nothing_is_read(cast: Cast, append: Append) -> None:
    append(*typing("one ", "two "))
    kept_of(cast)
    streams = streams_of([cast.findings.pk])[cast.findings.pk]

    with CaptureQueriesContext(connection) as queries:
        claims_of(cast.findings.pk, streams)

    assert len(queries) == 0


def test_a_row_that_becomes_visible_late_is_put_where_it_belongs(cast: Cast, append: Append) -> None:
    """Both bring the same words. They are whose row is first in the log, though it was seen last."""
    words = typing("one ")[0]
    append(words)
    late = SectionUpdate.objects.get(section=cast.findings)
    SectionUpdate.objects.filter(pk=late.pk).delete()
    append(words, by_bella=True)
    assert kept_of(cast) == [("one ", cast.bella.pk)]

    late.save(force_insert=True)

    assert kept_of(cast) == replayed(cast) == [("one ", cast.ned.pk)]


def test_a_snapshot_changes_nothing(cast: Cast, append: Append) -> None:
    one, two, three = typing("one ", "two ", "three ")
    append(one, two)
    compact(cast.findings.pk)
    append(three, by_bella=True)

    assert kept_of(cast) == replayed(cast) == [("one two ", cast.ned.pk), ("three ", cast.bella.pk)]


def test_a_log_that_is_being_read_keeps_nobody_from_another_section(cast: Cast, append: Append) -> None:
    append(*typing("one "))
    reading, go_on = Event(), Event()

    def wait(execute: Callable[..., Any], *args: Any) -> Any:
        reading.set()
        assert go_on.wait(10)
        return execute(*args)

    def read_slowly() -> None:
        with connection.execute_wrapper(wait):
            claims_of(cast.introduction.pk, [Stream(cast.introduction.pk, 1, 0, 1)])
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        slowly = pool.submit(read_slowly)
        assert reading.wait(10)

        assert kept_of(cast) == [("one ", cast.ned.pk)]

        assert not slowly.done()
        go_on.set()
        slowly.result(10)
