"""Run the long durability tests on both databases. `python tests/soak/run.py [pytest arguments]`."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.support.postgres import running_postgres  # noqa: E402


def run(name: str, **environment: str) -> bool:
    """Run all of it on one database; tell whether it passed."""
    print(f"\n→ {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "tests/soak/durability.py", "-n", "0", "-q", "-s", *sys.argv[1:]]
    return (
        subprocess.run(command, cwd=ROOT, env=os.environ | {"PORTAL_MODE": "test"} | environment, check=False).returncode
        == 0
    )


if __name__ == "__main__":
    passed = [run("SQLite, synchronous=FULL")]
    with running_postgres(durable=True) as address:
        passed.append(run("PostgreSQL, fsync on", DATABASE_URL=address))
    sys.exit(0 if all(passed) else 1)
