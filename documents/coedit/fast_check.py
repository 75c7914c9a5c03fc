"""Which class carries the sockets of this process, and whether the installed uvicorn still has what ours builds on."""

import asyncio
import logging
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

logger = logging.getLogger(__name__)

PLAIN = "websockets-sansio"
_CHOICES = ("fast", "direct", "plain")
_LIBRARY = "uvicorn.protocols.websockets.websockets_sansio_impl"
_METHODS = frozenset(
    {
        "connection_lost",
        "data_received",
        "handle_close",
        "handle_parser_exception",
        "keepalive_timeout",
        "pause_writing",
        "resume_writing",
        "run_asgi",
        "send_receive_event_to_app",
        "shutdown",
    }
)
_ATTRIBUTES = frozenset(
    {
        "close_sent",
        "close_timeout",
        "close_timer",
        "conn",
        "curr_msg_data_type",
        "disconnected",
        "frames",
        "loop",
        "queue",
        "read_paused",
        "transport",
    }
)


def socket_class() -> Any:
    """What `uvicorn.Config(ws=...)` is given: a class, or uvicorn's name of its own.

    `COEDIT_SOCKET` chooses: `fast`, `direct` (every frame through the library's parser) or `plain` (ASGI only).
    """
    if settings.COEDIT_SOCKET not in _CHOICES:
        raise ImproperlyConfigured(f"COEDIT_SOCKET is one of {', '.join(_CHOICES)}, not {settings.COEDIT_SOCKET!r}.")
    if settings.COEDIT_SOCKET == "plain":
        return PLAIN
    missing = missing_names()
    if missing:
        logger.error("uvicorn has changed (%s): live editing goes on with its plain socket", ", ".join(missing))
        return PLAIN
    from documents.coedit import fast_socket

    return fast_socket.DirectSocketWithoutWalker if settings.COEDIT_SOCKET == "direct" else fast_socket.DirectSocket


def missing_names(module: str = _LIBRARY) -> list[str]:
    """What our class builds on and the library lacks."""
    try:
        library: type[asyncio.Protocol] = import_module(module).WebSocketsSansIOProtocol
    except (ImportError, AttributeError):
        return [module]
    # An attribute that the constructor sets is among the names of its code.
    made = library.__init__.__code__.co_names
    return sorted({name for name in _METHODS if _own(library, name) is None} | (_ATTRIBUTES - set(made)))


def _own(library: type[asyncio.Protocol], name: str) -> Any:
    """A method, unless it is one that asyncio gives to every protocol and that does nothing."""
    method = getattr(library, name, None)
    return None if method is getattr(asyncio.Protocol, name, None) else method
