"""The service with each kind of socket, for tests that speak no more than the socket's own language to it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import override_settings

from tests.documents.coedit.server import ThreadServer
from tests.documents.coedit.socket.tcp import TcpClient

TcpOf = Callable[..., TcpClient]


@pytest.fixture(scope="module", params=["fast", "direct", "plain"])
def bare_server(request: pytest.FixtureRequest) -> Iterator[ThreadServer]:
    """Nobody signs on here, so that no database is needed."""
    with override_settings(COEDIT_SOCKET=request.param), ThreadServer() as running:
        yield running


@pytest.fixture
def carried_by(bare_server: ThreadServer, request: pytest.FixtureRequest) -> str:
    """How the bare server's sockets are carried."""
    return str(request.node.callspec.params["bare_server"])


@pytest.fixture
def tcp(bare_server: ThreadServer) -> Iterator[TcpOf]:
    """Connections made by hand."""
    with ExitStack() as connections:
        yield lambda **options: connections.enter_context(TcpClient(bare_server.url(uuid4()), **options))


@pytest.fixture
def limit() -> int:
    """The longest message that is taken."""
    return int(settings.COEDIT_MAX_FRAME_BYTES)
