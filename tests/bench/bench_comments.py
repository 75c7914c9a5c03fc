"""What comments cost an open page when somebody else types: 500 threads in a report of 30 sections, and all in one.

`python tests/bench/bench_comments.py`. Needs Node, no database.
"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print the figures."""
    subprocess.run(["node", "documents/editor/run-tests.mjs", "--bench"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
