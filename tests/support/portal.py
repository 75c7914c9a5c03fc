"""The portal as its users meet it: a process of its own with the demonstration case, on a free port of loopback."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
END_SECONDS = 30


@dataclass(slots=True)
class Portal:
    """A running portal. `kill` ends it as a power cut would; `start` starts it again on the same data."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    demo: dict[str, Any] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *command: str) -> str:
        """Run a management command on this portal's data; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self._env(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.port = self.port or free_port()
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self._env(), stdout=log, stderr=log)
        try:
            self._wait()
        except RuntimeError:
            self.kill()
            raise

    def kill(self) -> None:
        """End it at once, without a chance to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self._end(signal.SIGTERM)

    def log(self) -> str:
        """What the server wrote."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def sign_in_of(self, email_start: str) -> dict[str, Any]:
        """The sign-in of the person whose address starts so."""
        return next(item for item in self.demo["sign_ins"] if item["email"].startswith(email_start))

    def _end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def _env(self) -> dict[str, str]:
        return (
            os.environ
            | {
                "PORTAL_MODE": "demo",
                "PORTAL_VAR": str(self.folder),
                "DATABASE_URL": f"sqlite:///{self.folder / 'portal.sqlite3'}",
                "PORTAL_URL": self.address,
            }
            | self.environment
        )

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process and self.process.poll() is not None:
                raise RuntimeError(f"The portal ended at once:\n{self.log()}")
            try:
                if httpx.get(f"{self.address}/health/", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                pass  # it does not listen yet
            time.sleep(0.05)
        raise RuntimeError(f"The portal did not answer within {START_SECONDS} s:\n{self.log()}")


def make_portal(folder: Path, **environment: str) -> Portal:
    """A portal with the demonstration loaded, not started yet."""
    folder.mkdir(parents=True, exist_ok=True)
    portal = Portal(folder, environment, free_port())
    portal.manage("migrate", "--verbosity", "0")
    portal.manage("createcachetable")
    portal.demo = json.loads(portal.manage("demo", "--json"))
    return portal


def copy_portal(template: Portal, folder: Path) -> Portal:
    """A portal of its own on a copy of another's data (which must not be running)."""
    shutil.copytree(template.folder, folder)
    return Portal(folder, dict(template.environment), free_port(), demo=template.demo)


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
