"""PostgreSQL for these tests, whatever the rest of the suite runs on; two processes that serve live editing on it."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.conf import settings

from tests.documents.coedit.processes.fleet import Fleet, Scene, Server, build_scene, drop_database, new_database
from tests.support.postgres import running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The server that the suite runs on, or one of our own."""
    is_ours = settings.DATABASE_URL.startswith("sqlite")
    with running_postgres() if is_ours else nullcontext(settings.DATABASE_URL) as address:
        yield address


@pytest.fixture(scope="session")
def original(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Scene]]:
    """A database with the cast, to be copied."""
    database = new_database(postgres)
    yield database, build_scene(database, tmp_path_factory.mktemp("scene"))
    drop_database(postgres, database)


@pytest.fixture
def fleet(postgres: str, original: tuple[str, Scene], tmp_path: Path) -> Iterator[Fleet]:
    """A database of the test's own; no process yet."""
    made_from, scene = original
    database = new_database(postgres, like=made_from)
    fleet = Fleet(database, scene, tmp_path)
    yield fleet
    fleet.stop()
    drop_database(postgres, database)


@pytest.fixture
def pair(fleet: Fleet) -> tuple[Server, Server]:
    """Two processes that serve live editing, each of which knows of the other."""
    first, second = fleet.start("coedit", "coedit")
    return first, second
