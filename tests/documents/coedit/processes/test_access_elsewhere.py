"""Access changes in a process that serves pages; the socket is in one that serves live editing, and hears of it at once."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from statistics import median
from time import monotonic

import pytest

from tests.documents.coedit.processes.fleet import Fleet, Scene, Server, drop_database, new_database
from tests.documents.coedit.processes.ways_by_page import WAYS, Way, signs_out
from tests.documents.coedit.processes.worlds import Pages, World, build_worlds
from tests.documents.coedit.raw import RawClient

# Those who share the two processes run one after the other.
pytestmark = pytest.mark.xdist_group("access elsewhere")
LIMIT_SECONDS = 1.0


@dataclass(frozen=True)
class Stage:
    """Two processes, and a world for each test."""

    fleet: Fleet
    web: Server
    coedit: Server
    worlds: list[World]
    delays: list[float] = field(default_factory=list)

    def pages(self, world: World) -> Pages:
        return Pages(self.web.address, world, self.fleet.scene.person("amira"))

    def opened(self, world: World, name: str, session: int = 0) -> AbstractContextManager[RawClient]:
        """The socket of somebody who has the findings of their report open."""
        return self.fleet.raw(world.person(name, session), self.coedit.url(world.report), world.findings)


@pytest.fixture(scope="module")
def stage(postgres: str, original: tuple[str, Scene], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Once for all: nobody of one world is of another. How soon sockets heard is judged in the end, by the middle one."""
    made_from, scene = original
    database, folder = new_database(postgres, like=made_from), tmp_path_factory.mktemp("stage")
    fleet = Fleet(database, scene, folder)
    try:
        worlds = build_worlds(database, folder, len(WAYS) + 1)
        (web,), (coedit,) = fleet.start("web"), fleet.start("coedit", program="patient")
        stage = Stage(fleet, web, coedit, worlds)
        yield stage
        assert not stage.delays or median(stage.delays) < LIMIT_SECONDS, stage.delays
    finally:
        fleet.stop()
        drop_database(postgres, database)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_whatever_changes_access_reaches_sockets_of_other_processes(stage: Stage, way: Way) -> None:
    world = stage.worlds[WAYS.index(way)]
    pages = stage.pages(world)
    if way.after:
        way.after(pages)
    with stage.opened(world, way.who) as socket:
        way.act(pages)
        began = monotonic()

        what, detail = way.hears
        assert (socket.expect_end() if what == "end" else socket.expect(what)) == detail
        stage.delays.append(monotonic() - began)


def test_another_session_of_the_same_person_goes_on(stage: Stage) -> None:
    world = stage.worlds[-1]
    with stage.opened(world, "writer") as ended, stage.opened(world, "writer", session=1) as other:
        signs_out(stage.pages(world))
        assert ended.expect_end() == (4401, "signed-out")

        assert other.settle(world.findings) == []


def test_no_key_of_a_session_is_told_between_processes(fleet: Fleet) -> None:
    """It opens an account, and the database may write down what it is asked to tell."""
    (web,) = fleet.start("web")
    person = fleet.scene.person("ned")
    with fleet.listening() as heard, person.browser(web.address) as browser:
        browser.post("/accounts/logout/")

        (notice,) = heard()
        assert "rights" in notice
        assert person.session_key not in notice
