"""The servers that are measured: processes of their own on free ports of loopback, ended by their own ids."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.bench.coedit.ground import Ground, database_processes
from tests.documents.coedit.server import database_url
from tests.support.portal import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
START_SECONDS = 60
REDIS = shutil.which("redis-server") or ""

Place = dict[str, Any]


class Server(ABC):
    """`with server:` runs it on nothing written; `restart` keeps what was stored."""

    name: str
    # What it takes part in.
    groups = frozenset({"flat", "human", "texts", "memory"})
    dialect = "hocuspocus"
    acknowledges = True
    count = 1

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[Process] = []

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in self._running]

    @abstractmethod
    def command(self, port: int) -> list[str]:
        """How one of its processes is started."""

    def environment(self, port: int) -> dict[str, str]:
        return {}

    @abstractmethod
    def wipe(self) -> None:
        """Forget all that was written."""

    def places(self, rooms: int, people: int) -> list[list[Place]]:
        """For each room, where each of its people connects to: they are shared out among the processes."""
        return [[self.place(room, self._running[seat % self.count].port) for seat in range(people)] for room in range(rooms)]

    def place(self, room: int, port: int) -> Place:
        return {"port": port, "path": f"/room-{room}", "name": f"room-{room}", "token": "anybody"}

    def restart(self) -> None:
        """End it as an administrator does, and start it again."""
        self._stop()
        self._start()

    def __enter__(self) -> "Server":
        self.wipe()
        self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def _start(self) -> None:
        with ExitStack() as undo:
            undo.callback(self._stop)
            for _ in range(self.count):
                port = free_port()
                process = Process(self.command(port), port, self._folder / f"{self.name}.log", self.environment(port))
                self._running.append(process)
            for process in self._running:
                process.wait()
            undo.pop_all()

    def _stop(self) -> None:
        running, self._running = self._running, []
        for process in running:
            process.end()


class Process:
    """One process that listens on a port."""

    def __init__(self, command: list[str], port: int, log: Path, environment: dict[str, str]) -> None:
        self.port = port
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=output, stderr=output)

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=0.5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"it did not start:\n{self._log.read_text(encoding='utf-8')[-3000:]}")

    def end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Ours(Server):
    """Live editing alone, each edit committed before it is acknowledged."""

    name = "ours"

    def __init__(self, folder: Path, ground: Ground) -> None:
        super().__init__(folder)
        self._ground = ground

    @property
    def pids(self) -> list[int]:
        return [*super().pids, *database_processes()]

    def command(self, port: int) -> list[str]:
        return [sys.executable, "manage.py", "serve", "--only", "coedit", "--port", str(port)]

    def environment(self, port: int) -> dict[str, str]:
        return {"DATABASE_URL": database_url()}

    def wipe(self) -> None:
        self._ground.wipe()

    def places(self, rooms: int, people: int) -> list[list[Place]]:
        tokens = iter(self._ground.tokens(rooms * people))
        return [[{**place, "token": next(tokens)} for place in room] for room in super().places(rooms, people)]

    def place(self, room: int, port: int) -> Place:
        name = f"section:{self._ground.sections[room]}"
        return {"port": port, "path": f"/coedit/{self._ground.report_id}", "name": name}


class OursTwice(Ours):
    """Two processes on one PostgreSQL."""

    name = "ours, two processes"
    groups = frozenset({"processes"})
    count = 2


class Hocuspocus(Server):
    """With its SQLite extension and its defaults: it acknowledges from memory, and stores seconds later."""

    name = "Hocuspocus"

    def command(self, port: int) -> list[str]:
        return ["node", str(HERE / "hocuspocus.mjs"), str(port), json.dumps(self.options())]

    def options(self) -> dict[str, Any]:
        return {"database": str(self._folder / "hocuspocus.sqlite")}

    def wipe(self) -> None:
        for file in self._folder.glob("hocuspocus.sqlite*"):
            file.unlink()


class HocuspocusOneByOne(Hocuspocus):
    """Not gathering what one turn of its loop brings, as before version 4."""

    name = "Hocuspocus, flushDelay: false"
    groups = frozenset({"flat", "human"})

    def options(self) -> dict[str, Any]:
        return {**super().options(), "flushDelay": False}


class HocuspocusTwice(Hocuspocus):
    """Two processes with Redis between them, in memory only."""

    name = "Hocuspocus, two processes with Redis"
    groups = frozenset({"processes"})
    count = 2

    @property
    def pids(self) -> list[int]:
        return [*super().pids, self._redis.pid]

    def options(self) -> dict[str, Any]:
        return {"redis": self._redis.port}

    def _start(self) -> None:
        port = free_port()
        self._redis = Process(redis_command(port), port, self._folder / "redis.log", {})
        self._redis.wait()
        super()._start()

    def _stop(self) -> None:
        super()._stop()
        self._redis.end()


def redis_command(port: int) -> list[str]:
    """A Redis that keeps nothing."""
    return [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]


class YWebsocket(Server):
    """In memory only, without acknowledgements."""

    name = "y-websocket"
    groups = frozenset({"flat", "human", "memory"})
    dialect = "y-websocket"
    acknowledges = False

    def command(self, port: int) -> list[str]:
        return ["node", str(HERE / "node_modules/@y/websocket-server/src/server.js")]

    def environment(self, port: int) -> dict[str, str]:
        return {"HOST": "127.0.0.1", "PORT": str(port)}

    def wipe(self) -> None:
        """Nothing is kept."""
