"""The end of the event loop's present turn, where what the turn brought is sent: one write a socket, however much it is."""

import asyncio
import logging
from collections.abc import Callable
from weakref import WeakKeyDictionary

logger = logging.getLogger(__name__)

Work = Callable[[], None]
_ticks: "WeakKeyDictionary[asyncio.AbstractEventLoop, Tick]" = WeakKeyDictionary()


class Tick:
    """Gathers work of one loop: first what rooms have to relay, then what sockets have to write."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._call_soon = loop.call_soon
        self._relays: list[Work] = []
        self._writes: list[Work] = []
        self._is_due = False

    def relay(self, work: Work) -> None:
        self._relays.append(work)
        self._schedule()

    def write(self, work: Work) -> None:
        self._writes.append(work)
        self._schedule()

    def _schedule(self) -> None:
        if not self._is_due:
            self._is_due = True
            self._call_soon(self._run)

    def _run(self) -> None:
        relays, self._relays = self._relays, []
        _do(relays)
        writes, self._writes = self._writes, []
        self._is_due = False
        _do(writes)


def _do(works: list[Work]) -> None:
    for work in works:
        try:
            work()
        except Exception:
            logger.exception("something could not be sent")


def running_tick() -> Tick:
    """The tick of the running loop."""
    loop = asyncio.get_running_loop()
    tick = _ticks.get(loop)
    if tick is None:
        tick = _ticks[loop] = Tick(loop)
    return tick
