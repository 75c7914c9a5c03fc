"""People write in two sections by two processes while processes and connections are killed at random moments."""

from dataclasses import dataclass
from random import Random
from time import monotonic, sleep
from uuid import UUID

from tests.documents.coedit.node import Node, NodeSection
from tests.documents.coedit.processes.fleet import Fleet, Server

EVERY_MS = 40
SETTLE_SECONDS = 120


@dataclass(frozen=True)
class Writer:
    """One person in one section."""

    mark: str
    section_id: UUID
    section: NodeSection


@dataclass(frozen=True)
class Outcome:
    """What a run came to. All but `edits` should be empty."""

    edits: int
    lost: list[str]
    doubled: list[str]
    undelivered: list[str]
    diverged: list[str]


def run(fleet: Fleet, pair: tuple[Server, Server], node: Node, *, faults: int, seed: int) -> Outcome:
    """Write, break things so many times, let all settle, and compare."""
    random = Random(seed)  # noqa: S311 (the same moments in every run)
    writers = begin(fleet, pair, node)
    for _ in range(faults):
        sleep(random.uniform(0.2, 1.5))  # the moment is the point: nothing to wait for
        random.choice([_cut_listeners, _cut_writers, _kill, _cut_and_kill])(fleet, random.choice(pair))
    typed = {writer.mark: list(writer.section.call("rest")["typed"]) for writer in writers}
    return compare(fleet, pair, node, writers, typed)


def begin(fleet: Fleet, pair: tuple[Server, Server], node: Node) -> list[Writer]:
    """Four tabs of three people, who write in two sections by two processes."""
    scene = fleet.scene
    places = [
        ("ned", 0, 0, scene.findings),
        ("bella", 0, 1, scene.findings),
        ("amira", 0, 0, scene.introduction),
        ("bella", 1, 1, scene.introduction),
    ]
    writers = [
        Writer(
            f"{name}{session}",
            section,
            fleet.opens(node, scene.person(name, session), pair[server].url(scene.report), section, returns=True),
        )
        for name, session, server, section in places
    ]
    for writer in writers:
        writer.section.call("type", mark=writer.mark, everyMs=EVERY_MS)
    return writers


def _cut_listeners(fleet: Fleet, server: Server) -> None:
    fleet.cut(lines=True)


def _cut_writers(fleet: Fleet, server: Server) -> None:
    fleet.cut(lines=False)


def _kill(fleet: Fleet, server: Server) -> None:
    server.kill()
    server.start().wait()


def _cut_and_kill(fleet: Fleet, server: Server) -> None:
    fleet.cut(lines=True)
    _kill(fleet, server)


def compare(
    fleet: Fleet, pair: tuple[Server, Server], node: Node, writers: list[Writer], typed: dict[str, list[str]]
) -> Outcome:
    """Wait until all is saved; see what everybody has, and what a newcomer gets from each process."""
    deadline = monotonic() + SETTLE_SECONDS
    for writer in writers:
        writer.section.wait("saved", seconds=max(1.0, deadline - monotonic()))
    undelivered, diverged, lost, doubled = [], [], [], []
    for section_id in {writer.section_id for writer in writers}:
        here = [writer for writer in writers if writer.section_id == section_id]
        words = [word for writer in here for word in typed[writer.mark]]
        for writer in here:
            arrived = [writer.section.call("wait", until="includes", value=word, seconds=30) for word in words]
            undelivered += [f"{word} to {writer.mark}" for word, there in zip(words, arrived, strict=True) if not there]
        for server in pair:
            text = fleet.opens(node, fleet.scene.person("gwen"), server.url(fleet.scene.report), section_id).text
            lost += [word for word in words if word not in text]
            doubled += [word for word in words if text.count(word) > 1]
            diverged += [writer.mark for writer in here if writer.section.text != text]
    return Outcome(sum(map(len, typed.values())), lost, doubled, undelivered, diverged)
