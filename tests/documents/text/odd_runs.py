"""Generated sections in the stored form that no editor would write, but some client could."""

from typing import Any

from hypothesis import strategies as st

from tests.documents.text.helpers import Json

names = st.sampled_from(
    [
        "bulletList",
        "orderedList",
        "listItem",
        "blockquote",
        "paragraph",
        "heading",
        "table",
        "tableRow",
        "tableCell",
        "image",
        "text",
        "x",
    ]
)
usual_paths = st.sampled_from(
    [
        ["bulletList", "listItem"],
        ["bulletList", "listItem", "orderedList", "listItem"],
        ["blockquote"],
        ["blockquote", "bulletList", "listItem"],
        ["orderedList", "listItem", "bulletList", "listItem", "bulletList", "listItem"],
        [["orderedList", {"start": 3}], "listItem"],
    ]
)
paths = usual_paths | st.lists(names, max_size=5)
types = st.sampled_from(
    [
        {"n": "heading", "level": 2},
        {"n": "heading", "level": 4, "more": 1},
        {"n": "listItem"},
        {"n": "table"},
        {"n": "nothing"},
        {"n": "image", "src": "/images/0a1b2c3d-0000-4000-8000-000000000000/", "alt": "A map", "width": 7, "height": 5},
        {"n": 5},
        {},
    ]
)
marks = st.fixed_dictionaries(
    {},
    optional={
        "bold": st.sampled_from([{}, True, False, None]),
        "italic": st.just({}),
        "link": st.sampled_from([{"href": "https://example.org/"}, {"href": "javascript:alert(1)"}, {"href": 5}, {}, True]),
        "unknown": st.just({"a": 1}),
        "@footnote": st.sampled_from([{"id": "n1", "text": "A note"}, {}, "no object"]),
    },
)
ends = st.fixed_dictionaries(
    {}, optional={"t": types, "p": paths, "s": st.integers(-1, 6) | st.sampled_from(["2", 1.5, True]), "bold": st.just({})}
)
words = st.text("ab \u00a0\u2028\ufffc😀", min_size=1, max_size=5)
runs = st.lists(st.tuples(words, marks) | st.tuples(st.just("\n"), ends) | st.tuples(st.just("\n"), ends), max_size=10)

states = st.sampled_from([1, {"h": 0}, {"h": 2166136261}, None, True, "x"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[Json, Json]:
    """The map of a table, and the runs of its cells."""
    rows = draw(st.lists(st.sampled_from(["1a", "2b", "3c"]), unique=True, max_size=3))
    columns = draw(st.lists(st.sampled_from(["1x", "2y", "3z"]), unique=True, max_size=3))
    shape: Json = {"at0": draw(st.sampled_from(["k1", "k1", "k1", None])), "x": draw(states)}
    if draw(st.booleans()):
        shape["at"] = draw(st.sampled_from(["k1", "k2", None]))
    cells: Json = {}
    for prefix, listed in (("r", rows), ("c", columns)):
        for name in listed:
            shape |= {f"{prefix}:{name}": 1, f"x:{name}": draw(states | st.just(1))}
    for row in rows:
        for column in columns:
            shape |= draw(_facts(row, column))
            if draw(st.booleans()):
                cells[f"t1:{row}:{column}"] = draw(runs)
    for column in columns:
        if draw(st.booleans()):
            shape[f"w:{column}"] = draw(st.integers(0, 400))
    return {key: value for key, value in shape.items() if value is not None}, cells


def _facts(row: str, column: str) -> st.SearchStrategy[dict[str, Any]]:
    spans = st.sampled_from([["2b", "2y"], ["3c", "3z"], ["1a", "3z"], ["9"], "no list", [1, 2]])
    facts = st.fixed_dictionaries({}, optional={"h": st.sampled_from([1, 0]), "s": spans})
    return facts.map(lambda made: {f"k:{row}:{column}": made} if made else {})


@st.composite
def _sections(draw: st.DrawFn) -> Json:
    shape, cells = draw(tables())
    embeds = st.sampled_from(
        [{"t": "t1", "k": "k1"}, {"t": "t1", "k": "k2"}, {"t": "gone", "k": "k1"}, {"t": 5}, {}, "no object"]
    )
    with_tables: st.SearchStrategy[list[Any]] = st.lists(
        st.tuples(embeds, st.just({})) | st.tuples(words, marks) | st.tuples(st.just("\n"), ends), max_size=12
    )
    return {"runs": draw(with_tables), "tables": {"t1": shape}, "cells": cells}


odd_sections = _sections()
