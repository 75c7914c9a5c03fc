"""RFC 6455 on the real socket, whichever way it is carried. A message of the protocol's own, "ping", shows what arrives."""

import os
import random
import struct
from uuid import uuid4

import pytest

from documents.coedit import protocol
from documents.coedit.wire import string
from tests.documents.coedit.server import ThreadServer
from tests.documents.coedit.socket.conftest import TcpOf
from tests.documents.coedit.socket.tcp import BINARY, CLOSE, MASK, PING, PONG, TEXT, Frame, TcpClient, frame, masked
from tests.documents.coedit.waiting import until

pytestmark = pytest.mark.no_database
ASKS = frame(protocol.PING)
ANSWER = Frame(BINARY, protocol.PONG)
# Of a section that is not open: it is taken, and nothing comes of it.
IDLE = string("section:none") + protocol.update(b"\0" * 60)
# With a length of 16 bits.
LONG = frame(string("section:none") + protocol.update(b"\0" * 300))
FUZZED = int(os.environ.get("PORTAL_FUZZ_SOCKETS", "300"))


def close(code: int, reason: bytes = b"") -> bytes:
    return frame(struct.pack("!H", code) + reason, CLOSE)


def goes_on(client: TcpClient) -> None:
    client.send(ASKS)
    assert client.next() == ANSWER


def ends(client: TcpClient, code: int | None) -> None:
    """The server says so, and ends the connection. A client that sees the close frame would answer it."""
    last = client.next()
    assert last is not None, "the connection ended without a close frame"
    assert (last.opcode, last.code) == (CLOSE, code)
    client.send_if_open(close(1000))
    assert client.rest() == []


FINE = {
    "a whole message": [ASKS],
    "three in one read": [frame(IDLE) + frame(IDLE) + ASKS],
    "byte by byte": [bytes([byte]) for byte in frame(IDLE) + ASKS],
    "cut in its header": [frame(IDLE)[:1], frame(IDLE)[1:] + ASKS],
    "cut in its mask": [frame(IDLE)[:4], frame(IDLE)[4:] + ASKS],
    "cut in its length": [LONG[:3], LONG[3:] + ASKS],
    "two fragments": [frame(IDLE[:9], final=False) + frame(IDLE[9:], 0) + ASKS],
    "fragments of nothing": [frame(final=False) + frame(protocol.PING, 0, final=False) + frame(b"", 0)],
    "a mask of zeros": [frame(protocol.PING, mask=b"\0\0\0\0")],
    "a length of 16 bits for one byte": [frame(protocol.PING, length=b"\x7e\0\1")],
    "a length of 64 bits for one byte": [frame(protocol.PING, length=b"\x7f" + b"\0" * 7 + b"\1")],
    "an unsolicited pong": [frame(b"what", PONG), ASKS],
    "a pong that is full": [frame(b"x" * 125, PONG), ASKS],
}


@pytest.mark.parametrize("pieces", FINE.values(), ids=FINE)
def test_is_taken(tcp: TcpOf, pieces: list[bytes]) -> None:
    client = tcp()
    client.send(*pieces)

    assert client.next() == ANSWER
    goes_on(client)


def test_a_ping_between_fragments_is_answered_at_once(tcp: TcpOf) -> None:
    client = tcp()
    client.send(frame(final=False), frame(b"hello", PING))
    assert client.next() == Frame(PONG, b"hello")

    client.send(frame(protocol.PING, 0, final=False), frame(b"", 0))

    assert client.next() == ANSWER


@pytest.mark.parametrize("payload", [b"", b"a", b"x" * 125], ids=len)
def test_a_ping_is_answered_with_its_payload(tcp: TcpOf, payload: bytes) -> None:
    client = tcp()
    client.send(frame(payload, PING))

    assert client.next() == Frame(PONG, payload)
    goes_on(client)


def test_pings_and_messages_of_one_read_are_all_answered(tcp: TcpOf) -> None:
    client = tcp()
    client.send(ASKS + frame(b"1", PING) + ASKS + frame(b"2", PING))

    answers = [client.next() for _ in range(4)]
    assert answers.count(ANSWER) == 2
    assert [answer for answer in answers if answer != ANSWER] == [Frame(PONG, b"1"), Frame(PONG, b"2")]


def test_a_long_message_in_many_segments(tcp: TcpOf) -> None:
    message = frame(string("section:none") + protocol.update(b"\0" * 700_000))
    client = tcp()
    client.send(*(message[at : at + 10_000] for at in range(0, len(message), 10_000)))

    goes_on(client)


WRONG = {
    "a ping of 126 bytes": (frame(b"x" * 126, PING), 1002),
    "a ping in fragments": (frame(b"x", PING, final=False), 1002),
    "a close in fragments": (frame(b"\x03\xe8", CLOSE, final=False), 1002),
    "reserved bit 1 on a message": (frame(IDLE, rsv=4), 1002),
    "reserved bit 2 on a message": (frame(IDLE, rsv=2), 1002),
    "reserved bit 3 on a message": (frame(IDLE, rsv=1), 1002),
    "a reserved bit on a ping": (frame(b"x", PING, rsv=4), 1002),
    "opcode 3": (frame(IDLE, 3), 1002),
    "opcode 7": (frame(IDLE, 7), 1002),
    "opcode 11": (frame(b"x", 11), 1002),
    "opcode 15": (frame(b"x", 15), 1002),
    "the beginning of opcode 3": (frame(IDLE, 3)[:2], 1002),
    "no mask": (frame(IDLE, mask=None), 1002),
    "no mask on a ping": (frame(b"x", PING, mask=None), 1002),
    "a continuation of nothing": (frame(IDLE, 0), 1002),
    "a message inside another": (frame(IDLE, final=False) + frame(IDLE), 1002),
    "a close inside a message": (frame(IDLE, final=False) + close(1000), 1002),
    "a length of 2^62": (b"\x82\xff" + (2**62).to_bytes(8, "big"), 1009),
    "a length with its top bit": (b"\x82\xff" + b"\xff" * 8, 1009),
    "text": (frame(b"hello", TEXT), 1003),
    "text in fragments": (frame(b"hel", TEXT, final=False) + frame(b"lo", 0), 1003),
    "a close with half a code": (frame(b"\x03", CLOSE), 1002),
    "a close with code 999": (close(999), 1002),
    "a close with code 1005": (close(1005), 1002),
    "a close with code 1006": (close(1006), 1002),
    "a close with code 1015": (close(1015), 1002),
    "a close with code 5000": (close(5000), 1002),
    "a close whose reason is no UTF-8": (close(1000, b"\xff\xfe"), 1007),
    "a message that is none": (frame(b"\xff\xff\xff"), 1007),
    "an empty message": (frame(b""), 1007),
}


@pytest.mark.parametrize(("data", "code"), WRONG.values(), ids=WRONG)
def test_is_refused(tcp: TcpOf, data: bytes, code: int) -> None:
    client, bystander = tcp(), tcp()
    client.send(data)

    ends(client, code)
    goes_on(bystander)


def test_text_that_is_no_utf_8_is_refused(tcp: TcpOf, carried_by: str) -> None:
    client = tcp()
    client.send(frame(b"\xff\xfe", TEXT))

    ends(client, 1007 if carried_by == "plain" else 1003)


def test_a_message_just_too_long_is_refused_with_a_reason(tcp: TcpOf, limit: int) -> None:
    client = tcp()
    client.send_if_open(frame(b"\0" * (limit + 1)))

    assert client.next() == Frame(CLOSE, struct.pack("!H", 1009) + b"too-big")


def test_a_message_of_the_greatest_length_is_taken(tcp: TcpOf, limit: int) -> None:
    head = string("section:none")
    message = head + protocol.update(b"\0" * (limit - len(head) - 6))
    client = tcp()
    assert len(message) == limit

    client.send(frame(message))

    goes_on(client)


def test_fragments_that_are_too_long_together_are_refused(tcp: TcpOf, limit: int) -> None:
    client = tcp()
    part = b"\0" * (limit // 2)
    client.send_if_open(frame(part, final=False), *[frame(part, 0, final=False)] * 4)

    ends(client, 1009)


def test_nothing_is_waited_for_of_a_message_that_is_far_too_long(tcp: TcpOf, limit: int) -> None:
    client = tcp()
    client.send(b"\x82\xff" + (3 * limit).to_bytes(8, "big"))

    ends(client, 1009)


@pytest.mark.parametrize("said", [close(1000), close(1001, b"going away"), close(4321), frame(b"", CLOSE)])
def test_a_close_is_answered_with_the_same(tcp: TcpOf, said: bytes) -> None:
    client = tcp()
    client.send(said)

    assert client.rest() == [Frame(CLOSE, masked(said[6:], MASK))]


def test_nothing_after_a_close_is_heard(tcp: TcpOf) -> None:
    client = tcp()
    client.send(close(1000) + ASKS + frame(b"x", PING))

    assert client.rest() == [Frame(CLOSE, b"\x03\xe8")]


def test_good_messages_before_a_bad_one_in_the_same_read_are_taken(tcp: TcpOf, carried_by: str) -> None:
    client = tcp()
    client.send(ASKS + frame(IDLE, 3))

    # Without the short way the library forgets what precedes an error in the same read.
    taken = [answer for answer in client.rest() if answer.opcode == BINARY]
    assert taken == ([ANSWER] if carried_by == "fast" else [])


def test_who_only_stops_writing_is_let_go(tcp: TcpOf, bare_server: ThreadServer) -> None:
    client, bystander = tcp(), tcp()
    goes_on(client)
    client.end_writing()

    assert client.rest() == []
    goes_on(bystander)


def test_a_connection_that_breaks_disturbs_nobody(tcp: TcpOf, bare_server: ThreadServer) -> None:
    client, bystander = tcp(), tcp()
    goes_on(bystander)
    before = bare_server.sockets
    client.send(frame(IDLE)[:20])
    client.reset()

    until(lambda: bare_server.sockets == before - 1)
    goes_on(bystander)


def test_many_connections_of_nonsense_disturb_nobody(
    tcp: TcpOf, bare_server: ThreadServer, caplog: pytest.LogCaptureFixture
) -> None:
    chance, bystander = random.Random(20), tcp()  # noqa: S311 (the same each time)
    goes_on(bystander)
    for _ in range(FUZZED):
        with TcpClient(bare_server.url(uuid4())) as client:
            client.send_if_open(chance.randbytes(chance.choice((1, 5, 40, 300))))

    goes_on(bystander)
    until(lambda: bare_server.sockets == 1)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_compression_is_not_agreed_to(tcp: TcpOf) -> None:
    client = tcp(headers="Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n")

    assert "101" in client.answer
    assert "permessage-deflate" not in client.answer
    goes_on(client)
