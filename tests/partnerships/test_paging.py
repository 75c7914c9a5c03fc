"""Pages of long lists without counting them."""

import pytest
from pytest_django import DjangoAssertNumQueries

from partnerships.models import Organisation
from partnerships.paging import leaf
from tests.support.cast import Cast

PARTNERSHIPS = [f"{place} Partnership" for place in ("Bristol", "North Somerset", "South Gloucestershire")]
NAMES = ["Avon and Somerset Police", *PARTNERSHIPS]


@pytest.mark.parametrize(
    ("asked", "number", "rows", "has_next"),
    [
        (None, 1, NAMES[:3], True),
        ("1", 1, NAMES[:3], True),
        ("2", 2, NAMES[3:], False),
        ("3", 1, NAMES[:3], True),
        ("0", 1, NAMES[:3], True),
        ("-2", 1, NAMES[:3], True),
        ("99999", 1, NAMES[:3], True),
        ("9" * 5000, 1, NAMES[:3], True),
        ("\u00b2", 1, NAMES[:3], True),
        ("two", 1, NAMES[:3], True),
    ],
)
def test_gives_the_page_asked_for_or_else_the_first(
    cast: Cast, asked: str | None, number: int, rows: list[str], has_next: bool
) -> None:
    page = leaf(Organisation.objects.all(), asked, size=3)

    assert [organisation.name for organisation in page] == rows
    assert (page.number, page.has_next, page.has_previous) == (number, has_next, number > 1)


def test_counts_nothing(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1) as captured:
        leaf(Organisation.objects.all(), "1", size=3)

    assert "COUNT" not in captured.captured_queries[0]["sql"].upper()


def test_a_list_that_fits_has_no_other_pages(cast: Cast) -> None:
    assert not leaf(Organisation.objects.all(), None, size=4).has_other_pages
