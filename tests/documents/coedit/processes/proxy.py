"""The proxy of the deployment guide, with its own configuration: only names of places are changed."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.documents.coedit.processes.fleet import ROOT, Server
from tests.documents.coedit.waiting import until
from tests.support.portal import free_port

SITE = ROOT / "docs" / "deploy" / "nginx.conf"
_MAIN = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/portal.conf;
}}
"""


@contextmanager
def running_proxy(folder: Path, web: list[Server], coedit: list[Server]) -> Iterator[str]:
    """Start nginx before these processes, and give its address."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "nginx is missing: install the Debian package nginx."
    port = free_port()
    (folder / "portal.conf").write_text(_site(port, web, coedit), encoding="utf-8")
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder), encoding="utf-8")
    nginx = subprocess.Popen([program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")])
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _answers(address, nginx, folder))
        yield address
    finally:
        nginx.terminate()
        nginx.wait(timeout=30)


def _site(port: int, web: list[Server], coedit: list[Server]) -> str:
    site = SITE.read_text(encoding="utf-8")
    places = {"listen 80;": f"listen 127.0.0.1:{port};", "server_name portal.example;": "server_name 127.0.0.1;"}
    for number, server in enumerate(web, start=8001):
        places[f"127.0.0.1:{number} "] = f"127.0.0.1:{server.port} "
    for number, server in enumerate(coedit, start=8101):
        places[f"127.0.0.1:{number} "] = f"127.0.0.1:{server.port} "
    for written, meant in places.items():
        assert site.count(written) == 1, f"{SITE.name} does not say {written!r} once"
        site = site.replace(written, meant)
    return site


def _answers(address: str, nginx: "subprocess.Popen[bytes]", folder: Path) -> bool:
    assert nginx.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
    try:
        return httpx.get(f"{address}/health/", timeout=10).status_code == 200
    except httpx.TransportError:
        return False
