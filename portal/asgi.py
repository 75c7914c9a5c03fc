"""The ASGI application: live editing on websockets, everything else by Django; or one of the two in a process of its own."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
_pages: Callable[..., Awaitable[None]] = get_asgi_application()

from accounts.jobs.background import BackgroundWorker  # noqa: E402  (needs Django's apps)
from documents.coedit.socket import application as _coedit  # noqa: E402

HEALTH = "/health/"


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Send a connection to the pages or to live editing."""
    if scope["type"] == "websocket":
        await _coedit(scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _live(receive, send)


async def with_jobs(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Everything in one process: background jobs too, in a thread from start to end."""
    if scope["type"] == "lifespan":
        await _live(receive, send, BackgroundWorker())
    else:
        await application(scope, receive, send)


async def only_web(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The pages; sockets are refused, since another process carries them."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close"})
    else:
        await application(scope, receive, send)


async def only_coedit(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Live editing; of the pages only the one that a load balancer asks for."""
    if scope["type"] == "http" and scope["path"] != HEALTH:
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        await send({"type": "http.response.start", "status": 404, "headers": headers})
        await send({"type": "http.response.body", "body": b"This process serves live editing only.\n"})
    else:
        await application(scope, receive, send)


async def _live(receive: Any, send: Any, worker: BackgroundWorker | None = None) -> None:
    """From start to end: what people wrote until the end is stored before it, and the job in hand is done."""
    if worker:
        worker.start()
    while (event := await receive())["type"] != "lifespan.shutdown":
        await send({"type": f"{event['type']}.complete"})
    await _coedit.close()
    if worker:
        await asyncio.to_thread(worker.end)
    await send({"type": "lifespan.shutdown.complete"})
