"""How sections are numbered."""

import pytest

from documents.models import Numbering, Section
from documents.numbering import numbers

pytestmark = pytest.mark.no_database

N, M, S, A = Numbering.NONE, Numbering.MAIN, Numbering.SUB, Numbering.APPENDIX


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([], []),
        ([N, M, M], ["", "1", "2"]),
        ([M, S, S, M, S], ["1", "1.1", "1.2", "2", "2.1"]),
        ([S, M], ["1", "1"]),
        ([M, A, A, M], ["1", "A", "B", "2"]),
        ([A] * 28, [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB"]),
    ],
)
def test_numbers_follow_the_list(kinds: list[Numbering], expected: list[str]) -> None:
    listed = [Section(numbering=kind) for kind in kinds]

    found = numbers(listed)

    assert [found[section.pk] for section in listed] == expected


def test_a_section_left_out_of_the_list_leaves_no_gap() -> None:
    first, hidden, last = (Section(numbering=M) for _ in range(3))

    assert list(numbers([first, hidden, last]).values()) == ["1", "2", "3"]
    assert list(numbers([first, last]).values()) == ["1", "2"]
