"""Kill processes and connections of live editing at random moments, again and again, while people write.

`python tests/soak/fault_runs.py [--runs 20] [--faults 8] [--seed 1]`. Two processes on one PostgreSQL, two sections, four
people with the real provider. After each run everything that was typed must be there once, for everybody and for newcomers.
"""

import argparse
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.documents.coedit.node import Node
from tests.documents.coedit.processes.faults import Outcome, run
from tests.documents.coedit.processes.fleet import Fleet, Scene, build_scene, drop_database, new_database
from tests.support.postgres import running_postgres


def main() -> None:
    """Run them all; the exit status is 1 if any lost, doubled, kept back or diverged."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--faults", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    outcomes = []
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder, Node() as node:
        original = new_database(server)
        scene = build_scene(original, Path(folder))
        for seed in range(asked.seed, asked.seed + asked.runs):
            outcomes.append(_one(server, original, scene, node, faults=asked.faults, seed=seed))
            print(f"seed {seed}: {_describe(outcomes[-1])}", flush=True)
    bad = [outcome for outcome in outcomes if _troubles(outcome)]
    print(f"{len(outcomes)} runs, {sum(outcome.edits for outcome in outcomes)} edits, {len(bad)} bad runs")
    sys.exit(bool(bad))


def _one(server: str, original: str, scene: Scene, node: Node, *, faults: int, seed: int) -> Outcome:
    database = new_database(server, like=original)
    with tempfile.TemporaryDirectory() as folder:
        fleet = Fleet(database, scene, Path(folder))
        try:
            first, second = fleet.start("coedit", "coedit")
            return run(fleet, (first, second), node, faults=faults, seed=seed)
        finally:
            node.call("endAll", "")
            fleet.stop()
            drop_database(server, database)


def _troubles(outcome: Outcome) -> dict[str, list[str]]:
    return {name: words for name, words in asdict(outcome).items() if name != "edits" and words}


def _describe(outcome: Outcome) -> str:
    found = [f"{len(words)} {name} ({', '.join(words[:5])})" for name, words in _troubles(outcome).items()]
    return f"{outcome.edits} edits, {'; '.join(found) or 'nothing lost, doubled, undelivered or diverged'}"


if __name__ == "__main__":
    main()
