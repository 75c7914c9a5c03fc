"""The database is stopped and started while people write: they are told that nothing is saved, and lose nothing."""

from pathlib import Path

from tests.documents.coedit.node import Node
from tests.documents.coedit.processes.faults import Outcome
from tests.documents.coedit.processes.fleet import Fleet, build_scene, new_database
from tests.documents.coedit.processes.outage import run
from tests.support.postgres import stoppable_postgres

# Longer than the service waits for a database that only restarts.
AWAY_SECONDS = 8


def test_nothing_is_lost_and_nobody_is_told_that_they_may_not_write(node: Node, tmp_path: Path) -> None:
    with stoppable_postgres() as postgres:
        database = new_database(postgres.address)
        fleet = Fleet(database, build_scene(database, tmp_path), tmp_path)
        try:
            first, second = fleet.start("coedit", "coedit")
            outage = run(fleet, (first, second), node, postgres, seconds=AWAY_SECONDS)
        finally:
            node.call("endAll", "")
            fleet.stop()

    assert outage.outcome == Outcome(outage.outcome.edits, lost=[], doubled=[], undelivered=[], diverged=[])
    assert outage.acknowledged > 0
    assert outage.missing == []
    assert "1011 not-saved" in outage.told
    assert outage.told <= {"1011 not-saved", "not-saved", ""}
