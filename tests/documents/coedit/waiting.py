"""Waiting for what a test cannot be told of."""

from collections.abc import Callable
from time import monotonic, sleep

SECONDS = 30.0
STEP = 0.01


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; AssertionError where it does not in time."""
    deadline = monotonic() + SECONDS
    while not holds():
        assert monotonic() < deadline, "it did not happen in time"
        sleep(STEP)
