"""Database work beside the event loop: a few threads, which keep their connections. Making one costs more than most work."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from django.db import connections

COUNT = 4
P = ParamSpec("P")
R = TypeVar("R")


class Readers:
    """The threads of one event loop."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads: list[Thread] = []

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call a function in one of the threads."""
        future: Future[R] = Future()
        self._jobs.put(lambda: _settle(future, lambda: function(*args, **kwargs)))
        if len(self._threads) < COUNT:
            self._threads.append(Thread(target=self._work, name="coedit-reader", daemon=True))
            self._threads[-1].start()
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let them finish what they have, and wait for it."""
        threads, self._threads = self._threads, []
        for _ in threads:
            self._jobs.put(None)
        for thread in threads:
            thread.join()

    def _work(self) -> None:
        try:
            while job := self._jobs.get():
                _let_go_of_broken_connections()
                job()
        finally:
            connections.close_all()


async def in_thread(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a function that asks the database, until `close` in one of the running loop's threads."""
    loop = asyncio.get_running_loop()
    if loop not in _readers:
        _readers[loop] = Readers()
    return await _readers[loop].run(function, *args, **kwargs)


async def close() -> None:
    """End the running loop's threads, and their connections."""
    if readers := _readers.pop(asyncio.get_running_loop(), None):
        await asyncio.to_thread(readers.close)


_readers: "WeakKeyDictionary[asyncio.AbstractEventLoop, Readers]" = WeakKeyDictionary()


def _settle(future: "Future[Any]", call: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(call())
    except BaseException as error:  # noqa: BLE001 (whoever waits for it gets it)
        # It may be the connection that is at fault.
        connections.close_all()
        future.set_exception(error)


def _let_go_of_broken_connections() -> None:
    """A database that was away meanwhile is no reason to refuse anybody."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not connection.is_usable():
            connection.close()
