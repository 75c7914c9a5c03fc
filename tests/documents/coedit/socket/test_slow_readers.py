"""Who does not read costs the service a bounded amount of memory, and is told all it missed at once when it reads again."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pycrdt import Doc, Text
from websockets.sync.client import connect

from documents.coedit import hub, link, protocol
from documents.coedit.log import read_log
from documents.coedit.wire import Reader, string
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


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service looks often for who lags."""
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.02)


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
    lag_soon(server, monkeypatch)

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
    monkeypatch.setattr(hub, "LAG_SECONDS", 0.1)
    monkeypatch.setattr(link, "LINGER_SECONDS", 0.2)

    write(cast, server, ned, WORDS)

    until(lambda: server.sockets == 1)
    write(cast, server, ned, ["and on"])


def test_who_reads_in_the_end_is_told_that_it_was_too_slow(
    cast: Cast, server: ThreadServer, ned: RawClient, sleeper: RawClient, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_it_ends_with_what_the_log_makes_and_what_it_said_meanwhile_is_heard(
    cast: Cast,
    server: ThreadServer,
    ned: RawClient,
    sleeper: RawClient,
    raw: RawOf,
    token_of: TokenOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Several wrote, struck out and marked meanwhile, some of it in words that it had been told already."""
    lag_soon(server, monkeypatch)
    amira = raw()
    amira.join(cast.findings.pk, token_of(cast.amira))
    pens = [Pen(ned), Pen(amira)]
    for pen in pens:
        pen.write(cast, "known ")
    write(cast, server, ned, WORDS)
    assert any(found.is_lagging for found in server.links)

    for number in range(20):
        pens[number % 2].write(cast, f"meanwhile {number} ")
    for pen in pens:
        pen.strike(cast, 0, 3)
        pen.mark(cast, 5, 10)
    own = typing("and I ")[0]
    sleeper.say(cast.findings.pk, protocol.update(own))

    assert sleeper.expect("status") == 1
    sleeper.settle(cast.findings.pk)
    # What it asked for last is left out: it has to have been told all of it before.
    made = written(*[detail for _, what, detail in sleeper.heard if what in ("update", "sync-step2")][:-1], own)
    assert made == written(*read_log(cast.findings.pk))
    while ned.expect("update") != own:
        pass


def test_it_learns_who_came_moved_and_left_meanwhile(
    cast: Cast,
    server: ThreadServer,
    ned: RawClient,
    sleeper: RawClient,
    raw: RawOf,
    token_of: TokenOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lag_soon(server, monkeypatch)
    gwen, piet = raw(), raw()
    for number, client, person in ((5, gwen, cast.gwen), (6, piet, cast.piet)):
        client.join(cast.findings.pk, token_of(person))
        client.say(cast.findings.pk, awareness((number, 1, '{"cursor":"here"}')))
        sleeper.expect("awareness")
    write(cast, server, ned, WORDS)
    assert any(found.is_lagging for found in server.links)

    for client in (gwen, piet):
        # They read, and so are heard.
        client.settle(cast.findings.pk)
    gwen.close()
    piet.say(cast.findings.pk, awareness((6, 2, '{"cursor":"moved"}')))
    ned.say(cast.findings.pk, awareness((7, 1, '{"cursor":"came"}')))
    while not {5: None, 6: "moved", 7: "came"}.items() <= seen(ned).items():
        ned.expect("awareness")

    while seen(sleeper).get(7) != "came":
        sleeper.expect("awareness")
    assert seen(sleeper) == {5: None, 6: "moved", 7: "came"}


@pytest.mark.parametrize("how", ["resets", "is cut off"])
def test_others_see_that_it_has_left(
    cast: Cast, server: ThreadServer, ned: RawClient, token_of: TokenOf, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    name = string(cast.findings.document_name)
    with TcpClient(server.url(cast.report.pk), receive_buffer=4096) as sleeper:
        sleeper.send(frame(name + b"\2\0" + string(token_of(cast.bella)) + string("4.8.0")))
        sleeper.send(frame(name + awareness((9, 1, '{"cursor":"here"}'))))
        ned.expect("awareness")
        lag_soon(server, monkeypatch)
        write(cast, server, ned, WORDS)
        assert any(found.is_lagging for found in server.links)
        assert seen(ned) == {9: "here"}

        if how == "resets":
            sleeper.reset()
        else:
            monkeypatch.setattr(hub, "LAG_SECONDS", 0.1)

        ned.expect("awareness")
        assert seen(ned) == {9: None}


class Pen:
    """Writes through a socket, and strikes out and marks what it wrote."""

    def __init__(self, client: RawClient) -> None:
        self._client = client
        self._doc: Doc[Any] = Doc()
        self._text = self._doc.get("text", type=Text)

    def write(self, cast: Cast, words: str) -> None:
        self._change(cast, lambda: self._text.insert(len(self._text), words))

    def strike(self, cast: Cast, start: int, end: int) -> None:
        self._change(cast, lambda: self._text.__delitem__(slice(start, end)))

    def mark(self, cast: Cast, start: int, end: int) -> None:
        self._change(cast, lambda: self._text.format(start, end, {"bold": True}))

    def _change(self, cast: Cast, change: Callable[[], object]) -> None:
        before = self._doc.get_state()
        change()
        self._client.say(cast.findings.pk, protocol.update(self._doc.get_update(before)))
        assert self._client.expect("status") == 1


def written(*updates: bytes) -> list[tuple[Any, dict[str, Any] | None]]:
    """The words that these updates make, with how they are marked."""
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)
    diff: list[tuple[Any, dict[str, Any] | None]] = doc.get("text", type=Text).diff()
    return diff


def seen(client: RawClient) -> dict[int, str | None]:
    """Where a client has been told that others are, as a page understands it; None for who has left."""
    clocks: dict[int, int] = {}
    states: dict[int, str | None] = {}
    for message in (detail for _, what, detail in client.heard if what == "awareness"):
        reader = Reader(message)
        for _ in range(reader.uint()):
            number, clock, state = reader.uint(), reader.uint(), json.loads(reader.string())
            if clock > clocks.get(number, -1) or (clock == clocks[number] and state is None):
                clocks[number] = clock
                states[number] = state and state.get("cursor")
    return states


def lag_soon(server: ThreadServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not read lags after a few words."""
    monkeypatch.setattr(link, "LAG_BYTES", 3 * WORD)
    for found in server.links:
        if carrier := getattr(found, "_carrier", None):
            found._loop.call_soon_threadsafe(carrier.transport.set_write_buffer_limits, 3 * WORD)


def told(client: RawClient) -> list[bytes]:
    return [detail for _, what, detail in client.heard if what in ("update", "sync-step2")]


def goes_on_together(cast: Cast, ned: RawClient, client: RawClient) -> None:
    """It hears of what is said after it has caught up, as before."""
    ned.say(cast.findings.pk, awareness((7, 1, '{"here": true}')))
    assert b'"here":true' in client.expect("awareness")
