"""Live editing beside its peers, in one interleaved run; prints ratios as a table in Markdown, in about 25 minutes.

`python tests/bench/bench_coedit.py [--postgres] [--seconds 5] [--repeats 3] [--only flat,human,texts,memory,processes]`.
The last, two processes on PostgreSQL beside two with Redis, is measured by a command of its own behind the others, and left
out where PostgreSQL or Redis (Debian's `redis-server`) is missing. `--postgres` puts ours on PostgreSQL. The peers are
installed on demand into tests/bench/coedit. Ours acknowledges an edit once it is committed (SQLite with synchronous=FULL, or
PostgreSQL with fsync); Hocuspocus acknowledges from memory; y-websocket does neither.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.coedit import peers
from tests.bench.scratch import machine, scratch_portal

GROUPS = ("flat", "human", "texts", "memory", "processes")
QUIET = 1.0
SHORTEST = 5.0
FEWEST = 3


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="ours on a PostgreSQL of its own")
    parser.add_argument("--seconds", type=float, default=SHORTEST, help="how long each window is")
    parser.add_argument("--warm", type=float, default=2.0, help="how long people write before it")
    parser.add_argument("--repeats", type=int, default=FEWEST)
    parser.add_argument("--only", default=",".join(GROUPS), help=f"some of {', '.join(GROUPS)}")
    parser.add_argument("--sockets", type=int, default=300, help="how many connections memory is measured with")
    parser.add_argument("--edits", type=int, default=200_000, help="of the text that was typed")
    parser.add_argument("--pages", type=int, default=300)
    chosen = parser.parse_args()
    if unknown := set(chosen.only.split(",")) - set(GROUPS):
        parser.error(f"--only knows {', '.join(GROUPS)}, not {', '.join(unknown)}")
    # Whoever ends this ends the servers too: leaving in order does it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    load = os.getloadavg()[0]
    peers.install()
    groups = chosen.only.split(",")
    postgres = chosen.postgres or os.environ.get("DATABASE_URL", "").startswith("postgres")
    if not postgres and "processes" in groups:
        groups.remove("processes")
        if groups:
            _run(chosen, groups, load, postgres=False)
        _measure_processes(chosen)
    else:
        _run(chosen, groups, load, postgres=postgres)


def _measure_processes(chosen: argparse.Namespace) -> None:
    """The same command on PostgreSQL, whose table comes behind ours."""
    if not shutil.which("redis-server") or not list(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        print("\n> Two processes were left out: PostgreSQL or Redis is missing (packages “postgresql” and “redis-server”).")
        return
    print(flush=True)
    options = [f"--seconds={chosen.seconds:g}", f"--warm={chosen.warm:g}", f"--repeats={chosen.repeats}"]
    done = subprocess.run([sys.executable, __file__, "--postgres", "--only=processes", *options], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def _run(chosen: argparse.Namespace, groups: list[str], load: float, *, postgres: bool) -> None:
    with scratch_portal(postgres=postgres, durable=True), tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        _measure(chosen, groups, Path(folder), load)


def _measure(chosen: argparse.Namespace, groups: list[str], folder: Path, load: float) -> None:
    from tests.bench.coedit import measure, table, texts
    from tests.bench.coedit.ground import Ground
    from tests.bench.coedit.servers import Hocuspocus, HocuspocusOneByOne, HocuspocusTwice, Ours, OursTwice, YWebsocket

    needs_texts = "texts" in groups
    setting = measure.Setting(
        seconds=chosen.seconds,
        warm=chosen.warm,
        repeats=chosen.repeats,
        sockets=chosen.sockets,
        typed=texts.typed(folder / "typed.json", chosen.edits if needs_texts else 0),
        pages=texts.pages(folder / "pages.json", chosen.pages if needs_texts else 1),
        edits=chosen.edits,
        page_count=chosen.pages,
    )
    ground = Ground(max(chosen.sockets, 20))
    alone = [Ours(folder, ground), Hocuspocus(folder), HocuspocusOneByOne(folder), YWebsocket(folder)]
    known = [*alone, OursTwice(folder, ground), HocuspocusTwice(folder)]
    servers = [server for server in known if server.groups & set(groups)]
    results = measure.run(servers, setting, groups, lambda line: print(line, file=sys.stderr, flush=True))
    print(f"{machine()} · load at the start {load:.1f} · windows of {setting.seconds:g} s, medians of {setting.repeats}\n")
    for warning in [*_warnings(setting.seconds, setting.repeats, load), *results.doubts]:
        print(f"> **Careful:** {warning}\n")
    print("\n".join(table.lines(results, [server.name for server in servers])))


def _warnings(seconds: float, repeats: int, load: float) -> list[str]:
    warnings = []
    if load > QUIET:
        warnings.append(f"the machine was busy (load {load:.1f} at the start): ratios of throughput and latency say little.")
    if seconds < SHORTEST or repeats < FEWEST:
        warnings.append(f"windows under {SHORTEST:g} s or fewer than {FEWEST} runs: a trial, not a measurement.")
    return warnings


if __name__ == "__main__":
    main()
