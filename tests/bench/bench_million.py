"""How long a section of very many changes takes to open. `python tests/bench/bench_million.py [--updates 1000000]`.

Several people type, go elsewhere in the text and take words out again. Their changes are packed into rows as the writer of
the log packs them. Beside it, a section that holds the same text in one row: that is the time of its content.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from documents.coedit.wire import string, uint
from tests.bench.scratch import machine, scratch_portal

PACKED = 8
PEOPLE = 4
PARAGRAPH = 400
TIMES = 5
LETTER = b"\x01e"
# Whose letter, and which of theirs.
Id = tuple[int, int]


class Line:
    """Letters in a row as Yjs keeps them, each with who stands behind it. Nobody writes at the same time as another."""

    def __init__(self) -> None:
        self._behind: list[list[Id | None]] = [[] for _ in range(PEOPLE)]
        self._first: Id | None = None

    def written(self, person: int, left: Id | None) -> tuple[Id, bytes]:
        """A letter more, behind another or at the beginning: its id, and the update that tells of it."""
        right = self._first if left is None else self._behind[left[0]][left[1]]
        own = self._behind[person]
        letter = person, len(own)
        own.append(right)
        if left is None:
            self._first = letter
        else:
            self._behind[left[0]][left[1]] = letter
        return letter, b"\x01\x01" + _id(letter) + _place(left, right) + LETTER + b"\x00"

    def anywhere(self, chance: random.Random) -> Id | None:
        """Some letter that is there already."""
        person = chance.randrange(PEOPLE)
        count = len(self._behind[person])
        return (person, chance.randrange(count)) if count else None


def changes(count: int) -> Iterator[bytes]:
    """One change a letter: the updates of people who write paragraphs here and there, and delete every tenth letter.

    Made by hand: a library that keeps the text takes minutes for a million.
    """
    chance, line = random.Random(1), Line()  # noqa: S311 (the same text each time)
    for start in range(0, count, PARAGRAPH):
        person, before = (start // PARAGRAPH) % PEOPLE, None
        left = line.anywhere(chance)
        for number in range(min(PARAGRAPH, count - start)):
            if number % 10 == 9 and left:
                yield b"\x00\x01" + uint(left[0] + 1) + b"\x01" + uint(left[1]) + b"\x01"
                left = before
            else:
                before = left
                left, update = line.written(person, left)
                yield update


def _place(left: Id | None, right: Id | None) -> bytes:
    """How an update says where its letter stands."""
    if left and right:
        return b"\xc4" + _id(left) + _id(right)
    if left or right:
        return (b"\x84" if left else b"\x44") + _id(left or right or (0, 0))
    return b"\x04\x01" + string("text")


def _id(letter: Id) -> bytes:
    # Yjs's clients are numbered from one here.
    return uint(letter[0] + 1) + uint(letter[1])


def rows(count: int) -> Iterator[bytes]:
    """The same, packed."""
    from documents.coedit.replica import merged

    lot: list[bytes] = []
    for update in changes(count):
        lot.append(update)
        if len(lot) == PACKED:
            yield merged(lot)
            lot = []
    if lot:
        yield merged(lot)


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=1_000_000)
    parser.add_argument("--postgres", action="store_true")
    chosen = parser.parse_args()
    with scratch_portal(postgres=chosen.postgres, durable=True):
        _measure(chosen.updates)


def _measure(count: int) -> None:
    from documents.coedit.compaction import compact
    from documents.coedit.log import open_text
    from documents.models import SectionUpdate
    from tests.support.cast import build_cast

    cast = build_cast()
    print(machine())
    ids = {"author_id": cast.ned.pk, "organisation_id": cast.north_somerset.pk}
    began = time.perf_counter()
    _store(cast.findings.pk, rows(count), ids)
    stored = SectionUpdate.objects.filter(section=cast.findings).count()
    print(f"{count:,} changes in {stored:,} rows, made in {time.perf_counter() - began:.0f} s")
    print(f"opened from the rows alone: {_time(lambda: open_text(cast.findings.pk, [])):,.0f} ms")
    print(f"its snapshot made: {_time(lambda: compact(cast.findings.pk)):,.0f} ms")
    content = open_text(cast.findings.pk, [])[0].missing(b"\0")
    _store(cast.introduction.pk, [content], ids)
    for name, section in (("opened with a snapshot", cast.findings), ("the same text in one row", cast.introduction)):
        times = [_time(lambda: open_text(section.pk, [])[0].missing(b"\0")) for _ in range(TIMES)]  # noqa: B023
        print(f"{name}, and told to a newcomer: {median(times):,.0f} ms ({len(content) / 1e6:.1f} MB)")
    _after_a_restart(cast, f"{count:,} changes")


def _after_a_restart(cast: object, changed: str) -> None:
    """Through the socket of a process that has just been started, and the second time."""
    import tempfile

    from websockets.sync.client import connect

    from tests.documents.coedit.raw import RawClient
    from tests.documents.coedit.server import ProcessServer
    from tests.soak.fuzz_frames import _token
    from tests.support.cast import Cast

    assert isinstance(cast, Cast)
    token = _token(cast, cast.ned)
    with tempfile.TemporaryDirectory() as folder, ProcessServer(Path(folder) / "log") as server:
        for name in ("after a restart", "once more"):
            for section in (cast.findings, cast.introduction):
                began = time.perf_counter()
                with connect(server.url(cast.report.pk), compression=None, max_size=None) as socket:
                    RawClient(socket).join(section.pk, token)
                    took = (time.perf_counter() - began) * 1000
                which = changed if section == cast.findings else "the same text in one row"
                print(f"{name}, through the socket, {which}: {took:,.0f} ms")


def _store(section_id: UUID, updates: Iterable[bytes], ids: dict[str, UUID]) -> None:
    from documents.models import CoeditWriter, SectionUpdate

    writer = CoeditWriter.objects.create()
    SectionUpdate.objects.bulk_create(
        (
            SectionUpdate(section_id=section_id, writer=writer, seq=seq, data=data, **ids)
            for seq, data in enumerate(updates, start=1)
        ),
        batch_size=2000,
    )


def _time(act: Callable[[], object]) -> float:
    """Milliseconds of work: what others do on the machine meanwhile does not count."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main()
