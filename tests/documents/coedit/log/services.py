"""Live editing for tests in which it ends and begins again: in a thread of the test, or by two processes on one database."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from tests.documents.coedit.server import ProcessServer, ThreadServer


class Service(ABC):
    """Reached at several places, each of which can end and begin anew."""

    # How many of the sessions that are asked for are worth their time.
    SHARE = 1.0

    @abstractmethod
    def url(self, report_id: UUID, place: int) -> str:
        """Where a socket is opened at this place; another one after each beginning, or the same."""

    @abstractmethod
    def end(self, place: int) -> None: ...

    @abstractmethod
    def begin(self, place: int) -> None: ...

    @abstractmethod
    def stop(self) -> None: ...


class InThisProcess(Service):
    """One place, whatever its number. It ends in order, and so stores what it has taken."""

    def __init__(self, folder: Path) -> None:
        self._server = ThreadServer()
        self._server.__enter__()

    def url(self, report_id: UUID, place: int) -> str:
        return self._server.url(report_id)

    def end(self, place: int) -> None:
        self._server.__exit__(None, None, None)

    def begin(self, place: int) -> None:
        self._server = ThreadServer()
        self._server.__enter__()

    def stop(self) -> None:
        self.end(0)


class TwoProcesses(Service):
    """Two places, each of which is killed without a warning."""

    SHARE = 1 / 3

    def __init__(self, folder: Path) -> None:
        self._servers: Sequence[ProcessServer] = [ProcessServer(folder / name, only="coedit") for name in ("one", "two")]
        for server in self._servers:
            server.start()

    def url(self, report_id: UUID, place: int) -> str:
        return self._at(place).url(report_id)

    def end(self, place: int) -> None:
        self._at(place).kill()

    def begin(self, place: int) -> None:
        self._at(place).start()

    def stop(self) -> None:
        for server in self._servers:
            server.kill()

    def _at(self, place: int) -> ProcessServer:
        return self._servers[place % len(self._servers)]
