"""People who act in the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections

FORBIDDEN = "forbidden"


def together(*acts: Callable[[], object]) -> list[str]:
    """Do all of it at once; return what was refused."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=20)
            act()
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        except PermissionDenied:
            return FORBIDDEN
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [refusal for refusal in pool.map(one, acts) if refusal]
