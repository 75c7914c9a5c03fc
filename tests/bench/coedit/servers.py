"""The servers that are measured: each a process of its own on a free port of loopback, ended by its own id."""

import os
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.bench.coedit.ground import Ground, database_processes
from tests.documents.coedit.server import database_url
from tests.support.portal import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
START_SECONDS = 60

Place = dict[str, Any]


class Server(ABC):
    """`with server:` runs it on nothing written; `restart` keeps what was stored."""

    name: str
    dialect = "hocuspocus"
    acknowledges = True
    stores = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def pids(self) -> list[int]:
        assert self._process
        return [self._process.pid]

    @abstractmethod
    def command(self) -> list[str]:
        """How it is started on its port."""

    def environment(self) -> dict[str, str]:
        return {}

    @abstractmethod
    def wipe(self) -> None:
        """Forget all that was written."""

    def places(self, rooms: int, people: int) -> list[list[Place]]:
        """For each room, where each of its people connects to."""
        return [[self.place(room) for _ in range(people)] for room in range(rooms)]

    def place(self, room: int) -> Place:
        return {"port": self.port, "path": f"/room-{room}", "name": f"room-{room}", "token": "anybody"}

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
        self.port = free_port()
        log = self._folder / f"{self.name}.log"
        environment = os.environ | self.environment()
        with log.open("ab") as output:
            self._process = subprocess.Popen(self.command(), cwd=ROOT, env=environment, stdout=output, stderr=output)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=0.5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        self._stop()
        raise RuntimeError(f"{self.name} did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")

    def _stop(self) -> None:
        if not self._process:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


class Ours(Server):
    """Live editing alone, each edit committed before it is acknowledged."""

    name = "ours"

    def __init__(self, folder: Path, ground: Ground) -> None:
        super().__init__(folder)
        self._ground = ground

    @property
    def pids(self) -> list[int]:
        return [*super().pids, *database_processes()]

    def command(self) -> list[str]:
        return [sys.executable, "manage.py", "serve", "--only", "coedit", "--port", str(self.port)]

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": database_url()}

    def wipe(self) -> None:
        self._ground.wipe()

    def places(self, rooms: int, people: int) -> list[list[Place]]:
        tokens = iter(self._ground.tokens(rooms * people))
        return [[{**self.place(room), "token": next(tokens)} for _ in range(people)] for room in range(rooms)]

    def place(self, room: int) -> Place:
        name = f"section:{self._ground.sections[room]}"
        return {"port": self.port, "path": f"/coedit/{self._ground.report_id}", "name": name}


class Hocuspocus(Server):
    """With its SQLite extension and its defaults: it acknowledges from memory, and stores seconds later."""

    name = "Hocuspocus"

    def command(self) -> list[str]:
        return ["node", str(HERE / "hocuspocus.mjs"), str(self.port), str(self._folder / "hocuspocus.sqlite")]

    def wipe(self) -> None:
        for file in self._folder.glob("hocuspocus.sqlite*"):
            file.unlink()


class YWebsocket(Server):
    """In memory only, without acknowledgements."""

    name = "y-websocket"
    dialect = "y-websocket"
    acknowledges = False
    stores = False

    def command(self) -> list[str]:
        return ["node", str(HERE / "node_modules/@y/websocket-server/src/server.js")]

    def environment(self) -> dict[str, str]:
        return {"HOST": "127.0.0.1", "PORT": str(self.port)}

    def wipe(self) -> None:
        """Nothing is kept."""
