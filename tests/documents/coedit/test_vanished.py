"""A client is gone in the middle of a frame: what it had said before is kept, the half frame is nothing, nobody notices."""

from collections.abc import Callable

import pytest

from documents.coedit import protocol
from documents.coedit.store import read_log
from documents.coedit.wire import string
from tests.documents.coedit.conftest import NodeOf, TokenOf
from tests.documents.coedit.raw import text_of, typing
from tests.documents.coedit.server import ThreadServer
from tests.documents.coedit.socket.tcp import TcpClient, frame
from tests.documents.coedit.waiting import until
from tests.soak.tally import count
from tests.support.cast import Cast

WAYS = [TcpClient.reset, TcpClient.close, TcpClient.end_writing]


@pytest.mark.parametrize("vanish", WAYS, ids=lambda way: way.__name__)
def test_in_the_middle_of_a_frame(
    cast: Cast, server: ThreadServer, of: NodeOf, token_of: TokenOf, vanish: Callable[[TcpClient], None]
) -> None:
    ned = of(cast.ned).open(cast.findings.document_name)
    ned.call("type", mark="ned", everyMs=5)
    name = string(cast.findings.document_name)
    whole, half = typing("~whole;", "~half;")
    with TcpClient(server.url(cast.report.pk)) as client:
        client.send(frame(name + b"\2\0" + string(token_of(cast.bella)) + string("4.8.0")))
        client.send(frame(name + protocol.sync_step1(b"\0")), frame(name + protocol.update(whole)))
        while client.next().payload != name + protocol.sync_status(saved=True):  # type: ignore[union-attr]
            pass
        client.send(frame(name + protocol.update(half))[:-5])

        vanish(client)

        until(lambda: server.sockets == 1)
    so_far = ned.call("rest")["typed"]
    ned.wait("saved")
    ned.wait("includes", "~whole;")
    text = text_of(*read_log(cast.findings.pk))
    assert "half" not in text
    assert ned.text == text
    assert count("A client gone in the middle of a frame", ["~whole;", *so_far], text) == []
