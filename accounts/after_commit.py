"""What follows an action once it is committed, and can no longer undo it: mail above all."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec

from django.db import transaction

P = ParamSpec("P")


def follow_up(act: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Call `act` after the commit. Its failure is logged and hinders nobody: what was done stays done."""
    call = partial(act, *args, **kwargs)
    # Django names a callback that has failed in its log, and a partial has no name of its own.
    call.__qualname__ = act.__qualname__  # type: ignore[attr-defined]
    transaction.on_commit(call, robust=True)
