"""Which requests show that a person is there."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def not_activity(view: View) -> View:
    """Mark a view that pages call by themselves: it does not put off the end of an idle session."""
    view.counts_as_activity = False  # type: ignore[attr-defined]
    return view


def counts_as_activity(view: Callable[..., Any]) -> bool:
    """Whether a request for this view is something that a person did."""
    return bool(getattr(view, "counts_as_activity", True))
