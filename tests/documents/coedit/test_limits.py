"""No client can take more than its share, and none can disturb another."""

import logging
import socket
from collections.abc import Iterator
from threading import Event

import pytest
from django.conf import LazySettings
from websockets.sync.client import connect

from documents.coedit import hub, joining, link, protocol, session
from documents.coedit.authority import Verdict, judge
from documents.coedit.tokens import Claims
from tests.documents.coedit.conftest import RawOf, TokenOf
from tests.documents.coedit.raw import RawClient, text_of, typing
from tests.documents.coedit.server import ThreadServer
from tests.documents.coedit.waiting import until
from tests.support.cast import Cast


@pytest.fixture
def ned(cast: Cast, raw: RawOf, token_of: TokenOf) -> RawClient:
    client = raw()
    client.join(cast.findings.pk, token_of(cast.ned))
    return client


@pytest.fixture
def bella(cast: Cast, raw: RawOf, token_of: TokenOf) -> RawClient:
    client = raw()
    client.join(cast.findings.pk, token_of(cast.bella))
    return client


@pytest.fixture
def gate() -> Iterator[Event]:
    """Closed until it is set: whoever asks for rights waits."""
    event = Event()
    yield event
    event.set()


def goes_on(cast: Cast, client: RawClient) -> None:
    """The client can write, and its words are saved."""
    client.say(cast.findings.pk, protocol.update(typing("undisturbed")[0]))
    assert client.expect("status") == 1


def test_too_big_a_frame_ends_the_socket(cast: Cast, ned: RawClient, bella: RawClient, settings: LazySettings) -> None:
    ned.say(cast.findings.pk, protocol.update(b"\0" * settings.COEDIT_MAX_FRAME_BYTES))

    assert ned.expect_end() == (1009, "too-big")
    goes_on(cast, bella)


def test_a_frame_without_an_end_is_not_waited_for(
    cast: Cast, server: ThreadServer, bella: RawClient, settings: LazySettings
) -> None:
    with small_socket(server.url(cast.report.pk)) as connection:
        connection.sendall(handshake(cast))
        assert b"101" in connection.recv(200)
        connection.sendall(b"\x82\xff" + (2**40).to_bytes(8, "big") + b"mask")

        until(lambda: server.sockets == 1)
    goes_on(cast, bella)


def test_words_as_text_instead_of_bytes_end_the_socket(cast: Cast, ned: RawClient, bella: RawClient) -> None:
    ned.send("hello")

    assert ned.expect_end() == (1003, "malformed")
    goes_on(cast, bella)


def test_a_frame_that_cannot_be_read_ends_the_socket_and_is_logged_without_personal_data(
    cast: Cast, ned: RawClient, bella: RawClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "documents.coedit"):
        ned.say(cast.findings.pk, protocol.update(b"\x01" + cast.ned.email.encode()))
        assert ned.expect_end() == (1007, "malformed")

    told = [record.getMessage() for record in caplog.records if record.name.startswith("documents.coedit")]
    assert len(told) == 1
    assert str(cast.report.pk) in told[0]
    for secret in (cast.ned.email, cast.ned.full_name, str(cast.ned.pk)):
        assert secret not in caplog.text
    goes_on(cast, bella)


def test_more_sections_than_a_report_has_end_the_socket(
    cast: Cast, raw: RawOf, token_of: TokenOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "MAX_SECTIONS", 1)
    client, token = raw(), token_of(cast.ned)
    client.join(cast.findings.pk, token)

    client.sign_on(cast.introduction.pk, token)

    assert client.expect_end() == (1007, "malformed")


def test_more_sockets_than_a_person_needs_are_refused(
    cast: Cast, raw: RawOf, token_of: TokenOf, bella: RawClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "MAX_SOCKETS_OF_ONE", 2)
    token, clients = token_of(cast.ned), [raw() for _ in range(3)]
    for client in clients[:2]:
        client.join(cast.findings.pk, token)

    clients[2].sign_on(cast.findings.pk, token)

    assert clients[2].expect_end() == (4205, "too-many-windows")
    goes_on(cast, bella)


def test_not_much_can_be_said_before_the_section_is_open(
    transactional_db: None, cast: Cast, token_of: TokenOf, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "MAX_QUEUED_BYTES", 100_000)

    def slow(claims: Claims) -> Verdict:
        assert gate.wait(60)
        return judge(claims)

    with ThreadServer(slow) as server, connect(server.url(cast.report.pk), compression=None) as connection:
        client = RawClient(connection)
        client.sign_on(cast.findings.pk, token_of(cast.ned))
        for _ in range(3):
            client.say(cast.findings.pk, protocol.update(b"\0" * 40_000))

        assert client.expect_end() == (1007, "malformed")
        gate.set()


def test_what_is_said_before_the_section_is_open_is_heard_then_in_order(
    transactional_db: None, cast: Cast, token_of: TokenOf, gate: Event
) -> None:
    def slow(claims: Claims) -> Verdict:
        assert gate.wait(60)
        return judge(claims)

    with ThreadServer(slow) as server, connect(server.url(cast.report.pk), compression=None) as connection:
        client = RawClient(connection)
        client.sign_on(cast.findings.pk, token_of(cast.ned))
        for update in typing("one ", "two ", "three"):
            client.say(cast.findings.pk, protocol.update(update))
        client.say(cast.findings.pk, protocol.sync_step1(b"\0"))
        gate.set()

        assert text_of(client.expect("sync-step2")) == "one two three"
        assert [client.expect("status") for _ in range(3)] == [1, 1, 1]


def test_who_does_not_read_is_cut_off_and_the_others_go_on(
    cast: Cast, server: ThreadServer, token_of: TokenOf, ned: RawClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "MAX_WAITING_BYTES", 64_000)
    monkeypatch.setattr(link, "LINGER_SECONDS", 0.2)
    url = server.url(cast.report.pk)
    with connect(url, sock=small_socket(url), compression=None, max_queue=1, close_timeout=0) as connection:
        sleeper = RawClient(connection)
        sleeper.join(cast.findings.pk, token_of(cast.bella))
        for word in ["x" * 500_000] * 30:
            ned.say(cast.findings.pk, protocol.update(typing(word)[0]))
        assert [ned.expect("status") for _ in range(30)] == [1] * 30

        until(lambda: server.sockets == 1)
    goes_on(cast, ned)


def test_a_long_text_reaches_who_asks_for_it_whatever_the_limit(
    cast: Cast, raw: RawOf, token_of: TokenOf, ned: RawClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ned.say(cast.findings.pk, protocol.update(typing("long " * 100_000)[0]))
    assert ned.expect("status") == 1
    monkeypatch.setattr(link, "MAX_WAITING_BYTES", 10_000)

    assert len(text_of(raw().join(cast.findings.pk, token_of(cast.bella)))) == 500_000


def test_nothing_is_kept_of_rooms_that_nobody_is_in(
    cast: Cast, server: ThreadServer, raw: RawOf, token_of: TokenOf, ned: RawClient
) -> None:
    token = token_of(cast.bella)
    client = raw()
    for section in (cast.introduction, cast.restricted_hidden):
        client.join(section.pk, token)
    stranger = raw()
    stranger.sign_on(cast.findings.pk, token_of(cast.olive))
    assert stranger.expect("denied")

    for socket_ in (client, ned, stranger):
        socket_.close()

    until(lambda: server.sockets == 0)
    assert server.rooms == 0


def handshake(cast: Cast) -> bytes:
    """What a browser says to open a socket."""
    lines = [
        f"GET /coedit/{cast.report.pk} HTTP/1.1",
        "Host: 127.0.0.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Version: 13",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def small_socket(url: str) -> socket.socket:
    """A connection that buffers hardly anything itself."""
    host, port = url.removeprefix("ws://").split("/")[0].split(":")
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.connect((host, int(port)))
    return made
