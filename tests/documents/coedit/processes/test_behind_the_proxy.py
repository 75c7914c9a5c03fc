"""Two processes for the pages and two for live editing behind the deployment guide's nginx."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.documents.coedit.node import Node
from tests.documents.coedit.processes.fleet import Fleet, Server
from tests.documents.coedit.processes.proxy import running_proxy


@dataclass(frozen=True)
class Site:
    """The whole of it."""

    fleet: Fleet
    address: str
    web: list[Server]
    coedit: list[Server]

    @property
    def url(self) -> str:
        return f"{self.address.replace('http', 'ws')}/coedit/{self.fleet.scene.report}"

    @property
    def busy(self) -> list[Server]:
        """The processes of live editing that have a socket now."""
        return [server for server in self.coedit if server.connections()]


@pytest.fixture
def site(fleet: Fleet, tmp_path: Path) -> Iterator[Site]:
    servers = fleet.start("web", "web", "coedit", "coedit")
    with running_proxy(tmp_path, servers[:2], servers[2:]) as address:
        yield Site(fleet, address, servers[:2], servers[2:])


def test_pages_and_live_editing_work_by_one_address(site: Site, node: Node) -> None:
    """Also when the process that everybody's sockets are in dies: they come back by the other, and nothing is lost."""
    scene = site.fleet.scene
    ned = site.fleet.opens(node, scene.person("ned"), site.url, scene.findings)
    bella = site.fleet.opens(node, scene.person("bella"), site.url, scene.findings)
    with scene.person("ned").browser(site.address) as browser:
        assert browser.get(f"/reports/{scene.report}/read/").status_code == 200
        assert browser.get("/static/portal.css").status_code in (200, 404)
        assert browser.post("/my-work/", content=b"x" * 13 * 1024 * 1024).status_code == 413
    ned.saves("before ")
    bella.wait("includes", "before ", seconds=30)

    # One report, one process.
    (serving,) = site.busy
    serving.kill()
    for section in (ned, bella):
        section.wait("event", "socket-closed", seconds=30)
    ned.insert("during ")

    ned.wait("saved", seconds=60)
    bella.wait("text", "before during ", seconds=60)
    assert site.busy == [server for server in site.coedit if server is not serving]


def test_a_page_that_takes_access_away_ends_the_socket(site: Site) -> None:
    """The page is answered by one process, the socket is in another."""
    scene = site.fleet.scene
    person = scene.person("bella", session=1)
    with site.fleet.raw(person, site.url, scene.findings) as socket, person.browser(site.address) as browser:
        assert browser.post("/accounts/logout/").status_code == 302

        assert socket.expect_end() == (4401, "signed-out")


def test_one_process_for_pages_may_die(site: Site) -> None:
    site.web[0].kill()

    answers = [httpx.get(f"{site.address}/health/", timeout=30).status_code for _ in range(4)]

    assert answers == [200] * 4
