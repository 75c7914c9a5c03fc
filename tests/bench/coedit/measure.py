"""What is measured of each server. Every run starts the server anew, with nothing written."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.coedit.servers import HERE, Place, Server

SHAPES = ((1, 20), (20, 5), (1, 100))
HUMAN_SHAPE, HUMAN_RATE = (20, 5), 8
# Half of each room on one process, half on the other.
SHARED_SHAPE, SHARED_RATE = (20, 4), 10
SYNCS = 5
# Above this the load itself is what is measured.
MOST_CLIENT_CPU = 0.95
MOST_DELAY = 1.1
LEAST_EVENNESS = 0.7

# None where nothing was delivered, so that there is nothing to divide by.
Figures = dict[str, float | None]


@dataclass(frozen=True)
class Setting:
    """How long and how much."""

    seconds: float
    warm: float
    repeats: int
    sockets: int
    typed: Path
    pages: Path
    edits: int
    page_count: int


@dataclass
class Results:
    """Every figure of every run, by what, which and whose; and what makes some of them doubtful."""

    figures: dict[tuple[str, str], dict[str, list[float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    doubts: list[str] = field(default_factory=list)
    # Where the load could do no more: the server might have.
    limited: set[tuple[str, str]] = field(default_factory=set)

    def add(self, scenario: str, server: str, figures: Figures) -> None:
        for name, value in figures.items():
            if value is not None:
                self.figures[scenario, name][server].append(value)


Scenario = tuple[str, Callable[[Server, Results], Figures]]


def scenarios(setting: Setting) -> Iterator[tuple[str, Scenario]]:
    """All of them, by the group that `--only` names."""
    for traffic in ("plain", "recorded"):
        for shape in SHAPES:
            yield "flat", _writing(setting, shape, traffic, 0)
    for traffic in ("plain", "recorded"):
        yield "human", _writing(setting, HUMAN_SHAPE, traffic, HUMAN_RATE)
    yield "texts", (f"{setting.edits:,} edits", partial(_open, setting.typed))
    yield "texts", (f"{setting.page_count} pages", partial(_open, setting.pages))
    yield "texts", ("nothing written yet", partial(_open, None))
    yield "memory", ("an idle connection", partial(_memory, 1, setting.sockets))
    yield "memory", ("an open section, with its connection", partial(_memory, setting.sockets, 1))
    for rate in (0, SHARED_RATE):
        yield "processes", _writing(setting, SHARED_SHAPE, "plain", rate)


def _writing(setting: Setting, shape: tuple[int, int], traffic: str, rate: int) -> Scenario:
    speed = f", {rate} edits/s each" if rate else ""
    name = f"{shape[0]} × {shape[1]}{speed}, {traffic}"
    return name, partial(_write, setting, name, shape, traffic, rate)


def run(servers: Sequence[Server], setting: Setting, groups: Sequence[str], say: Callable[[str], None]) -> Results:
    """All servers side by side: A B C, then C B A, and so on."""
    results = Results()
    for repeat in range(setting.repeats):
        for group, (name, measure) in scenarios(setting):
            those = [server for server in servers if group in groups and group in server.groups]
            for server in those if repeat % 2 == 0 else reversed(those):
                say(f"{repeat + 1}/{setting.repeats}  {name}: {server.name}")
                with server:
                    results.add(name, server.name, measure(server, results))
    return results


def _write(
    setting: Setting, name: str, shape: tuple[int, int], traffic: str, rate: int, server: Server, results: Results
) -> Figures:
    rooms = server.places(*shape)
    plan = {"mode": "write", "traffic": traffic, "rate": rate, "warm": setting.warm, "seconds": setting.seconds}
    found = _load(server, rooms, plan, timeout=setting.warm + setting.seconds + 60)
    results.doubts += _doubts(f"{server.name}, {name}", found, rate)
    if found["client"] > MOST_CLIENT_CPU or found["late"] > MOST_DELAY:
        results.limited.add((name, server.name))
    figures = {"CPU ms per 1,000 delivered": found["cpu"]}
    if not rate:
        return {"delivered edits/s": found["rate"], **figures}
    figures |= {"edit → peer p50 ms": found["seen"]["p50"], "edit → peer p95 ms": found["seen"]["p95"]}
    if server.acknowledges:
        figures |= {"acknowledged p50 ms": found["ack"]["p50"], "acknowledged p95 ms": found["ack"]["p95"]}
    return figures


def _doubts(what: str, found: dict[str, Any], rate: int) -> Iterator[str]:
    if found["client"] > MOST_CLIENT_CPU:
        yield f"{what}: the load was at its limit ({found['client']:.2f} of a core)."
    if found["late"] > MOST_DELAY:
        yield f"{what}: the window took {found['late']:.1f} times as long as it should."
    if not rate and found["evenness"] < LEAST_EVENNESS:
        yield f"{what}: some people were told less than others."


def _open(updates: Path | None, server: Server, results: Results) -> Figures:
    if updates:
        _load(server, server.places(1, 1), {"mode": "fill", "updates": str(updates)}, timeout=600)
    warm = _sync(server, SYNCS)
    server.restart()
    return {"first sync, warm ms": warm, "first sync, cold ms": _sync(server, 1)}


def _sync(server: Server, times: int) -> float:
    return float(_load(server, server.places(1, 1), {"mode": "sync", "times": times}, timeout=120)["ms"])


def _memory(rooms: int, people: int, server: Server, results: Results) -> Figures:
    found = _load(server, server.places(rooms, people), {"mode": "idle", "writes": rooms > 1}, timeout=120)
    return {"KB each": found["each"]}


def _load(server: Server, rooms: list[list[Place]], plan: dict[str, Any], *, timeout: float) -> dict[str, Any]:
    """Let the load generator carry out a plan."""
    whole = json.dumps({"dialect": server.dialect, "pids": server.pids, "rooms": rooms, **plan})
    done = subprocess.run(
        ["node", str(HERE / "load.mjs")], input=whole, capture_output=True, text=True, timeout=timeout, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the load on {server.name} failed:\n{done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result
