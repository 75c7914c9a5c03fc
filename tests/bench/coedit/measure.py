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
SYNCS = 5
# Above this the load itself is what is measured.
MOST_CLIENT_CPU = 0.95
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

    def add(self, scenario: str, server: str, figures: Figures) -> None:
        for name, value in figures.items():
            if value is not None:
                self.figures[scenario, name][server].append(value)


Scenario = tuple[str, Callable[[Server, Results], Figures]]


def scenarios(setting: Setting) -> Iterator[tuple[str, Scenario]]:
    """All of them, by the group that `--only` names."""
    for traffic in ("plain", "recorded"):
        for shape in SHAPES:
            yield "flat", (f"{shape[0]} × {shape[1]}, {traffic}", partial(_write, setting, shape, traffic, 0))
    for traffic in ("plain", "recorded"):
        name = f"{HUMAN_SHAPE[0]} × {HUMAN_SHAPE[1]}, {HUMAN_RATE} edits/s each, {traffic}"
        yield "human", (name, partial(_write, setting, HUMAN_SHAPE, traffic, HUMAN_RATE))
    yield "texts", (f"{setting.edits:,} edits", partial(_open, setting.typed))
    yield "texts", (f"{setting.page_count} pages", partial(_open, setting.pages))
    yield "memory", ("an idle connection", partial(_memory, 1, setting.sockets))
    yield "memory", ("an open section, with its connection", partial(_memory, setting.sockets, 1))


def run(servers: Sequence[Server], setting: Setting, groups: Sequence[str], say: Callable[[str], None]) -> Results:
    """All servers side by side: A B C, then C B A, and so on."""
    results = Results()
    for repeat in range(setting.repeats):
        for group, (name, measure) in scenarios(setting):
            if group not in groups:
                continue
            for server in servers if repeat % 2 == 0 else reversed(servers):
                say(f"{repeat + 1}/{setting.repeats}  {name}: {server.name}")
                with server:
                    results.add(name, server.name, measure(server, results))
    return results


def _write(setting: Setting, shape: tuple[int, int], traffic: str, rate: int, server: Server, results: Results) -> Figures:
    rooms = server.places(*shape)
    plan = {"mode": "write", "traffic": traffic, "rate": rate, "warm": setting.warm, "seconds": setting.seconds}
    found = _load(server, rooms, plan, timeout=setting.warm + setting.seconds + 60)
    if found["client"] > MOST_CLIENT_CPU:
        results.doubts.append(
            f"{server.name}, {shape[0]} × {shape[1]}, {traffic}: the load was at its limit ({found['client']:.2f})"
        )
    if not rate and found["evenness"] < LEAST_EVENNESS:
        results.doubts.append(f"{server.name}, {shape[0]} × {shape[1]}, {traffic}: some people were told less than others")
    figures = {"CPU ms per 1,000 delivered": found["cpu"]}
    if not rate:
        return {"delivered edits/s": found["rate"], **figures}
    figures |= {"edit → peer p50 ms": found["seen"]["p50"], "edit → peer p95 ms": found["seen"]["p95"]}
    if server.acknowledges:
        figures |= {"acknowledged p50 ms": found["ack"]["p50"], "acknowledged p95 ms": found["ack"]["p95"]}
    return figures


def _open(updates: Path, server: Server, results: Results) -> Figures:
    _load(server, server.places(1, 1), {"mode": "fill", "updates": str(updates)}, timeout=600)
    figures = {"first sync, warm ms": _sync(server, SYNCS)}
    if server.stores:
        server.restart()
        figures["first sync, cold ms"] = _sync(server, 1)
    return figures


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
