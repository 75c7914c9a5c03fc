"""Somebody comments by a process that serves pages; the news reaches the sockets of another, and only whom it may."""

import json

import pytest

from tests.documents.coedit.processes.fleet import Fleet, Server
from tests.documents.coedit.raw import RawClient


@pytest.fixture
def apart(fleet: Fleet) -> tuple[Server, Server]:
    web, coedit = fleet.start("web", "coedit")
    return web, coedit


def comment(fleet: Fleet, web: Server, name: str, *, only_for_us: bool) -> None:
    body = {"text": "Is that so?", "only_for_us": only_for_us}
    with fleet.scene.person(name).browser(web.address) as browser:
        answer = browser.post(f"/sections/{fleet.scene.findings}/threads/", json=body)
    assert answer.status_code == 201


def test_news_crosses_processes_and_private_news_comes_to_ones_own_only(fleet: Fleet, apart: tuple[Server, Server]) -> None:
    web, coedit = apart
    scene, url = fleet.scene, coedit.url(fleet.scene.report)

    def about(socket: RawClient) -> str:
        return str(json.loads(socket.expect("stateless"))["section"])

    with (
        fleet.raw(scene.person("bo"), url, scene.findings) as bo,
        fleet.raw(scene.person("gwen"), url, scene.findings) as gwen,
        fleet.listening() as heard,
    ):
        comment(fleet, web, "bella", only_for_us=True)
        assert about(bo) == str(scene.findings)
        assert "Is that so" not in "".join(heard())

        comment(fleet, web, "piet", only_for_us=False)
        assert about(gwen) == about(bo) == str(scene.findings)
        # The private one was told before: had it come here too, the public one would be the second.
        comment(fleet, web, "piet", only_for_us=False)
        assert about(bo) == about(gwen) == str(scene.findings)
        assert sum(what == "stateless" for _, what, _ in gwen.heard) == 2


def test_news_that_was_missed_while_the_line_was_broken_is_made_up_for(fleet: Fleet, apart: tuple[Server, Server]) -> None:
    """Whoever has a section open is told to look again; nothing is said of what there may be."""
    _, coedit = apart
    scene = fleet.scene
    with fleet.raw(scene.person("gwen"), coedit.url(scene.report), scene.findings) as gwen:
        assert fleet.cut(lines=True) == 1

        assert json.loads(gwen.expect("stateless")) == {"type": "threads", "section": str(scene.findings)}
