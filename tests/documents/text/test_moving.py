"""Lines that stand elsewhere now: within a text, and in another that was compared together with it."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.text.comparing import Comparison, compare
from documents.text.moving import with_moves
from tests.documents.text.helpers import Json, node, text
from tests.documents.text.strategies import documents

pytestmark = pytest.mark.no_database

LINES = [
    "Four young people were known to many people.",
    "Their situation was known to nobody at all.",
    "Each area’s arrangements were sound on their own.",
    "The gap was between them, and nobody owned it.",
]


def document(*lines: str) -> Json:
    return {"type": "doc", "content": [node("paragraph", text(line)) for line in lines]}


def moved(*pairs: tuple[Json, Json]) -> list[Comparison]:
    return with_moves([compare(old, new) for old, new in pairs])


def words_of_moves(*found: Comparison) -> set[str]:
    """The words of what was moved, where it stands now."""
    lines = [line for one in found for line in one.lines if line.move and line.new]
    return {"".join(node["text"] for node in line.new.node["content"]) for line in lines if line.new}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_paragraphs_in_another_order_are_neither_new_nor_gone(order: tuple[int, ...]) -> None:
    (found,) = moved((document(*LINES), document(*(LINES[at] for at in order))))

    assert (found.words_added, found.words_removed) == (0, 0)
    assert found.changes == len(words_of_moves(found)) <= 3


def test_a_paragraph_that_went_to_another_text() -> None:
    one, other = moved((document(*LINES[:2]), document(LINES[0])), (document(LINES[3]), document(*LINES[3:], LINES[1])))

    assert words_of_moves(one, other) == {LINES[1]}
    assert (one.changes, other.changes) == (0, 1)
    gone = next(line for line in one.lines if line.move)
    came = next(line for line in other.lines if line.move)
    assert gone.move
    assert came.move
    assert (gone.move.part, came.move.part) == (1, 0)
    assert other.lines[gone.move.line] is came
    assert one.lines[came.move.line] is gone


def test_one_that_was_changed_on_the_way_shows_what_was_changed() -> None:
    changed = LINES[3].replace("owned", "held")

    (found,) = moved((document(LINES[3], *LINES[:3]), document(*LINES[:3], changed)))

    assert words_of_moves(found) == {changed}
    assert (found.words_added, found.words_removed) == (1, 1)


@pytest.mark.parametrize("words", ["None.", "Not known to us."[:9], ""])
def test_a_few_words_may_stand_anywhere(words: str) -> None:
    lines = [words] if words else []
    (found,) = moved((document(*lines, *LINES), document(*LINES, *lines)))

    assert words_of_moves(found) == set()


def test_what_was_rewritten_altogether_is_no_move() -> None:
    (found,) = moved((document(LINES[0], *LINES[2:]), document(*LINES[2:], "Nobody said a word about any of it to them.")))

    assert words_of_moves(found) == set()


def test_of_several_like_lines_each_is_taken_once() -> None:
    old = document(LINES[0], LINES[0], *LINES[2:])

    (found,) = moved((old, document(*LINES[2:], LINES[0], LINES[0])))

    assert (found.words_added, found.words_removed) == (0, 0)
    assert sum(line.move is not None for line in found.lines) == 4


def test_a_table_is_moved_as_a_whole() -> None:
    cells = [node("tableCell", node("paragraph", text(word)), cid=word) for word in ("one", "two", "three", "four")]
    table = node("table", node("tableRow", *cells, rid="r"), id="t")
    paragraphs, again = document(*LINES)["content"], table | {"attrs": {"id": "u"}}
    old, new = {"type": "doc", "content": [table, *paragraphs]}, {"type": "doc", "content": [*paragraphs, again]}

    (found,) = moved((old, new))

    assert (found.words_added, found.words_removed) == (0, 0)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(documents, documents), min_size=1, max_size=3))
def test_nothing_is_lost(pairs: list[tuple[Json, Json]]) -> None:
    found = moved(*pairs)

    assert [one.before() for one in found] == [old for old, _ in pairs]
    assert [one.after() for one in found] == [new for _, new in pairs]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents, documents)
def test_what_is_moved_is_told_at_both_ends(old: Json, new: Json) -> None:
    (found,) = moved((old, new))

    for at, line in enumerate(found.lines):
        if line.move is not None:
            other = found.lines[line.move.line]
            assert other.move is not None
            assert other.move.line == at
            assert (line.old is None) != (other.old is None)
