"""Kill processes and connections of live editing at random moments, and stop its database, while people write.

`python tests/soak/fault_runs.py [--runs 20] [--faults 8] [--outages 3] [--seed 1]`. Two processes on one PostgreSQL, two
sections, four tabs with the real provider. After each run everything that was typed must be there once, for everybody and
for newcomers.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.documents.coedit.node import Node
from tests.documents.coedit.processes import outage as outages
from tests.documents.coedit.processes.faults import Outcome, run
from tests.documents.coedit.processes.fleet import Fleet, Scene, Server, build_scene, drop_database, new_database
from tests.soak.tally import Count, note
from tests.support.postgres import stoppable_postgres

GONE_SECONDS = 10


def main() -> None:
    """Run them all; the exit status is 1 if any lost, doubled, kept back or diverged."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--faults", type=int, default=8)
    parser.add_argument("--outages", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    bad = 0
    with stoppable_postgres(durable=True) as postgres, tempfile.TemporaryDirectory() as folder, Node() as node:
        original = new_database(postgres.address)
        scene = build_scene(original, Path(folder))
        for seed in range(asked.seed, asked.seed + asked.runs):
            with _pair(postgres.address, original, scene, node) as (fleet, pair):
                outcome = run(fleet, pair, node, faults=asked.faults, seed=seed)
            bad += _tell("Two processes, random faults", f"seed {seed}", outcome)
        for number in range(1, asked.outages + 1):
            with _pair(postgres.address, original, scene, node) as (fleet, pair):
                outage = outages.run(fleet, pair, node, postgres, seconds=GONE_SECONDS)
            lost = [*outage.outcome.lost, *outage.missing]
            bad += _tell("PostgreSQL stopped for 10 s", f"outage {number}", replace(outage.outcome, lost=lost))
    print(f"{asked.runs + asked.outages} runs, {bad} bad runs")
    sys.exit(bool(bad))


@contextmanager
def _pair(server: str, original: str, scene: Scene, node: Node) -> Iterator[tuple[Fleet, tuple[Server, Server]]]:
    """Two processes on a database of their own."""
    database = new_database(server, like=original)
    with tempfile.TemporaryDirectory() as folder:
        fleet = Fleet(database, scene, Path(folder))
        try:
            first, second = fleet.start("coedit", "coedit")
            yield fleet, (first, second)
        finally:
            node.call("endAll", "")
            fleet.stop()
            drop_database(server, database)


def _tell(trouble: str, name: str, outcome: Outcome) -> bool:
    """Print and note what came of it; whether that is bad."""
    troubles = _troubles(outcome)
    print(f"{name}: {_describe(outcome)}", flush=True)
    note(Count(trouble, "PostgreSQL", outcome.edits, len(outcome.lost), len(outcome.doubled)))
    return bool(troubles)


def _troubles(outcome: Outcome) -> dict[str, list[str]]:
    return {name: words for name, words in asdict(outcome).items() if name != "edits" and words}


def _describe(outcome: Outcome) -> str:
    found = [f"{len(words)} {name} ({', '.join(words[:5])})" for name, words in _troubles(outcome).items()]
    return f"{outcome.edits} edits, {'; '.join(found) or 'nothing lost, doubled, undelivered or diverged'}"


if __name__ == "__main__":
    main()
