"""The short way of reading an update reads what the long one reads."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.coedit import protocol
from documents.coedit.protocol import Kind, Message
from documents.coedit.wire import ProtocolError, string, uint

pytestmark = pytest.mark.no_database
NAME = "section:0f0e0d0c-0b0a-4908-8706-050403020100"

near_updates = st.builds(
    lambda name, kind, told, data: string(name) + kind + told + data,
    st.sampled_from((NAME, f"{NAME}\0session", "", " ", "é", "n" * 127, "n" * 128, "n" * 301)),
    st.sampled_from((b"\0\2", b"\0\2", b"\0\1", b"\0", b"\2\0", b"")),
    st.one_of(st.integers(0, 20).map(uint), st.binary(max_size=3)),
    st.binary(max_size=20),
)


def outcome(frame: bytes) -> Message | str:
    try:
        return protocol._parse_any(frame)
    except ProtocolError as error:
        return str(error)


def found(frame: bytes) -> Message | str:
    try:
        return protocol.parse(frame)
    except ProtocolError as error:
        return str(error)


@given(frame=st.one_of(st.binary(max_size=80), near_updates))
@example(frame=b"")
@example(frame=b"\0")
@example(frame=b"\xff\0\2")
@example(frame=b"\1\xff\0\2\0")
def test_reads_any_bytes_alike(frame: bytes) -> None:
    assert found(frame) == outcome(frame)


@pytest.mark.parametrize("size", [0, 1, 126, 127, 128, 129, 300, 16_383, 16_384, 70_000])
def test_reads_updates_of_every_length(size: int) -> None:
    frame = string(NAME) + protocol.update(b"x" * size)

    assert found(frame) == outcome(frame) == Message(NAME, Kind.UPDATE, b"x" * size)
    assert (protocol._parse_update(frame) is not None) == (0 < size < 16_384)
