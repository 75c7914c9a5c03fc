"""Throw frames at a running service, and see that it goes on and that nobody else notices.

`python tests/soak/fuzz_frames.py [--frames 1000000] [--seed 1] [--seconds 3600]`. Troublemakers come, send batches of
messages (sound ones in senseless order, mutilated ones, and now and then broken frames) and go; a bystander in the same
section writes all the time. Counted are only frames that were certainly taken: a ping behind them was answered.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.scratch import machine, scratch_portal

if TYPE_CHECKING:
    from tests.documents.coedit.raw import RawClient
    from tests.documents.coedit.socket.tcp import TcpClient
    from tests.support.cast import Cast

BATCH = 60
HOSTILE = 0.002
MAX_BATCHES = 30
CHECK_EVERY = 5


class Trouble:
    """Makes messages and frames."""

    def __init__(self, chance: random.Random, names: list[str], tokens: list[str]) -> None:
        from tests.documents.coedit.raw import typing
        from tests.documents.coedit.test_updates import SOUND

        self._chance = chance
        self._names = names
        self._tokens = tokens
        self._updates = [SOUND, *(update for _ in range(8) for update in typing("one ", "two ", "three "))]

    def batch(self) -> bytes:
        """Frames as they go over the wire, cut into one piece."""
        return b"".join(self._frame() for _ in range(BATCH))

    def _frame(self) -> bytes:
        from tests.documents.coedit.socket.tcp import PING, PONG, frame

        if self._chance.random() < HOSTILE:
            return self._hostile()
        message = self._message()
        if self._chance.random() < 0.02:
            at = self._chance.randint(0, len(message))
            control = frame(self._chance.randbytes(9), self._chance.choice((PING, PONG)))
            return frame(message[:at], final=False) + control + frame(message[at:], 0)
        return frame(message, mask=self._chance.randbytes(4))

    def _hostile(self) -> bytes:
        from tests.documents.coedit.socket.tcp import frame

        message = bytearray(self._message())
        makers: list[Callable[[], bytes]] = [
            lambda: self._chance.randbytes(self._chance.randint(1, 40)),
            lambda: frame(self._chance.randbytes(self._chance.randint(0, 40))),
            lambda: frame(bytes(message[: self._chance.randrange(len(message))])),
            lambda: frame(bytes(message), rsv=self._chance.randint(1, 7)),
            lambda: frame(bytes(message), self._chance.randint(0, 15)),
        ]
        message[self._chance.randrange(len(message))] = self._chance.randrange(256)
        makers += [lambda: frame(bytes(message))] * 5
        return self._chance.choice(makers)()

    def _message(self) -> bytes:
        from documents.coedit import protocol
        from documents.coedit.wire import string, uint
        from tests.documents.coedit.raw import awareness

        chance = self._chance
        state = awareness((chance.randint(1, 30), chance.randint(0, 9), chance.choice(('{"a":1}', "null", "[", "7"))))
        body = chance.choices(
            [
                protocol.update(chance.choice(self._updates)),
                protocol.sync_step1(chance.choice((b"\0", b"\1\7\2", b"\2\1\1\2\2"))),
                protocol.sync_step2(chance.choice((b"\0\0", *self._updates))),
                state,
                uint(3),
                b"\x05" + string("stateless"),
                b"\2\0" + string(chance.choice(self._tokens)),
                uint(7),
            ],
            [20, 2, 6, 30, 4, 10, 1, 1],
        )[0]
        name = chance.choices(self._names, [70, *[30 / (len(self._names) - 1)] * (len(self._names) - 1)])[0]
        return chance.choices([string(name) + body, protocol.PING, protocol.PONG], [80, 15, 5])[0]


class Run:
    """One run against one service."""

    def __init__(self, cast: "Cast", url: str, seed: int) -> None:
        from tests.documents.coedit.raw import RawClient, typing

        self._make = RawClient
        self._words = typing(*(f"{number} " for number in range(5_000)))
        self._cast, self._url = cast, url
        self._chance = random.Random(seed)  # noqa: S311 (the same each time)
        self._tokens = [_token(cast, cast.bella), _token(cast, cast.nora)]
        name = f"section:{cast.findings.pk}"
        names = [name, f"{name}\0again", f"section:{cast.restricted_hidden.pk}", "section:none"]
        self._trouble = Trouble(self._chance, names, [*self._tokens, "none", ""])
        self.counts: Counter[str] = Counter()

    def __call__(self, frames: int, seconds: float) -> None:
        from websockets.sync.client import connect

        until = time.monotonic() + seconds
        # It reads only when it is looked after, and then in time; its own pings would not be.
        with connect(self._url, compression=None, max_size=None, ping_interval=None) as connection:
            bystander = self._make(connection)
            bystander.join(self._cast.findings.pk, _token(self._cast, self._cast.ned))
            while self.counts["frames"] < frames and time.monotonic() < until:
                self._disturb()
                if self.counts["connections"] % CHECK_EVERY == 0:
                    self._check(bystander)
            self._check(bystander)

    def _disturb(self) -> None:
        from documents.coedit import protocol
        from documents.coedit.wire import string
        from tests.documents.coedit.socket.tcp import CLOSE, TcpClient, frame

        self.counts["connections"] += 1
        with TcpClient(self._url) as client, suppress(ConnectionError):
            name = string(f"section:{self._cast.findings.pk}")
            client.send(frame(name + b"\2\0" + string(self._chance.choice(self._tokens))))
            client.send(frame(name + protocol.sync_step1(b"\0")))
            while (heard := client.next()) and heard.opcode != CLOSE and not heard.payload.startswith(name + b"\0\1"):
                pass
            for _ in range(self._chance.randint(1, MAX_BATCHES)):
                client.send(self._trouble.batch() + frame(b"mark", 9))
                if not _answers(client):
                    self.counts["ended by the service"] += 1
                    self.counts["frames"] += 1
                    return
                self.counts["frames"] += BATCH

    def _check(self, bystander: "RawClient") -> None:
        """It can write, and what it writes is saved."""
        from documents.coedit import protocol

        bystander.say(self._cast.findings.pk, protocol.update(self._words[self.counts["checks"]]))
        assert bystander.expect("status") == 1
        bystander.heard.clear()
        self.counts["checks"] += 1


def _answers(client: "TcpClient") -> bool:
    """Whether the mark behind a batch comes back before the end."""
    from tests.documents.coedit.socket.tcp import CLOSE, PONG

    while (heard := client.next()) and heard.opcode != CLOSE:
        if (heard.opcode, heard.payload) == (PONG, b"mark"):
            return True
    return False


def _token(cast: "Cast", person: object) -> str:
    from django.test import Client

    from accounts.models import User
    from documents.coedit.tokens import make_token

    assert isinstance(person, User)
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return make_token(user_id=person.pk, session_key=str(browser.session.session_key), report_id=cast.report.pk)


def main() -> None:
    """Print what was sent and what came of it; fail where the service logged an error or disturbed the bystander."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600.0)
    parser.add_argument("--postgres", action="store_true")
    chosen = parser.parse_args()
    with scratch_portal(postgres=chosen.postgres), tempfile.TemporaryDirectory() as folder:
        _run(Path(folder) / "log", chosen)


def _run(log: Path, chosen: argparse.Namespace) -> None:
    from tests.documents.coedit.server import ProcessServer
    from tests.support.cast import build_cast

    cast = build_cast()
    print(machine())
    began = time.monotonic()
    with ProcessServer(log) as server:
        run = Run(cast, server.url(cast.report.pk), chosen.seed)
        run(chosen.frames, chosen.seconds)
        memory = server.memory()
        server.ask_to_end()
        server.wait_for_end()
    written = log.read_text(encoding="utf-8")
    errors = [line for line in written.splitlines() if "[error" in line]
    assert "Traceback" not in written, written[written.index("Traceback") - 1000 :][:6000]
    assert errors == [], errors
    counts = ", ".join(f"{count:,} {what}" for what, count in run.counts.items())
    print(f"seed {chosen.seed}: {counts}; {time.monotonic() - began:.0f} s, service at {memory} MB in the end; no error")


if __name__ == "__main__":
    main()
