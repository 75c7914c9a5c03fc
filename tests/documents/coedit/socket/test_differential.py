"""The short way and the full parser hear the same in the same bytes, however they are cut, and say the same."""

import os
import random
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.coedit.fast_socket import DirectSocket, DirectSocketWithoutWalker
from tests.documents.coedit.socket.fake import connected
from tests.documents.coedit.socket.tcp import BINARY, CLOSE, PING, PONG, TEXT, frame

pytestmark = pytest.mark.no_database
LIMIT = 2000
# The long form: PORTAL_FUZZ_STREAMS=5000.
STREAMS = int(os.environ.get("PORTAL_FUZZ_STREAMS", "300"))
Outcome = tuple[list[bytes], tuple[int, str] | None, bytes, bool]


async def heard(kind: type[DirectSocket], pieces: list[bytes], *, deflate: bool = False) -> Outcome:
    """What a socket hears, how it is ended, what it writes, and whether it is closed."""
    socket, transport, listener = await connected(kind, deflate=deflate, limit=LIMIT)
    for piece in pieces:
        if not transport.is_closing():
            socket.data_received(piece)
    outcome = listener.heard, listener.ended, transport.written, transport.is_closing()
    socket.connection_lost(None)
    return outcome


def bytewise(stream: bytes) -> list[bytes]:
    """The library forgets messages that precede an error in the same read; so it is fed byte by byte."""
    return [stream[at : at + 1] for at in range(len(stream))]


def cut(stream: bytes, places: list[int]) -> list[bytes]:
    places = sorted({place % (len(stream) + 1) for place in places} | {0, len(stream)})
    return [stream[begin:end] for begin, end in pairwise(places)]


class Chance:
    """Makes streams: mostly sound, with now and then something rare or wrong."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (the same each time)

    def stream(self) -> bytes:
        pieces = [self._piece() for _ in range(self._random.randint(1, 12))]
        stream = b"".join(pieces)
        if self._random.random() < 0.15:
            at = self._random.randrange(len(stream))
            stream = stream[:at] + self._random.randbytes(1) + stream[at + 1 :]
        return stream[: self._random.randint(1, len(stream))] if self._random.random() < 0.1 else stream

    def cuts(self, stream: bytes) -> list[bytes]:
        how = self._random.random()
        if how < 0.2:
            return [stream]
        if how < 0.4:
            return bytewise(stream)
        return cut(stream, [self._random.randrange(len(stream) + 1) for _ in range(self._random.randint(1, 10))])

    def _piece(self) -> bytes:
        choose = self._random.choices(
            [self._message, self._fragments, self._control, self._odd, self._wrong], [56, 18, 14, 6, 4]
        )[0]
        return choose()

    def _payload(self) -> bytes:
        size = self._random.choice((0, 1, 5, 45, 124, 125, 126, 127, 300, LIMIT - 1, LIMIT, LIMIT + 1, 2 * LIMIT))
        return self._random.randbytes(size if self._random.random() < 0.3 else size % 150)

    def _mask(self) -> bytes:
        return self._random.choice((b"\0\0\0\0", self._random.randbytes(4)))

    def _message(self) -> bytes:
        return frame(self._payload(), mask=self._mask())

    def _fragments(self) -> bytes:
        parts = [frame(self._payload(), final=False, mask=self._mask())]
        for _ in range(self._random.randint(0, 3)):
            parts.append(frame(self._payload(), 0, final=False, mask=self._mask()))
            if self._random.random() < 0.3:
                parts.append(self._control())
            if self._random.random() < 0.1:
                parts.append(self._message())
        return b"".join(parts) + frame(self._payload(), 0, mask=self._mask())

    def _control(self) -> bytes:
        return frame(self._random.randbytes(self._random.choice((0, 4, 125))), self._random.choice((PING, PONG)))

    def _odd(self) -> bytes:
        """Sound, but rare."""
        return self._random.choice(
            (
                frame(b"words", TEXT),
                frame(b"end of this socket"),
                frame(b"x", length=b"\x7e\0\1"),
                frame(b"x", length=b"\x7f" + b"\0" * 7 + b"\1"),
                frame(b"\x03\xe8bye", CLOSE),
                frame(b"", CLOSE),
            )
        )

    def _wrong(self) -> bytes:
        return self._random.choice(
            (
                frame(b"x" * 126, PING),
                frame(b"x", PING, final=False),
                frame(b"x", rsv=self._random.randint(1, 7)),
                frame(b"x", self._random.choice((3, 4, 5, 6, 7, 11, 12, 13, 14, 15))),
                frame(b"x", mask=None),
                frame(b"x", 0),
                frame(b"x", final=False) + frame(b"y"),
                frame(b"\x03\xe7", CLOSE),
                frame(b"\x03", CLOSE),
                b"\x82\xff" + self._random.randbytes(8),
            )
        )


async def test_random_streams_of_frames_are_heard_alike() -> None:
    messages = ends = 0
    for seed in range(STREAMS):
        chance = Chance(seed)
        stream = chance.stream()
        short = await heard(DirectSocket, chance.cuts(stream))
        full = await heard(DirectSocketWithoutWalker, bytewise(stream))

        assert short == full, f"seed {seed}"
        messages += len(short[0])
        ends += short[3]

    print(f"{STREAMS} streams, {messages} messages, {ends} ends")
    # Neither all in order nor all broken: both are looked at.
    assert messages > STREAMS
    assert STREAMS // 20 < ends < STREAMS


@settings(deadline=None, max_examples=80)
@given(stream=st.binary(max_size=60), places=st.lists(st.integers(0, 60), max_size=5))
async def test_any_bytes_are_heard_alike(stream: bytes, places: list[int]) -> None:
    assert await heard(DirectSocket, cut(stream, places)) == await heard(DirectSocketWithoutWalker, bytewise(stream))


@settings(deadline=None, max_examples=150)
@given(
    pieces=st.lists(
        st.builds(
            lambda payload, opcode, final, rsv: frame(payload, opcode, final=final, rsv=rsv),
            st.binary(max_size=140),
            st.sampled_from((BINARY, BINARY, BINARY, BINARY, 0, 0, TEXT, CLOSE, PING, PONG, 3)),
            st.booleans(),
            st.sampled_from((0, 0, 0, 0, 0, 0, 0, 4, 1)),
        ),
        max_size=6,
    ),
    places=st.lists(st.integers(0, 900), max_size=3),
)
async def test_any_frames_are_heard_alike(pieces: list[bytes], places: list[int]) -> None:
    stream = b"".join(pieces)
    assert await heard(DirectSocket, cut(stream, places)) == await heard(DirectSocketWithoutWalker, bytewise(stream))


@pytest.mark.parametrize("seed", range(5))
async def test_compressed_and_plain_messages_of_one_client_are_heard_alike(seed: int) -> None:
    """Where a server is set up for compression: what is compressed is the library's."""
    chance = random.Random(seed)  # noqa: S311 (the same each time)
    deflate, stream, told = zlib.compressobj(wbits=-12), b"", []
    for _ in range(20):
        told.append(b"the same words again " * chance.randint(1, 5))
        if chance.random() < 0.5:
            squeezed = deflate.compress(told[-1]) + deflate.flush(zlib.Z_SYNC_FLUSH)
            stream += frame(squeezed.removesuffix(b"\0\0\xff\xff"), rsv=4)
        else:
            stream += frame(told[-1])
    pieces = cut(stream, [chance.randrange(len(stream)) for _ in range(10)])

    assert (await heard(DirectSocket, pieces, deflate=True))[0] == told
    assert (await heard(DirectSocketWithoutWalker, pieces, deflate=True))[0] == told
