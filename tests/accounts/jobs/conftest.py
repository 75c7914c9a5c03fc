"""What the tests of jobs share."""

from collections.abc import Iterator

import pytest

from tests.accounts.jobs import sample


@pytest.fixture(autouse=True)
def done() -> Iterator[list[str]]:
    """What the sample jobs have done in this test."""
    sample.done.clear()
    yield sample.done
    sample.done.clear()
