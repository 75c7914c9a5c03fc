"""The long tests of live editing: one table of what was lost, and exit status 1 if anything was. `make soak`.

What it does how often is in SOAK_KILLS (50, on each database), SOAK_REPEATS (5), SOAK_RUNS (20), SOAK_OUTAGES (3),
SOAK_SESSIONS (60) and SOAK_FRAMES (1,000,000). PostgreSQL runs with fsync, SQLite with synchronous=FULL.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.soak.tally import noted, table  # noqa: E402
from tests.support.postgres import running_postgres  # noqa: E402

LIVE = "tests/documents/coedit"
SHORT = [f"{LIVE}/test_asleep.py", f"{LIVE}/test_clock_steps.py", f"{LIVE}/test_vanished.py"]
SESSIONS = f"{LIVE}/log/test_random_sessions.py"


def asked(name: str, default: int) -> int:
    return int(os.environ.get(f"SOAK_{name}", default))


class Run:
    """Runs one stage after the other, and remembers which failed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tally = folder / "tally"
        self._began = time.monotonic()
        self._failed: list[str] = []

    def stage(self, name: str, *command: str, **environment: str) -> None:
        """Run a program; what it prints is shown only where it fails."""
        began = time.monotonic()
        print(f"→ {name} …", flush=True)
        given = {"PORTAL_MODE": "test", "SOAK_TALLY": str(self._tally), "PORTAL_VAR": str(self._folder)}
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=os.environ | given | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout[-20_000:])
            self._failed.append(name)
        print(f"  {'FAILED' if done.returncode else 'passed'} after {time.monotonic() - began:.0f} s", flush=True)

    def tests(self, name: str, *paths: str, **environment: str) -> None:
        self.stage(name, "-m", "pytest", *paths, "-n", "0", "-q", "-p", "no:randomly", **environment)

    def end(self) -> bool:
        """Print the table; whether all is well."""
        counts = noted(self._tally)
        minutes = (time.monotonic() - self._began) / 60
        machine = (
            f"{datetime.now(UTC):%d %B %Y}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
        )
        print(f"\n{machine}: {minutes:.0f} minutes\n\n{table(counts)}")
        for name in self._failed:
            print(f"FAILED: {name}")
        return bool(counts) and not self._failed and not any(each.lost or each.doubled for each in counts)


def on_one_database(run: Run, database: str, **environment: str) -> None:
    """All that needs one process."""
    run.tests(
        f"{database}: killed {asked('KILLS', 50)} times, full disk, cut off", "tests/soak/durability.py", **environment
    )
    for number in range(asked("REPEATS", 5)):
        run.tests(f"{database}: asleep, clock, half frames ({number + 1})", *SHORT, **environment)
    run.tests(f"{database}: random sessions", SESSIONS, SOAK_SESSIONS=str(asked("SESSIONS", 60)), **environment)


def main() -> bool:
    """Run it all."""
    with tempfile.TemporaryDirectory(prefix="portal-soak-") as folder:
        run = Run(Path(folder))
        on_one_database(run, "SQLite")
        with running_postgres(durable=True) as address:
            on_one_database(run, "PostgreSQL", DATABASE_URL=address)
        runs, outages = asked("RUNS", 20), asked("OUTAGES", 3)
        faults = ("tests/soak/fault_runs.py", "--runs", str(runs), "--outages", str(outages))
        run.stage(f"Two processes: {runs} runs of random faults, PostgreSQL stopped {outages} times", *faults)
        run.stage("Frames", "tests/soak/fuzz_frames.py", "--frames", str(asked("FRAMES", 1_000_000)))
        return run.end()


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
