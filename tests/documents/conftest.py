"""Fixtures of what several folders of this room's tests begin with."""

import pytest

from tests.support.cast import Cast
from tests.support.seats import Chairs, one_each


@pytest.fixture
def chairs(cast: Cast) -> Chairs:
    """A seat in each of the three partnerships, held by one of their own."""
    return one_each(cast)
