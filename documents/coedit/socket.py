"""Live editing as an ASGI application for `/coedit/<report uuid>`.

Under our own socket class (`fast_socket`) messages take a short way; under any other server they go by ASGI's events.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from documents.coedit.authority import Judge, judge
from documents.coedit.fast_socket import EXTENSION, DirectSocket
from documents.coedit.hub import Hub
from documents.coedit.link import CloseCode, QueuedLink
from documents.coedit.session import Session

logger = logging.getLogger(__name__)

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
_PATH = re.compile(r"/coedit/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?")


class Application:
    """Carries bytes between sockets and the hub of the running event loop."""

    def __init__(self, judge: Judge = judge) -> None:
        self._judge = judge
        self._hub: Hub | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        report_id = report_of(scope["path"])
        await receive()
        if report_id is None or not comes_from_here(scope):
            await send({"type": "websocket.close", "code": int(CloseCode.FORBIDDEN)})
            return
        await send({"type": "websocket.accept"})
        direct = (scope.get("extensions") or {}).get(EXTENSION)
        hub, link = self._running_hub(), direct.open_link() if direct else QueuedLink()
        session = hub.open(report_id, link)
        try:
            if direct:
                await _follow(session, direct, receive)
            else:
                await _carry(session, link, receive, send)
        finally:
            hub.forget(session)

    async def close(self) -> None:
        """Stop the service on this loop."""
        if self._hub is not None:
            await self._hub.close()
            self._hub = None

    def _running_hub(self) -> Hub:
        if self._hub is None or self._hub.loop is not asyncio.get_running_loop():
            self._hub = Hub(self._judge)
        return self._hub


async def _follow(session: Session, direct: DirectSocket, receive: Receive) -> None:
    """Let the socket and the session speak to each other until the end."""
    direct.start(session)
    while (await receive())["type"] != "websocket.disconnect":
        pass


async def _carry(session: Session, link: QueuedLink, receive: Receive, send: Send) -> None:
    """Both directions, until either ends, or the client does not take even the end."""

    async def send_bytes(data: bytes) -> None:
        await send({"type": "websocket.send", "bytes": data})

    async def send_close(code: int, reason: str) -> None:
        await send({"type": "websocket.close", "code": code, "reason": reason})

    works = link.run(send_bytes, send_close), _read(session, link, receive), link.overdue()
    tasks = {asyncio.create_task(work) for work in works}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        # A client that went away while something was sent to it is no error.
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(session: Session, link: QueuedLink, receive: Receive) -> None:
    while (event := await receive())["type"] != "websocket.disconnect":
        data = event.get("bytes")
        if data is None:
            session.end(CloseCode.NOT_BINARY, "malformed")
        else:
            session.receive(data)
        await link.calm()


def report_of(path: str) -> UUID | None:
    """The report that an address of live editing names."""
    found = _PATH.fullmatch(path)
    return UUID(found[1]) if found else None


def comes_from_here(scope: Scope) -> bool:
    """Whether a page of this portal opens the socket. Clients that are no browser send no origin; their token decides."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    if not origin or origin in (settings.PORTAL_URL.rstrip("/"), *settings.CSRF_TRUSTED_ORIGINS):
        return True
    host = headers.get(b"host", b"").decode("latin-1")
    named, _, from_host = origin.partition("://")
    same = named in ("http", "https") and from_host == host
    return same and validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


application = Application()
