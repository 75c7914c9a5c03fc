"""`manage.py serve`: everything in one process, or pages and live editing apart."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.documents.coedit.server import ROOT, database_url
from tests.documents.coedit.socket.tcp import TcpClient, frame
from tests.documents.coedit.waiting import until
from tests.support.portal import free_port

PING, PONG = b"\x09", b"\x0a"


@contextmanager
def serving(log: Path, *options: str, **environment: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The portal in a process; its address, and the process."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port), *options]
    settings = os.environ | {"DATABASE_URL": database_url()} | environment
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=file, stderr=file)
    try:
        unix = options[options.index("--unix") + 1] if "--unix" in options else ""
        until(lambda: process.poll() is not None or listens(unix or ("127.0.0.1", port)))
        assert process.poll() is None, log.read_text(encoding="utf-8")
        yield f"127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait(timeout=20)


def listens(where: str | tuple[str, int]) -> bool:
    with socket.socket(socket.AF_UNIX if isinstance(where, str) else socket.AF_INET) as probe:
        return probe.connect_ex(where) == 0


def socket_of(address: str) -> TcpClient:
    return TcpClient(f"ws://{address}/coedit/{uuid4()}")


def page(address: str, path: str) -> httpx.Response:
    return httpx.get(f"http://{address}{path}", timeout=30)


@pytest.mark.usefixtures("transactional_db")
def test_serves_both_by_default_and_ends_when_asked_to(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(log) as (address, process):
        assert page(address, "/health/").text == "ok"
        with socket_of(address) as client:
            client.send(frame(PING))
            answer = client.next()
            assert answer
            assert answer.payload == PONG

            process.send_signal(signal.SIGTERM)
            last = client.next()
            assert last
            assert last.code == 1012
        assert process.wait(timeout=30) == -signal.SIGTERM

    assert f"serving pages and live editing on {address} (fast sockets)" in log.read_text(encoding="utf-8")


@pytest.mark.usefixtures("transactional_db")
def test_serves_pages_only(tmp_path: Path) -> None:
    with serving(tmp_path / "log", "--only", "web") as (address, _):
        assert page(address, "/health/").text == "ok"
        assert page(address, "/").status_code == 200
        with socket_of(address) as client:
            assert client.answer.startswith("HTTP/1.1 403")


@pytest.mark.usefixtures("transactional_db")
def test_serves_live_editing_only(tmp_path: Path) -> None:
    with serving(tmp_path / "log", "--only", "coedit") as (address, _):
        assert page(address, "/health/").text == "ok"
        refused = page(address, "/")
        assert (refused.status_code, refused.text) == (404, "This process serves live editing only.\n")
        with socket_of(address) as client:
            client.send(frame(PING))
            assert client.next()


@pytest.mark.usefixtures("transactional_db")
def test_listens_on_a_unix_socket(tmp_path: Path) -> None:
    path = str(tmp_path / "portal.sock")
    with serving(tmp_path / "log", "--unix", path), httpx.Client(transport=httpx.HTTPTransport(uds=path)) as client:
        assert client.get("http://127.0.0.1/health/").text == "ok"


def test_says_which_kinds_of_sockets_there_are(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=os.environ | {"COEDIT_SOCKET": "slow"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode
    assert "COEDIT_SOCKET is one of fast, direct, plain, not 'slow'." in done.stderr
