"""How long a section of a million changes takes to open. `python tests/bench/bench_million.py [--updates 1000000]`.

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
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.scratch import machine, scratch_portal

PACKED = 8
PEOPLE = 4
PARAGRAPH = 400
TIMES = 5


def changes(count: int) -> Iterator[bytes]:
    """One change a letter: the updates of people who write paragraphs here and there, and delete every tenth letter."""
    from pycrdt import Doc, Text

    chance = random.Random(1)  # noqa: S311 (the same text each time)
    docs: list[Doc[Any]] = [Doc() for _ in range(PEOPLE)]
    for start in range(0, count, PARAGRAPH):
        doc = docs[(start // PARAGRAPH) % PEOPLE]
        for other in docs:
            doc.apply_update(other.get_update(doc.get_state()))
        text = doc.get("text", type=Text)
        at = begin = chance.randint(0, len(text))
        for number in range(min(PARAGRAPH, count - start)):
            before = doc.get_state()
            if number % 10 == 9 and at > begin:
                at -= 1
                del text[at]
            else:
                text.insert(at, "e")
                at += 1
            yield doc.get_update(before)


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
    _after_a_restart(cast)


def _after_a_restart(cast: object) -> None:
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
                which = "the million" if section == cast.findings else "the same text in one row"
                print(f"{name}, through the socket, {which}: {(time.perf_counter() - began) * 1000:,.0f} ms")


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
