"""Long texts to open: one that was typed letter by letter, and one of hundreds of pages."""

import json
from base64 import b64encode
from pathlib import Path
from random import Random
from typing import Any

from pycrdt import Doc, Text

from documents.text.building import build_update
from tests.bench.bench_text import page_blocks

LETTERS_AT_A_PLACE = 50


def typed(path: Path, edits: int) -> Path:
    """As many updates of one letter each, a line here and a line there."""
    doc: Doc[Any] = Doc()
    text = doc.get("default", type=Text)
    random, updates, at = Random(1), [], 0  # noqa: S311 (the same text every time)
    for number in range(edits):
        if number % LETTERS_AT_A_PLACE == 0:
            at = random.randint(0, number)
        before = doc.get_state()
        text.insert(at, "abcdefgh"[number % 8])
        at += 1
        updates.append(doc.get_update(before))
    return _write(path, updates)


def pages(path: Path, count: int) -> Path:
    """Headings, paragraphs, lists and tables, as one update."""
    content = [block for number in range(count) for block in page_blocks(number)]
    return _write(path, [build_update({"type": "doc", "content": content})])


def _write(path: Path, updates: list[bytes]) -> Path:
    path.write_text(json.dumps([b64encode(update).decode() for update in updates]), encoding="utf-8")
    return path
