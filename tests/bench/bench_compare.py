"""How long it takes to compare two texts, as ratios to reading both from their logs.

`python tests/bench/bench_compare.py [--pages 100]`. Four pairs: one word changed on each tenth page, every page
rewritten in part, every tenth paragraph moved elsewhere, and two texts that have nothing in common.
"""

import argparse
import os
import platform
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from documents.text.building import build_update
from documents.text.canonical import Part, canonical_report, fingerprint
from documents.text.comparing import compare
from documents.text.comparing_html import rows, stretches
from documents.text.moving import with_moves
from documents.text.reading import read_section, replay
from documents.text.schema import Json
from tests.bench.scratch import median_of

WORDS = ["nobody", "had", "brought", "what", "the", "three", "areas", "knew", "of", "young", "people", "and", "families"]
PARAGRAPHS, LENGTH, TIMES = 10, 45, 3


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    pages = parser.parse_args().pages
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; medians of {TIMES}")
    chance = random.Random(7)  # noqa: S311  # the same texts each time
    old = [[[chance.choice(WORDS) for _ in range(LENGTH)] for _ in range(PARAGRAPHS)] for _ in range(pages)]
    few = [_changed(page, 1, chance) if number % 10 == 0 else page for number, page in enumerate(old)]
    many = [_changed(page, 60, chance) for page in old]
    moved = _moved(old, chance)
    other = [[[word[::-1] for word in line] for line in page] for page in old]
    for name, new in (
        ("one word on each tenth page", few),
        ("60 words on each page", many),
        ("every tenth paragraph moved", moved),
        ("nothing in common", other),
    ):
        _measure(f"{pages} pages, {name}", _document(old), _document(new))


def _measure(name: str, old: Json, new: Json) -> None:
    updates = [build_update(old)], [build_update(new)]
    floor = median_of(lambda: [read_section(replay(each)) for each in updates], times=TIMES)
    took = median_of(lambda: compare(old, new), times=TIMES)
    bare = compare(old, new)
    (found,) = with_moves([bare])
    moves = median_of(lambda: with_moves([bare]), times=TIMES)
    inline = median_of(lambda: stretches(found, "s1"), times=TIMES)
    beside = median_of(lambda: rows(found, "s1"), times=TIMES)
    parts = [Part("1", "A report", each) for each in (old, new)]
    printed = median_of(
        lambda: [fingerprint(canonical_report("A report", "joint_report", [part], {})) for part in parts], times=TIMES
    )
    print(f"\n{name}: {found.words_added:,} words added, {found.words_removed:,} removed")
    figures = {
        "reading both (the floor)": floor,
        "compare": took,
        "find what was moved": moves,
        "HTML in one column": inline,
        "HTML side by side": beside,
        "fingerprints of both": printed,
    }
    for words, time in figures.items():
        print(f"  {words:34} {time:9.1f} ms {time / floor:7.2f} × the floor")


def _changed(page: list[list[str]], words: int, chance: random.Random) -> list[list[str]]:
    made = [list(line) for line in page]
    for _ in range(words):
        chance.choice(made)[chance.randrange(LENGTH)] = "changed"
    return made


def _moved(pages: list[list[list[str]]], chance: random.Random) -> list[list[list[str]]]:
    """Every tenth paragraph, in another place."""
    lines = [line for page in pages for line in page]
    going = lines[::10]
    staying = [line for at, line in enumerate(lines) if at % 10]
    for line in going:
        staying.insert(chance.randrange(len(staying)), line)
    return [staying]


def _document(pages: list[list[list[str]]]) -> Json:
    lines = [" ".join(line) for page in pages for line in page]
    return {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in lines]}


if __name__ == "__main__":
    main()
