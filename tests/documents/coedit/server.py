"""Live editing on a free port of loopback: in a thread of the test's process, or in one that can be killed."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread
from time import monotonic
from types import TracebackType
from uuid import UUID

import uvicorn
import uvloop
from django.conf import settings
from django.db import connection

from documents.coedit.authority import Judge, judge
from documents.coedit.fast_check import socket_class
from documents.coedit.hub import Hub
from documents.coedit.link import Link
from documents.coedit.socket import Application
from portal.management.commands.serve import MAX_FRAMES_READ
from tests.support.portal import free_port

ROOT = Path(__file__).resolve().parents[3]


class ThreadServer:
    """Shares the process with the test, so that it hears of changes of access as the portal's own process does."""

    def __init__(self, judge: Judge = judge) -> None:
        """Its sockets are those that `COEDIT_SOCKET` names now."""
        self.application = Application(judge)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._server = uvicorn.Server(
            uvicorn.Config(
                self.application,
                ws=socket_class(),
                ws_max_size=MAX_FRAMES_READ * settings.COEDIT_MAX_FRAME_BYTES,
                ws_per_message_deflate=False,
                lifespan="off",
                log_config=None,
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = Thread(target=self._run)

    def url(self, report_id: UUID) -> str:
        return f"ws://127.0.0.1:{self._socket.getsockname()[1]}/coedit/{report_id}"

    def drop_sockets(self) -> None:
        """Cut every connection, as a network does."""
        loop = self._hub.loop
        for socket_ in tuple(self._server.server_state.connections):
            loop.call_soon_threadsafe(socket_.transport.abort)

    @property
    def sockets(self) -> int:
        """How many the service knows of now."""
        return len(self._hub._sessions)

    @property
    def links(self) -> list[Link]:
        """What its sockets are told by."""
        return [session.link for session in tuple(self._hub._sessions)]

    @property
    def rooms(self) -> int:
        """How many sections it holds in memory now."""
        return len(self._hub._rooms)

    @property
    def _hub(self) -> Hub:
        assert self.application._hub
        return self.application._hub

    def __enter__(self) -> "ThreadServer":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=20)
        assert not self._thread.is_alive(), "the server did not stop"

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        await self._server.serve(sockets=[self._socket])
        await self.application.close()


class ProcessServer:
    """The portal in a process of its own on the test's database."""

    def __init__(self, log: Path, *, only: str = "") -> None:
        """`only` as of `manage.py serve`: `web` or `coedit`."""
        self._port = free_port()
        self._log = log
        self._kind = ["--only", only] if only else []
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, report_id: UUID) -> str:
        return f"ws://127.0.0.1:{self._port}/coedit/{report_id}"

    def start(self) -> None:
        command = [sys.executable, "manage.py", "serve", *self._kind, "--port", str(self._port)]
        environment = os.environ | {"DATABASE_URL": database_url()}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        self._wait(self._process)

    def kill(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(timeout=10)
            self._process = None

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def memory(self) -> int:
        """What it holds now, in MB (on Linux)."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="utf-8").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000

    def ask_to_end(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGTERM)

    def wait_for_end(self) -> None:
        assert self._process
        self._process.wait(timeout=60)
        self._process = None

    def __enter__(self) -> "ProcessServer":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.kill()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = monotonic() + 60
        while monotonic() < deadline and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=0.05).close()
            except OSError:
                continue
            return
        raise AssertionError(f"the portal did not start:\n{self._log.read_text(encoding='utf-8')}")


def database_url() -> str:
    """The test database, as another process has to name it."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    return f"postgres://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}/{parts['NAME']}"
