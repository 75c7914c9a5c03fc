"""The wire format of Hocuspocus 4: pure bytes. Every message but a ping is `document name | type | body`."""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from uuid import UUID

from documents.coedit.wire import ProtocolError, Reader, buffer, string, uint

MAX_NAME_LENGTH = 300
_PREFIX = "section:"


class Kind(IntEnum):
    """What a message is; the values above 99 are ours, for parts of a type."""

    AWARENESS = 1
    AUTH = 2
    QUERY_AWARENESS = 3
    STATELESS = 5
    CLOSE = 7
    SYNC_STATUS = 8
    PING = 9
    PONG = 10
    SYNC_STEP1 = 100
    SYNC_STEP2 = 101
    UPDATE = 102


_SYNC = 0
_UPDATE = b"\0\2"
_AUTH_TOKEN, _AUTH_DENIED, _AUTH_DONE = 0, 1, 2
_WITH_BUFFER = {Kind.AWARENESS}
_BARE = {Kind.QUERY_AWARENESS, Kind.CLOSE}


@dataclass(slots=True)
class Message:
    """One message from a client. `key` is the document's name as the client wrote it, its session included."""

    key: str
    kind: Kind
    body: bytes = b""


def parse(frame: bytes) -> Message:
    """Read a client's message. Raises ProtocolError, also for types that only servers send."""
    return _parse_update(frame) or _parse_any(frame)


def _parse_update(frame: bytes) -> Message | None:
    """What clients say most, an update of less than 16 KB: read without a reader. None for anything else."""
    size = len(frame)
    behind_name = frame[0] + 1 if size else 0
    start = behind_name + 3
    if size <= start or behind_name > 128 or frame[behind_name : behind_name + 2] != _UPDATE:
        return None
    length = frame[start - 1]
    if length > 127:
        if frame[start] > 127:
            return None
        length += (frame[start] << 7) - 128
        start += 1
    if start + length != size:
        return None
    return Message(_name(frame[1:behind_name]), Kind.UPDATE, frame[start:])


def _parse_any(frame: bytes) -> Message:
    if len(frame) == 1 and frame[0] in (Kind.PING, Kind.PONG):
        return Message("", Kind(frame[0]))
    reader = Reader(frame)
    key = _name(reader.buffer())
    kind = reader.uint()
    message = Message(key, *(_sync(reader) if kind == _SYNC else _other(reader, kind)))
    reader.end()
    return message


@lru_cache(maxsize=4096)
def _name(data: bytes) -> str:
    try:
        name = data.decode()
    except UnicodeDecodeError as error:
        raise ProtocolError("text is not UTF-8") from error
    if not name.strip() or len(name) > MAX_NAME_LENGTH:
        raise ProtocolError("a message without a usable document name")
    return name


def _sync(reader: Reader) -> tuple[Kind, bytes]:
    step = reader.uint()
    if step > 2:
        raise ProtocolError("an unknown step of the exchange")
    return Kind(Kind.SYNC_STEP1 + step), reader.buffer()


def _other(reader: Reader, kind: int) -> tuple[Kind, bytes]:
    if kind == Kind.AUTH:
        return Kind.AUTH, _token(reader)
    if kind in _WITH_BUFFER:
        return Kind(kind), reader.buffer()
    if kind == Kind.STATELESS:
        return Kind.STATELESS, reader.string().encode()
    if kind in _BARE:
        return Kind(kind), b""
    raise ProtocolError("an unknown type of message")


def _token(reader: Reader) -> bytes:
    if reader.uint() != _AUTH_TOKEN:
        raise ProtocolError("only a token is understood here")
    token = reader.buffer()
    if reader.at < len(reader.data):
        reader.string()  # version of the client, since Hocuspocus 4
    return token


def section_of(key: str) -> UUID | None:
    """The section that a document name means (`section:<uuid>`, optionally `\\0` and a session), or None."""
    name = key.split("\0", 1)[0]
    try:
        section_id = UUID(name.removeprefix(_PREFIX))
    except ValueError:
        return None
    return section_id if name == f"{_PREFIX}{section_id}" else None


# What the server says: bodies, to be put behind a member's `prefix`.


def prefix(key: str) -> bytes:
    return string(key)


def authenticated(*, writes: bool) -> bytes:
    return uint(Kind.AUTH) + uint(_AUTH_DONE) + string("read-write" if writes else "readonly")


def denied(reason: str) -> bytes:
    return uint(Kind.AUTH) + uint(_AUTH_DENIED) + string(reason)


def sync_step1(state: bytes) -> bytes:
    return b"\x00\x00" + buffer(state)


def sync_step2(update: bytes) -> bytes:
    return b"\x00\x01" + buffer(update)


def update(data: bytes) -> bytes:
    return b"\x00\x02" + buffer(data)


def awareness(states: bytes) -> bytes:
    return b"\x01" + buffer(states)


def sync_status(*, saved: bool) -> bytes:
    return b"\x08\x01" if saved else b"\x08\x00"


def stateless(text: str) -> bytes:
    return uint(Kind.STATELESS) + string(text)


def closed(reason: str) -> bytes:
    return uint(Kind.CLOSE) + string(reason)


PING = bytes([Kind.PING])
PONG = bytes([Kind.PONG])
