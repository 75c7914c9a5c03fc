"""PostgreSQL is stopped while people write by two processes, and started again after a while."""

from dataclasses import dataclass
from time import monotonic

from tests.documents.coedit.node import Node, NodeSection
from tests.documents.coedit.processes.faults import EVERY_MS, Outcome, begin, compare
from tests.documents.coedit.processes.fleet import Fleet, Server
from tests.documents.coedit.waiting import until
from tests.support.postgres import Postgres

WRITTEN_BEFORE = 10


@dataclass(frozen=True)
class Outage:
    """What came of it: to what was written, to what was saved by a tab that did not come back; what tabs were told."""

    outcome: Outcome
    acknowledged: int
    missing: list[str]
    told: set[str]


def run(fleet: Fleet, pair: tuple[Server, Server], node: Node, postgres: Postgres, *, seconds: float) -> Outage:
    """Write, be without a database for so long, and write again."""
    writers = begin(fleet, pair, node)
    for writer in writers:
        writer.section.wait("acknowledged", WRITTEN_BEFORE, seconds=60)
    leaver = _leaver(fleet, pair, node)

    postgres.stop()
    back_at = monotonic() + seconds
    gone = leaver.call("rest")
    leaver.end()
    until(lambda: monotonic() >= back_at)
    postgres.start()

    typed = {writer.mark: list(writer.section.call("rest")["typed"]) for writer in writers}
    outcome = compare(fleet, pair, node, writers, typed)
    text = fleet.opens(node, fleet.scene.person("gwen"), pair[0].url(fleet.scene.report), fleet.scene.findings).text
    saved = gone["typed"][: gone["acknowledged"]]
    return Outage(outcome, len(saved), [word for word in saved if text.count(word) != 1], _told(writers[0].section))


def _leaver(fleet: Fleet, pair: tuple[Server, Server], node: Node) -> NodeSection:
    """A tab that is closed while the database is away: nobody brings again what it was told is saved."""
    scene = fleet.scene
    leaver = fleet.opens(node, scene.person("ned", 1), pair[1].url(scene.report), scene.findings)
    leaver.call("type", mark="leaver", everyMs=EVERY_MS)
    leaver.wait("acknowledged", WRITTEN_BEFORE, seconds=60)
    return leaver


def _told(section: NodeSection) -> set[str]:
    """Why a tab's section or socket was closed."""
    events = section.call("events")
    return {str(event["detail"]) for event in events if event["event"] in ("closed", "socket-closed", "refused")}
