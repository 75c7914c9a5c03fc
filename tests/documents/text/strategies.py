"""Generated documents that keep to the schema, as the editor would have them."""

from typing import Any

from hypothesis import strategies as st

from documents.text.schema import schema
from tests.documents.text.helpers import Json, node, text

words = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Co"), blacklist_characters="\u2028\u2029\ufffc"),
    min_size=1,
    max_size=12,
)
addresses = st.sampled_from(
    ["https://www.example.org/a?b=1&c=2", "mailto:someone@example.org", 'https://example.org/"quoted"']
)
note_texts = (
    st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
letters = st.text("abcdef0123456789", min_size=8, max_size=8)


@st.composite
def marks(draw: st.DrawFn) -> list[Json]:
    names = draw(st.sets(st.sampled_from(list(schema().mark_order)), max_size=3))
    made = [{"type": name, "attrs": {"href": draw(addresses)}} if name == "link" else {"type": name} for name in names]
    return sorted(made, key=lambda mark: schema().mark_order[mark["type"]])


@st.composite
def inline(draw: st.DrawFn) -> Json:
    kind = draw(st.sampled_from(["text", "text", "text", "text", "hardBreak", "footnote"]))
    if kind == "text":
        return text(draw(words), *draw(marks()))
    if kind == "hardBreak":
        return node("hardBreak")
    return node("footnote", id=draw(letters), text=draw(note_texts))


def _joined(pieces: list[Json]) -> list[Json]:
    """Side by side texts with the same marks are one, as in every editor."""
    made: list[Json] = []
    for piece in pieces:
        last = made[-1] if made else {}
        if piece["type"] == last.get("type") == "text" and piece.get("marks") == last.get("marks"):
            made[-1] = last | {"text": last["text"] + piece["text"]}
        else:
            made.append(piece)
    return made


inlines = st.lists(inline(), max_size=5).map(_joined)
paragraphs = inlines.map(lambda content: node("paragraph", *content))
headings = st.builds(lambda content, level: node("heading", *content, level=level), inlines, st.integers(2, 4))
images = st.builds(
    lambda alt, width: node("image", src="/images/0a1b2c3d-0000-4000-8000-000000000000/", alt=alt, width=width, height=40),
    words,
    st.integers(1, 4000),
)


def _lists(items: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    bullets = st.lists(items, min_size=1, max_size=3).map(lambda made: node("bulletList", *made))
    numbered = st.builds(
        lambda made, start: node("orderedList", *made, start=start),
        st.lists(items, min_size=1, max_size=3),
        st.integers(1, 9),
    )
    return bullets | numbered


def _deeper(inside: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    items = st.builds(lambda first, rest: node("listItem", first, *rest), paragraphs, st.lists(inside, max_size=2))
    return _lists(items)


lists = _lists(paragraphs.map(lambda first: node("listItem", first)))
nested_lists = st.recursive(lists, _deeper, max_leaves=4)


def _allowed(name: str, *made: tuple[str, st.SearchStrategy[Json]]) -> st.SearchStrategy[Json]:
    return st.one_of([strategy for child, strategy in made if schema().may_contain(name, child)])


simple = (("paragraph", paragraphs), ("heading", headings), ("bulletList", nested_lists), ("image", images))
quotes = st.lists(_allowed("blockquote", *simple), min_size=1, max_size=3).map(lambda made: node("blockquote", *made))
cell_contents = st.lists(_allowed("tableCell", *simple), min_size=1, max_size=2)


@st.composite
def tables(draw: st.DrawFn) -> Json:
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    merge = draw(st.none() | st.tuples(st.integers(0, height - 1), st.integers(0, width - 1)))
    has_header = draw(st.booleans())
    widths = draw(st.lists(st.sampled_from([0, 0, 80, 200]), min_size=width, max_size=width))
    rows: list[Json] = []
    for down in range(height):
        cells: list[Json] = []
        for along in range(width):
            spans = _spans(merge, (down, along), (height, width))
            if spans is not None:
                name = "tableHeader" if has_header and down == 0 else "tableCell"
                own = widths[along : along + spans["colspan"]]
                spans |= {"colwidth": own} if any(own) else {}
                cells.append(node(name, *draw(cell_contents), **spans))
        rows.append(node("tableRow", *cells))
    return node("table", *rows)


def _spans(merge: tuple[int, int] | None, at: tuple[int, int], size: tuple[int, int]) -> dict[str, Any] | None:
    """The spans of a cell; None where the merged cell, which reaches to the table's end, covers it."""
    if merge is None or at[0] < merge[0] or at[1] < merge[1]:
        return {"colspan": 1, "rowspan": 1}
    return {"rowspan": size[0] - merge[0], "colspan": size[1] - merge[1]} if at == merge else None


documents = st.lists(_allowed("doc", *simple, ("blockquote", quotes), ("table", tables())), min_size=1, max_size=6).map(
    lambda made: {"type": "doc", "content": made}
)
