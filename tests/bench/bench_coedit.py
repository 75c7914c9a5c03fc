"""Live editing beside its peers, in one interleaved run; prints ratios as a table in Markdown.

`python tests/bench/bench_coedit.py [--postgres] [--seconds 5] [--repeats 3] [--only flat,human,texts,memory]`. The peers are
installed on demand into tests/bench/coedit. Ours acknowledges an edit once it is committed (SQLite with synchronous=FULL, or
PostgreSQL with fsync); Hocuspocus acknowledges from memory; y-websocket does neither.
"""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.coedit import peers
from tests.bench.scratch import machine, scratch_portal

GROUPS = ("flat", "human", "texts", "memory")
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
    postgres = chosen.postgres or os.environ.get("DATABASE_URL", "").startswith("postgres")
    with scratch_portal(postgres=postgres, durable=True), tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        _measure(chosen, Path(folder), load)


def _measure(chosen: argparse.Namespace, folder: Path, load: float) -> None:
    from tests.bench.coedit import measure, table, texts
    from tests.bench.coedit.ground import Ground
    from tests.bench.coedit.servers import Hocuspocus, Ours, YWebsocket

    groups = chosen.only.split(",")
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
    servers = [Ours(folder, Ground(max(chosen.sockets, 20))), Hocuspocus(folder), YWebsocket(folder)]
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
