"""How long until an edit is seen by the others, and until it is saved, with five people in one section at human rate.

`python tests/bench/bench_coedit.py [--postgres] [--seconds 10]`. The service runs as `manage.py serve`, in a process of its
own; "saved" is the time until the acknowledgement, which comes after the commit. A plain frame there and back is measured
beside it, so that the ratio says what the service adds on whatever machine.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.scratch import machine, scratch_portal

if TYPE_CHECKING:
    from uuid import UUID

    from websockets.asyncio.client import ClientConnection

PEOPLE = 5
EDITS_A_SECOND = 8
WARM_UP_SECONDS = 1.0


class Person:
    """One socket that types, and notes when its edits are seen and saved."""

    def __init__(self, socket: "ClientConnection", section_id: "UUID") -> None:
        from documents.coedit import protocol

        self._socket = socket
        self._prefix = protocol.prefix(f"section:{section_id}")
        self._unsaved: list[float] = []
        self._pings: list[float] = []
        self.saved: list[float] = []
        self.seen: list[float] = []
        self.there_and_back: list[float] = []

    async def join(self, token: str) -> None:
        """Sign on, and exchange a text without anything in it."""
        from documents.coedit import protocol
        from documents.coedit.wire import string

        for body in (b"\x02\x00" + string(token), protocol.sync_step1(b"\x00")):
            await self._socket.send(self._prefix + body)
        while (await self._next())[:2] != b"\x00\x01":
            pass

    async def type(self, seconds: float, *, begin_after: float) -> None:
        """Write a letter at human rate; each carries the moment at which it was written."""
        from documents.coedit import protocol
        from tests.documents.coedit.raw import typing

        updates = typing(*("abcdefgh"[n % 8] for n in range(int(seconds * EDITS_A_SECOND))))
        await asyncio.sleep(begin_after)
        for update in updates:
            SENT[update] = now = time.perf_counter()
            self._unsaved.append(now)
            await self._socket.send(self._prefix + protocol.update(update))
            self._pings.append(time.perf_counter())
            await self._socket.send(protocol.PING)
            await asyncio.sleep(1 / EDITS_A_SECOND)

    async def listen(self) -> None:
        """Note what comes, until cancelled."""
        from documents.coedit import protocol
        from documents.coedit.wire import Reader

        while True:
            body, now = await self._next(), time.perf_counter()
            if body[:2] == b"\x00\x02" and (written := SENT.get(Reader(body, 2).buffer())):
                self.seen.append(now - written)
            elif body == protocol.sync_status(saved=True):
                self.saved.append(now - self._unsaved.pop(0))
            elif body == protocol.PONG:
                self.there_and_back.append(now - self._pings.pop(0))

    async def _next(self) -> bytes:
        message = await self._socket.recv()
        assert isinstance(message, bytes)
        return message.removeprefix(self._prefix)


SENT: dict[bytes, float] = {}


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="measure on a PostgreSQL of its own")
    parser.add_argument("--seconds", type=float, default=10.0)
    chosen = parser.parse_args()
    with scratch_portal(postgres=chosen.postgres or os.environ.get("DATABASE_URL", "").startswith("postgres")):
        _measure(chosen.seconds)


def _measure(seconds: float) -> None:
    from django.test import Client

    from documents.coedit.tokens import make_token
    from tests.documents.coedit.server import ProcessServer
    from tests.support.cast import build_cast

    cast = build_cast()
    tokens = []
    for writer in [cast.ned, cast.bella, cast.amira, cast.ned, cast.bella][:PEOPLE]:
        browser = Client()
        browser.force_login(writer, backend="django.contrib.auth.backends.ModelBackend")
        key = str(browser.session.session_key)
        tokens.append(make_token(user_id=writer.pk, session_key=key, report_id=cast.report.pk))
    print(machine())
    with tempfile.TemporaryDirectory() as folder, ProcessServer(Path(folder) / "log") as server:
        people = asyncio.run(_write_together(server.url(cast.report.pk), cast.findings.pk, tokens, seconds))
    _print(people, seconds)


async def _write_together(url: str, section_id: "UUID", tokens: Sequence[str], seconds: float) -> list[Person]:
    from websockets.asyncio.client import connect

    people = [Person(await connect(url, compression=None), section_id) for _ in tokens]
    for person, token in zip(people, tokens, strict=True):
        await person.join(token)
    ears = [asyncio.create_task(person.listen()) for person in people]
    await asyncio.sleep(WARM_UP_SECONDS)
    beat = 1 / EDITS_A_SECOND / len(people)
    await asyncio.gather(*(person.type(seconds, begin_after=number * beat) for number, person in enumerate(people)))
    await asyncio.sleep(WARM_UP_SECONDS)
    for ear in ears:
        ear.cancel()
    return people


def _print(people: Sequence[Person], seconds: float) -> None:
    plain = [time_ for person in people for time_ in person.there_and_back]
    print(f"{len(people)} people, {EDITS_A_SECOND} edits a second each, {seconds:g} s")
    _line("a plain frame there and back", plain, plain)
    _line("an edit until a peer sees it", [time_ for person in people for time_ in person.seen], plain)
    _line("an edit until it is saved", [time_ for person in people for time_ in person.saved], plain)


def _line(what: str, times: Sequence[float], plain: Sequence[float]) -> None:
    cuts, of_plain = statistics.quantiles(times, n=20), statistics.quantiles(plain, n=20)
    middle, high = cuts[9], cuts[18]
    ratio = f"{middle / of_plain[9]:.1f} and {high / of_plain[18]:.1f} times a plain frame"
    print(f"  {what:30} p50 {middle * 1000:6.2f} ms   p95 {high * 1000:6.2f} ms   {ratio}   ({len(times)})")


if __name__ == "__main__":
    main()
