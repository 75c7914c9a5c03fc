"""What the long tests count: each notes its figures in a file that SOAK_TALLY names; the runner makes one table of them."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Count:
    """What came of one piece of trouble. `lost` were acknowledged, or kept by a tab that came back, and are not there."""

    trouble: str
    database: str
    edits: int
    lost: int = 0
    doubled: int = 0
    times: int = 1


def count(trouble: str, words: Iterable[str], text: str) -> list[str]:
    """Note how many of these words a text holds; return those that it does not hold exactly once."""
    words = list(words)
    found = [text.count(word) for word in words]
    lost, doubled = sum(times == 0 for times in found), sum(times > 1 for times in found)
    note(Count(trouble, NAMES[connection.vendor], len(words), lost, doubled))
    return [word for word, times in zip(words, found, strict=True) if times != 1]


def note(counted: Count) -> None:
    """Write it down, where somebody counts."""
    if path := os.environ.get("SOAK_TALLY"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(counted)) + "\n")


def noted(path: Path) -> list[Count]:
    """What has been written down, added up by trouble and database."""
    sums: dict[tuple[str, str], list[Count]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        counted = Count(**json.loads(line))
        sums[counted.trouble, counted.database].append(counted)
    return [
        Count(
            trouble,
            database,
            sum(each.edits for each in counts),
            sum(each.lost for each in counts),
            sum(each.doubled for each in counts),
            sum(each.times for each in counts),
        )
        for (trouble, database), counts in sums.items()
    ]


def table(counts: Iterable[Count]) -> str:
    """One line for each trouble and database."""
    rows = [("Trouble", "Database", "times", "edits", "lost", "doubled")]
    rows += [
        (each.trouble, each.database, f"{each.times:,}", f"{each.edits:,}", str(each.lost), str(each.doubled))
        for each in counts
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "|".join(["", *("-" * (width + 2) for width in widths), ""]), *lines[1:]])


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    words = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
    numbers = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
    return f"| {' | '.join([*words, *numbers])} |"
