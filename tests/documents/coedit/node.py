"""Clients with the unmodified provider, in a Node process of their own (`tests/support/node/clients.mjs`)."""

import json
import shutil
import signal
import subprocess
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any

SCRIPT = Path(__file__).resolve().parents[2] / "support" / "node" / "clients.mjs"


class Node:
    """The process. Clients are told apart by names."""

    def __init__(self) -> None:
        node = shutil.which("node")
        assert node, "Node is missing: install Node 20 or newer."
        self._process = subprocess.Popen(
            [node, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._ids = count(1)

    def call(self, do: str, client: str, **fields: Any) -> Any:
        """Run one command and return its answer; AssertionError where it failed."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"id": next(self._ids), "do": do, "client": client, **fields}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def connect(self, name: str, *, url: str, token: str) -> "NodeClient":
        """One socket, without sections yet."""
        self.call("connect", name, url=url, token=token)
        return NodeClient(self, name)

    def fall_asleep(self) -> None:
        """Stop it where it is, as a laptop whose lid is closed; its sockets stay as they are."""
        self._process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def __enter__(self) -> "Node":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self.wake()
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()


class NodeClient:
    """One socket of one person."""

    def __init__(self, node: Node, name: str) -> None:
        self._node = node
        self._name = name

    def open(self, section: str, *, wait: bool = True, label: str = "", **options: Any) -> "NodeSection":
        """Open a section, and wait until its text has come. With labels a section can be opened twice."""
        label = label or section
        self._node.call("open", self._name, section=label, name=section, **options)
        opened = NodeSection(self._node, self._name, label)
        if wait:
            opened.wait("saved")
        return opened

    def end(self) -> None:
        self._node.call("end", self._name)


class NodeSection:
    """One section on that socket."""

    def __init__(self, node: Node, client: str, section: str) -> None:
        self._node = node
        self._client = client
        self._section = section

    def call(self, do: str, **fields: Any) -> Any:
        return self._node.call(do, self._client, section=self._section, **fields)

    def end(self) -> None:
        """Close the tab."""
        self._node.call("end", self._client)

    def wait(self, until: str, value: Any = None, *, seconds: float = 10, **fields: Any) -> None:
        """Wait until something holds (see `holds` in the script); AssertionError where it does not in time."""
        held = self.call("wait", until=until, value=value, seconds=seconds, **fields)
        assert held, f"{self._client} did not see {until} {value!r} within {seconds} s: {self.describe()}"

    def insert(self, text: str, at: int | None = None) -> None:
        self.call("insert", text=text, at=at)

    def saves(self, text: str) -> None:
        """Write, and wait until it is acknowledged."""
        self.insert(text)
        self.wait("saved")

    @property
    def text(self) -> str:
        return str(self.call("text"))

    @property
    def unsaved(self) -> int:
        return int(self.call("unsaved"))

    @property
    def states(self) -> list[dict[str, Any]]:
        states: list[dict[str, Any]] = self.call("states")
        return states

    def describe(self) -> str:
        return f"text {self.text[-200:]!r}, unsaved {self.unsaved}, events {self.call('events')[-8:]}"
