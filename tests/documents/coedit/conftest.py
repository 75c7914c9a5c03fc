"""A running service, clients to it, and everybody's tokens."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from websockets.sync.client import connect

from accounts.models import User
from documents.coedit.tokens import make_token
from documents.models import Report
from tests.documents.coedit.node import Node, NodeClient
from tests.documents.coedit.raw import RawClient
from tests.documents.coedit.server import ProcessServer, ThreadServer
from tests.support.cast import Cast

ClientOf = Callable[[User], Client]
TokenOf = Callable[..., str]
RawOf = Callable[..., RawClient]
NodeOf = Callable[[User], NodeClient]

# These run on our own sockets and on those of any ASGI server.
ON_BOTH = ("test_limits", "test_presence_on_the_wire", "test_protocol_errors", "test_read_only", "test_writing_together")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "carried" in metafunc.fixturenames and metafunc.module.__name__.rpartition(".")[2] in ON_BOTH:
        metafunc.parametrize("carried", ["fast", "plain"], indirect=True)


@pytest.fixture
def carried(settings: LazySettings, request: pytest.FixtureRequest) -> str:
    """How the service's sockets are carried (`COEDIT_SOCKET`)."""
    settings.COEDIT_SOCKET = getattr(request, "param", settings.COEDIT_SOCKET)
    return str(settings.COEDIT_SOCKET)


@pytest.fixture
def server(transactional_db: None, carried: str) -> Iterator[ThreadServer]:
    """The service, on the test's database."""
    with ThreadServer() as running:
        yield running


@pytest.fixture
def process_server(transactional_db: None, tmp_path: Path) -> Iterator[ProcessServer]:
    """The same in a process that can be killed."""
    with ProcessServer(tmp_path / "server.log") as running:
        yield running


@pytest.fixture
def token_of(cast: Cast, client_of: ClientOf) -> TokenOf:
    """A person's token from a new session, for the cast's report unless another is given."""

    def make(person: User, report: Report | None = None) -> str:
        session_key = client_of(person).session.session_key
        assert session_key
        return make_token(user_id=person.pk, session_key=session_key, report_id=(report or cast.report).pk)

    return make


@pytest.fixture
def raw(server: ThreadServer, cast: Cast) -> Iterator[RawOf]:
    """Sockets made by hand."""
    with ExitStack() as sockets:

        def make(**headers: str) -> RawClient:
            url = server.url(cast.report.pk)
            return RawClient(
                sockets.enter_context(connect(url, max_size=None, compression=None, additional_headers=headers))
            )

        yield make


@pytest.fixture(scope="session")
def node_process() -> Iterator[Node]:
    with Node() as process:
        yield process


@pytest.fixture
def node(node_process: Node) -> Iterator[Node]:
    """Clients with the real provider; none outlives the test."""
    yield node_process
    node_process.call("endAll", "")


@pytest.fixture
def of(server: ThreadServer, cast: Cast, node: Node, token_of: TokenOf) -> NodeOf:
    """A person's socket with the real provider."""

    def make(person: User) -> NodeClient:
        return node.connect(f"{person.email} {id(object())}", url=server.url(cast.report.pk), token=token_of(person))

    return make
