"""Who does not read costs the service a bounded amount of memory, and is told all it missed at once when it reads again."""

from collections.abc import Iterator

import pytest
from websockets.sync.client import connect

from documents.coedit import hub, link, protocol
from tests.documents.coedit.conftest import RawOf, TokenOf
from tests.documents.coedit.raw import RawClient, awareness, text_of, typing
from tests.documents.coedit.server import ThreadServer
from tests.documents.coedit.socket.tcp import PING, TcpClient, frame
from tests.documents.coedit.test_limits import small_socket
from tests.documents.coedit.waiting import until
from tests.support.cast import Cast

pytestmark = pytest.mark.parametrize("carried", ["fast", "plain"], indirect=True)
WORD = 200_000
# What a connection's own buffers hold comes on top; this is more.
WORDS = ["x" * WORD] * 50


@pytest.fixture
def ned(cast: Cast, raw: RawOf, token_of: TokenOf) -> RawClient:
    client = raw()
    client.join(cast.findings.pk, token_of(cast.ned))
    return client


@pytest.fixture
def sleeper(cast: Cast, server: ThreadServer, token_of: TokenOf, ned: RawClient) -> Iterator[RawClient]:
    """Bella, whose computer takes little at a time, and nothing while she does not look."""
    url = server.url(cast.report.pk)
    with connect(
        url, sock=small_socket(url), compression=None, max_size=None, max_queue=1, close_timeout=0, ping_interval=None
    ) as connection:
        client = RawClient(connection)
        client.join(cast.findings.pk, token_of(cast.bella))
        yield client


def write(cast: Cast, server: ThreadServer, ned: RawClient, words: list[str]) -> int:
    """Write, one word saved after the other; return how much waited for somebody at the most."""
    most = 0
    for update in typing(*words):
        ned.say(cast.findings.pk, protocol.update(update))
        assert ned.expect("status") == 1
        most = max(most, *(found.waiting for found in server.links))
    return most


def test_what_waits_for_a_slow_reader_is_bounded_and_it_catches_up_by_one_difference(
    cast: Cast, server: ThreadServer, ned: RawClient, sleeper: RawClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "LAG_BYTES", 3 * WORD)
    for found in server.links:
        if carrier := getattr(found, "_carrier", None):
            found._loop.call_soon_threadsafe(carrier.transport.set_write_buffer_limits, 3 * WORD)

    most = write(cast, server, ned, WORDS)

    assert 3 * WORD < most < 6 * WORD
    while len(text_of(*told(sleeper))) < WORD * len(WORDS):
        sleeper.expect("sync-step2")
    whats = [what for _, what, _ in sleeper.heard]
    assert whats.count("sync-step2") == 2
    assert whats.count("update") < len(WORDS)
    goes_on_together(cast, ned, sleeper)


def test_who_lags_for_too_long_is_closed_and_the_others_go_on(
    cast: Cast, server: ThreadServer, ned: RawClient, sleeper: RawClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(hub, "LAG_SECONDS", 0.1)
    monkeypatch.setattr(link, "LINGER_SECONDS", 0.2)

    write(cast, server, ned, WORDS)

    until(lambda: server.sockets == 1)
    write(cast, server, ned, ["and on"])


def test_who_reads_in_the_end_is_told_that_it_was_too_slow(
    cast: Cast, server: ThreadServer, ned: RawClient, sleeper: RawClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.02)
    monkeypatch.setattr(hub, "LAG_SECONDS", 0.1)

    write(cast, server, ned, WORDS)
    until(lambda: server.sockets == 1 or any(found.is_closing for found in server.links))

    assert sleeper.expect_end() == (4205, "too-slow")


def test_nothing_more_is_read_from_who_asks_and_asks_and_does_not_listen(
    cast: Cast, server: ThreadServer, ned: RawClient, carried: str
) -> None:
    asks = frame(protocol.PING) * 2000
    # Pings of the socket's own kind too, where they are ours to stop.
    asks += frame(b"x" * 125, PING) * 200 if carried == "fast" else b""
    with TcpClient(server.url(cast.report.pk), receive_buffer=4096) as client:
        client.be_impatient()
        # It stops reading and, where that lasts, ends the connection: which of the two is felt first is the machine's.
        with pytest.raises((TimeoutError, ConnectionError)):
            client.send(*[asks] * 10_000)

        assert max(found.waiting for found in server.links) < 3 * link.LAG_BYTES
        write(cast, server, ned, ["undisturbed"])


def told(client: RawClient) -> list[bytes]:
    return [detail for _, what, detail in client.heard if what in ("update", "sync-step2")]


def goes_on_together(cast: Cast, ned: RawClient, client: RawClient) -> None:
    """It hears of what is said after it has caught up, as before."""
    ned.say(cast.findings.pk, awareness((7, 1, '{"here": true}')))
    assert b'"here":true' in client.expect("awareness")
