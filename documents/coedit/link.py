"""A socket's outgoing side and its limits, whatever carries the bytes."""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable
from enum import IntEnum

from documents.coedit.frames import Bundle, Cut

# A socket with more than this to take lags: it is told nothing new until it has caught up, then all at once.
LAG_BYTES = 1024 * 1024
# How long it may lag.
LAG_SECONDS = 30.0
MAX_WAITING_BYTES = 8 * 1024 * 1024
MAX_UNSAVED_BYTES = 1024 * 1024
# How long an ended socket may take to read what was queued before.
LINGER_SECONDS = 10.0
# What a queued message or update costs beside its bytes.
OVERHEAD = 200

SendBytes = Callable[[bytes], Awaitable[None]]
SendClose = Callable[[int, str], Awaitable[None]]


class CloseCode(IntEnum):
    """How a socket ends. Those above 4000 are Hocuspocus's."""

    NOT_BINARY = 1003
    MALFORMED = 1007
    TOO_BIG = 1009
    BROKEN = 1011
    RESET = 4205
    UNAUTHORISED = 4401
    FORBIDDEN = 4403
    TIMEOUT = 4408


def _nothing() -> None:
    pass


class Link(ABC):
    """What is said to a client, in order; counts what the client waits for. All calls are on the event loop's thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._unsaved = 0
        self._ending: tuple[int, str] | None = None
        self._calm = asyncio.Event()
        self._calm.set()
        self.spoke_at = self._loop.time()
        # Since when the client does not keep up; None if it does.
        self.lagging_since: float | None = None
        # Called when a client that lagged has taken all there was.
        self.caught_up: Callable[[], None] = _nothing

    @property
    def is_closing(self) -> bool:
        return self._ending is not None

    @property
    def is_lagging(self) -> bool:
        return self.lagging_since is not None

    @property
    @abstractmethod
    def waiting(self) -> int:
        """How many bytes the client has yet to take."""

    @abstractmethod
    def put(self, data: bytes, *, is_answer: bool = False) -> None:
        """Say something. A client that lets too much pile up is cut off: it comes back and catches up.

        A text that the client asked for (`is_answer`) may be as long as it is; meanwhile nothing more is read from it.
        """

    @abstractmethod
    def relay(self, bundle: Bundle | Cut) -> None:
        """Say what is said to others too. Whoever calls leaves out a socket that lags."""

    @abstractmethod
    def close(self, code: CloseCode, reason: str) -> None:
        """End the socket after what is queued. The first reason given stands."""

    def hold(self, size: int) -> None:
        """An update of this size waits to be stored."""
        self._unsaved += size + OVERHEAD
        if self._unsaved > MAX_UNSAVED_BYTES:
            self._weigh()

    def release(self, size: int) -> None:
        """It waits no longer."""
        self._unsaved -= size + OVERHEAD
        if not self._calm.is_set():
            self._weigh()

    async def calm(self) -> None:
        """Wait until the client may say more."""
        await self._calm.wait()

    def _lags(self, lags: bool) -> None:
        if lags == self.is_lagging:
            return
        self.lagging_since = self._loop.time() if lags else None
        self._weigh()
        if not lags:
            self.caught_up()

    def _weigh(self) -> None:
        is_calm = self._unsaved <= MAX_UNSAVED_BYTES and self.lagging_since is None
        if is_calm != self._calm.is_set():
            if is_calm:
                self._calm.set()
            else:
                self._calm.clear()
            self._listen(is_calm)

    def _listen(self, is_calm: bool) -> None:  # noqa: B027 (a queue's reader waits for `calm` instead)
        """Read on, or stop reading."""


class QueuedLink(Link):
    """For any ASGI server: a queue that a task empties."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: deque[bytes] = deque()
        self._waiting = 0
        self._answers = 0
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()

    @property
    def waiting(self) -> int:
        return self._waiting

    def put(self, data: bytes, *, is_answer: bool = False) -> None:
        if self._ending is not None:
            return
        self._queue.append(data)
        self._waiting += len(data) + OVERHEAD
        self._answers += len(data) if is_answer else 0
        if self._waiting - self._answers > MAX_WAITING_BYTES:
            self._queue.clear()
            self.close(CloseCode.RESET, "too-slow")
        self._wake.set()
        if self._waiting > LAG_BYTES:
            self._lags(True)

    def relay(self, bundle: Bundle | Cut) -> None:
        for message in bundle.messages:
            self.put(message)

    def close(self, code: CloseCode, reason: str) -> None:
        if self._ending is None:
            self._ending = int(code), reason
            self._wake.set()
            self._ended.set()

    async def run(self, send: SendBytes, close: SendClose) -> None:
        """Send until the end, which is sent too."""
        while True:
            await self._wake.wait()
            while self._queue:
                data = self._queue.popleft()
                await send(data)
                self._sent(data)
            if self._ending is not None:
                await close(*self._ending)
                return
            self._wake.clear()

    async def overdue(self) -> None:
        """Wait until the end should long have been sent."""
        await self._ended.wait()
        await asyncio.sleep(LINGER_SECONDS)

    def _sent(self, data: bytes) -> None:
        self.spoke_at = self._loop.time()
        self._waiting = max(0, self._waiting - len(data) - OVERHEAD)
        if not self._queue:
            self._waiting = self._answers = 0
        if self._waiting <= LAG_BYTES // 4:
            self._lags(False)
