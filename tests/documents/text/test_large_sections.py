"""Very large sections take time in proportion, and hand-made ones take no more than they may."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from documents.text.building import build_update
from documents.text.parsing import parse
from documents.text.reading import read_section, replay
from documents.text.rendering import plain_text, render
from documents.text.table_reading import MOST_CELLS, MOST_SHOWN
from tests.documents.text.helpers import Json, document, node, paragraph, read, text

pytestmark = pytest.mark.no_database


def long_document(blocks: int) -> Json:
    line = paragraph("word " * 30, text("bold words", "bold"), " and the rest of the line")
    return document(*[line if place % 5 else node("heading", "Heading", level=2) for place in range(blocks)])


def seconds(work: Callable[[], Any]) -> float:
    """The better of two, in this process's own time: other work on the machine does not count."""
    times = []
    for _ in range(2):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def test_two_megabytes_of_text_are_read_and_rendered_in_linear_time() -> None:
    small, large = (build_update(long_document(blocks)) for blocks in (1_500, 12_000))

    def show(update: bytes) -> str:
        return render(read_section(replay([update])), "s1")

    assert len(show(large)) > 2_000_000
    # Eight times the text; quadratic work would take sixty-four times as long.
    assert seconds(lambda: show(large)) < 24 * seconds(lambda: show(small))


def test_building_and_parsing_take_linear_time() -> None:
    small, large = long_document(1_000), long_document(8_000)
    small_html, large_html = render(small, "s1"), render(large, "s1")

    assert seconds(lambda: build_update(large)) < 24 * seconds(lambda: build_update(small))
    assert seconds(lambda: parse(large_html)) < 24 * seconds(lambda: parse(small_html))


def test_one_line_of_two_megabytes_is_read() -> None:
    words = "x" * 2_000_000

    assert plain_text(read_section(replay([build_update(document(paragraph(words)))]))) == words


def test_a_table_with_millions_of_cells_shows_those_with_words() -> None:
    side = int(MOST_CELLS**0.5) + 1
    shape: Json = {"at0": "k1", "x": 1}
    for place in range(side):
        shape |= {f"r:{place}": 1, f"x:{place}": 1, f"c:{place}": 1}

    [table] = read(({"t": "t1", "k": "k1"}, {}), tables={"t1": shape}, cells={"t1:5:7": "kept", "t1:2:9": "kept too"})

    assert plain_text(table).split("\n") == ["kept too", "kept"]


def test_a_table_that_stands_in_very_many_places_is_shown_in_some() -> None:
    shape = {"at0": "k1", "x": 1, "r:1": 1, "x:1": 1, "c:a": 1, "x:a": 1}

    blocks = read(*[({"t": "t1", "k": "k1"}, {})] * 500, tables={"t1": shape}, cells={"t1:1:a": "words"})

    assert len(blocks) == MOST_SHOWN
