"""A short run of random faults; the long form is part of `make soak`."""

import os

import pytest

from tests.documents.coedit.node import Node
from tests.documents.coedit.processes.faults import Outcome, run
from tests.documents.coedit.processes.fleet import Fleet, Server

FAULTS = int(os.environ.get("SOAK_FAULTS", "5"))
RUNS = int(os.environ.get("SOAK_FAULT_RUNS", "1"))


@pytest.mark.parametrize("seed", range(RUNS))
def test_nothing_is_lost_doubled_or_kept_from_anybody(
    fleet: Fleet, pair: tuple[Server, Server], node: Node, seed: int
) -> None:
    outcome = run(fleet, pair, node, faults=FAULTS, seed=seed)

    assert outcome == Outcome(outcome.edits, lost=[], doubled=[], undelivered=[], diverged=[])
    assert outcome.edits > 50
