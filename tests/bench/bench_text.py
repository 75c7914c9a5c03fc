"""How long it takes to read and render a section of 300 pages, as ratios to applying its updates and nothing more.

`python tests/bench/bench_text.py [--pages 300]`. The floor is what no reader of the log can do without: pycrdt applying the
same bytes to an empty document. Two logs are measured: the section as one update, and as people type it.
"""

import argparse
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pycrdt import Doc, Text

from documents.text.building import build_update
from documents.text.parsing import parse
from documents.text.reading import read_section, replay
from documents.text.rendering import plain_text, render
from tests.bench.scratch import median_of

Json = dict[str, Any]

# A page of a report: two headings, eight paragraphs of some sixty words, a list, and every tenth a table.
SENTENCE = "The three areas held different parts of what was known, and nobody had brought them together. "
LETTERS_AT_ONCE = 45
TIMES = 5


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    pages = parser.parse_args().pages
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores{load}; medians of {TIMES}")
    document: Json = {"type": "doc", "content": [block for page in range(pages) for block in page_blocks(page)]}
    _measure(f"{pages} pages, one update", [build_update(document)])
    _measure(f"{pages} pages of paragraphs, as typed", _typed(pages))
    _line("building the update", median_of(lambda: build_update(document), times=TIMES))
    html = render(document, "s1")
    _line("parsing the HTML", median_of(lambda: parse(html), times=TIMES))


def _measure(name: str, updates: list[bytes]) -> None:
    json = read_section(replay(updates))
    characters, size = len(plain_text(json)), sum(map(len, updates))
    print(f"\n{name}: {characters:,} characters, {len(updates):,} updates, {size:,} bytes")
    floor = median_of(lambda: _apply(updates), times=TIMES)
    _line("applying each update (the floor)", floor)
    doc = replay(updates)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("replay", lambda: replay(updates)),
        ("read_section", lambda: read_section(doc)),
        ("render", lambda: render(json, "s1")),
        ("plain_text", lambda: plain_text(json)),
        ("replay, read and render", lambda: render(read_section(replay(updates)), "s1")),
    ]
    for words, act in steps:
        took = median_of(act, times=TIMES)
        _line(words, took, f"{took / floor:7.2f} × the floor")


def _line(words: str, took: float, more: str = "") -> None:
    print(f"  {words:34} {took:9.1f} ms {more}")


def _apply(updates: list[bytes]) -> None:
    doc: Doc[Any] = Doc()
    for update in updates:
        doc.apply_update(update)


def page_blocks(number: int) -> list[Json]:
    headings = [_block("heading", _text(f"Finding {number}"), level=level) for level in (2, 3)]
    items = [{"type": "listItem", "content": [_block("paragraph", _text(SENTENCE))]} for _ in range(4)]
    blocks = [*headings, *[_paragraph() for _ in range(8)], {"type": "bulletList", "content": items}]
    return [*blocks, _table()] if number % 10 == 0 else blocks


def _paragraph() -> Json:
    note = {"type": "footnote", "attrs": {"id": "n1", "text": "See the methodology."}}
    return _block("paragraph", _text(SENTENCE * 2), _text("Nobody asked.", "bold"), note, _text(f" {SENTENCE}"))


def _table() -> Json:
    cell: Json = {"type": "tableCell", "content": [_block("paragraph", _text("Two events in July"))]}
    return {"type": "table", "content": [{"type": "tableRow", "content": [cell] * 4} for _ in range(6)]}


def _block(name: str, *content: Json, **attributes: int) -> Json:
    return {"type": name, "content": list(content)} | ({"attrs": attributes} if attributes else {})


def _text(words: str, *marks: str) -> Json:
    return {"type": "text", "text": words} | ({"marks": [{"type": mark} for mark in marks]} if marks else {})


def _typed(pages: int) -> list[bytes]:
    """The updates of somebody who writes page before page, a few words an update."""
    doc: Doc[Any] = Doc()
    text = doc.get("default", type=Text)
    updates: list[bytes] = []
    page = (SENTENCE * 3 + "\n") * 10
    for _ in range(pages):
        for place in range(0, len(page), LETTERS_AT_ONCE):
            before = doc.get_state()
            text.insert(place, page[place : place + LETTERS_AT_ONCE])
            updates.append(doc.get_update(before))
    return updates


if __name__ == "__main__":
    main()
