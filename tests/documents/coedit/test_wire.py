"""The bytes on the wire: golden ones, recorded from the real provider and the real Hocuspocus server."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.coedit import protocol
from documents.coedit.protocol import Kind, Message, parse
from documents.coedit.wire import MAX_UINT, ProtocolError, Reader, buffer, string, uint

pytestmark = pytest.mark.no_database

HEARD = {
    "026162 02 00 03746f6b 05342e382e30": Message("ab", Kind.AUTH, b"tok"),
    "026162 02 00 03746f6b": Message("ab", Kind.AUTH, b"tok"),
    "026162 00 00 01 00": Message("ab", Kind.SYNC_STEP1, b"\x00"),
    "026162 00 01 02 0000": Message("ab", Kind.SYNC_STEP2, b"\x00\x00"),
    "026162 00 02 0b 0101050004010174017800": Message("ab", Kind.UPDATE, bytes.fromhex("0101050004010174017800")),
    "026162 01 06 01 05 00 02 7b7d": Message("ab", Kind.AWARENESS, bytes.fromhex("0105 00 02 7b7d")),
    "026162 03": Message("ab", Kind.QUERY_AWARENESS),
    "026162 05 02 6869": Message("ab", Kind.STATELESS, b"hi"),
    "026162 07": Message("ab", Kind.CLOSE),
    "09": Message("", Kind.PING),
    "0a": Message("", Kind.PONG),
    "06 c3a9 e28093 78 03": Message("é–x", Kind.QUERY_AWARENESS),
    "04 61 00 7a 7a 03": Message("a\0zz", Kind.QUERY_AWARENESS),
}

SAID = {
    "026162 02 02 0a726561642d7772697465": protocol.authenticated(writes=True),
    "026162 02 02 08726561646f6e6c79": protocol.authenticated(writes=False),
    "026162 02 01 117065726d697373696f6e2d64656e696564": protocol.denied("permission-denied"),
    "026162 00 00 01 00": protocol.sync_step1(b"\x00"),
    "026162 00 01 02 0000": protocol.sync_step2(b"\x00\x00"),
    "026162 00 02 0b 0101050004010174017800": protocol.update(bytes.fromhex("0101050004010174017800")),
    "026162 08 01": protocol.sync_status(saved=True),
    "026162 08 00": protocol.sync_status(saved=False),
    "026162 01 06 01 05 00 02 7b7d": protocol.awareness(bytes.fromhex("0105 00 02 7b7d")),
    "026162 07 1270726f76696465725f696e69746961746564": protocol.closed("provider_initiated"),
}

NOT_UNDERSTOOD = {
    "nothing at all": "",
    "a single byte that is no ping": "08",
    "a name that ends too early": "05 6162",
    "no name": "00 03",
    "a blank name": "02 2020 03",
    "a name that is not UTF-8": "02 fffe 03",
    "a name and nothing more": "026162",
    "an unknown type": "026162 0b",
    "a server's answer to a server": "026162 04 01 02 0000",
    "a broadcast, which only servers send": "026162 06 02 6869",
    "an acknowledgement, which only servers send": "026162 08 01",
    "a ping with a name": "026162 09",
    "an unknown step of the exchange": "026162 00 03 00",
    "an update that ends too early": "026162 00 02 0b 0101",
    "an update of 2^62 bytes": "026162 00 02 ffffffffffffffff3f 00",
    "a number without an end": "026162 00 02 8080808080808080808080",
    "bytes behind the end": "026162 03 00",
    "the server's side of signing on": "026162 02 02 00",
    "a token that ends too early": "026162 02 00 09 746f6b",
}


@pytest.mark.parametrize("frame", HEARD)
def test_a_client_is_understood(frame: str) -> None:
    assert parse(bytes.fromhex(frame)) == HEARD[frame]


@pytest.mark.parametrize("frame", SAID)
def test_the_server_speaks_as_hocuspocus_does(frame: str) -> None:
    assert protocol.prefix("ab") + SAID[frame] == bytes.fromhex(frame)


@pytest.mark.parametrize("what", NOT_UNDERSTOOD)
def test_is_not_understood(what: str) -> None:
    with pytest.raises(ProtocolError):
        parse(bytes.fromhex(NOT_UNDERSTOOD[what]))


def test_a_name_may_not_be_endless() -> None:
    with pytest.raises(ProtocolError):
        parse(string("x" * (protocol.MAX_NAME_LENGTH + 1)) + b"\x03")


@given(st.binary(max_size=200))
@example(b"\xff" * 200)
def test_any_bytes_are_understood_or_refused(frame: bytes) -> None:
    try:
        parse(frame)
    except ProtocolError:
        return


@given(st.integers(0, MAX_UINT), st.binary(max_size=300), st.text(max_size=300))
def test_what_is_written_can_be_read(number: int, data: bytes, words: str) -> None:
    reader = Reader(uint(number) + buffer(data) + string(words))

    assert (reader.uint(), reader.buffer(), reader.string()) == (number, data, words)
    reader.end()


def test_a_document_name_means_a_section() -> None:
    section = "0b9b1c52-6d3c-4a8e-9f60-5a0e5a6f6f10"

    assert str(protocol.section_of(f"section:{section}")) == section
    assert str(protocol.section_of(f"section:{section}\0session")) == section


@pytest.mark.parametrize(
    "name",
    [
        "section:",
        "section:0b9b1c52",
        "0b9b1c52-6d3c-4a8e-9f60-5a0e5a6f6f10",
        "section:0B9B1C52-6D3C-4A8E-9F60-5A0E5A6F6F10",
        "section:{0b9b1c52-6d3c-4a8e-9f60-5a0e5a6f6f10}",
        "section:0b9b1c526d3c4a8e9f605a0e5a6f6f10",
        "report:0b9b1c52-6d3c-4a8e-9f60-5a0e5a6f6f10",
        "section:0b9b1c52-6d3c-4a8e-9f60-5a0e5a6f6f10 ",
    ],
)
def test_other_names_mean_none(name: str) -> None:
    assert protocol.section_of(name) is None
