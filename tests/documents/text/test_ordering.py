"""Names of rows and columns are their own order."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from documents.text.ordering import between, completed, is_name, new_id

pytestmark = pytest.mark.no_database

names = st.text("012yz", min_size=1, max_size=4).map(lambda name: f"{name}{new_id(5)}")


@given(names, names)
def test_a_name_between_two_others_sorts_there(one: str, two: str) -> None:
    assume(one != two)
    low, high = sorted([one, two])

    assert low < between(low, high) < high


@given(names)
def test_there_is_always_a_name_before_and_after(name: str) -> None:
    assert between("", name) < name < between(name, "")


@given(st.integers(1, 300))
def test_new_rows_are_named_in_order(count: int) -> None:
    made = completed([None] * count)

    assert len(made) == count
    assert all(one < two for one, two in pairwise(made))
    assert all(map(is_name, made))


def test_names_that_are_given_in_order_stay_and_gaps_are_filled() -> None:
    made = completed([None, "b1", None, None, "c1", None])

    assert (made[1], made[4]) == ("b1", "c1")
    assert made == sorted(set(made))


@pytest.mark.parametrize("given_names", [["b", "a"], ["a", "a"], ["a:b"], ["A"], [5], ["a", None, "a0"]])
def test_names_of_no_use_are_replaced(given_names: list[object]) -> None:
    made = completed(given_names)

    assert made == sorted(set(made))
    assert all(map(is_name, made))
    assert len(made) == len(given_names)
