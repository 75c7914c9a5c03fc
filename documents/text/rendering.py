"""From the editor's document to clean HTML: what the editor shows, for pages that have no editor."""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from documents.text import flat
from documents.text.addresses import is_own_picture, is_safe_link
from documents.text.schema import Json, schema
from documents.text.values import HEADING_LEVELS

# A report's title is h1 and a section's h2, so the editor's headings, which start at level 2, are h3 to h5.
HEADING_SHIFT = 1
NOTES_CLASS = "ed-notes"

_SIMPLE = {
    "paragraph": "p",
    "blockquote": "blockquote",
    "bulletList": "ul",
    "listItem": "li",
    "tableRow": "tr",
}
_MARKS = {"bold": "strong", "italic": "em", "underline": "u"}
# What a comparison marks (`comparing_html`); no text of a section has these marks. Said in words too, hidden or shown.
_CHANGES = {
    "added": ("ins", "inserted"),
    "removed": ("del", "deleted"),
    "moved": ("span", "moved"),
    "reformatted": ("span", ""),
    "remark": ("span", ""),
}


def render(json: Json, prefix: str) -> str:
    """The HTML of a document. `prefix` starts every id in it, so that several sections can stand on one page."""
    return _Renderer(prefix).document(json)


def plain_text(json: Json) -> str:
    """The words of a document, one block a line; footnotes stand where they are referred to."""
    return "\n".join(_lines(json))


class _Renderer:
    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._notes: list[Json] = []
        self._nodes: dict[str, Callable[[Json], str]] = {
            "text": self._words,
            "hardBreak": lambda _: "<br>",
            "footnote": self._footnote,
            "heading": self._heading,
            "orderedList": self._ordered_list,
            "image": _image,
            "table": self._table,
        }

    def document(self, json: Json) -> str:
        if _is_blank_document(json):
            return ""
        return self._content(json) + self._notes_list()

    def _node(self, node: Json) -> str:
        name = node["type"]
        if name in self._nodes:
            return self._nodes[name](node)
        return _element(_SIMPLE[name], {}, self._content(node)) if name in _SIMPLE else self._content(node)

    def _content(self, node: Json) -> str:
        content = node.get("content", [])
        if node["type"] in schema().text_blocks:
            return self._inline(content)
        return "".join(map(self._node, content))

    def _inline(self, content: list[Json]) -> str:
        """Words with their marks: a mark that goes on over several pieces is one element."""
        html: list[str] = []
        open_marks: list[Json] = []
        for piece in content:
            marks = _shown_marks(piece)
            same = _common(open_marks, marks)
            html += [_closing(mark) for mark in reversed(open_marks[same:])]
            html += [_opening(mark) for mark in marks[same:]]
            html.append(self._node(piece))
            open_marks = marks
        return "".join(html) + "".join(_closing(mark) for mark in reversed(open_marks))

    def _words(self, node: Json) -> str:
        return escape(node["text"], quote=False)

    def _heading(self, node: Json) -> str:
        return _element(f"h{_level(node) + HEADING_SHIFT}", {}, self._content(node))

    def _ordered_list(self, node: Json) -> str:
        start = _attribute(node, "start")
        return _element("ol", {"start": start if start != 1 else None}, self._content(node))

    def _footnote(self, node: Json) -> str:
        self._notes.append(node)
        place = len(self._notes)
        here, there = f"{self._prefix}-ref-{place}", f"{self._prefix}-note-{place}"
        number = str(_attribute(node, "number") or place)
        link = _element("a", {"id": here, "href": f"#{there}", "role": "doc-noteref"}, number)
        kept = {"data-id": _attribute(node, "id"), "data-text": _attribute(node, "text")}
        return _element("sup", {"class": "ed-noteref", "data-footnote": "", **kept}, link)

    def _notes_list(self) -> str:
        if not self._notes:
            return ""
        items = "".join(self._note(place, node) for place, node in enumerate(self._notes, 1))
        label = {"class": NOTES_CLASS, "role": "group", "aria-label": "Footnotes of this section"}
        return _element("div", label, _element("ol", {}, items))

    def _note(self, place: int, node: Json) -> str:
        """`number`: what it is called where only a part of a text is shown (`comparing_notes`)."""
        here, there = f"{self._prefix}-note-{place}", f"{self._prefix}-ref-{place}"
        number = _attribute(node, "number")
        label = f"Back to footnote {number or place} in the text"
        back = _element("a", {"href": f"#{there}", "role": "doc-backlink", "aria-label": label}, "↩")
        text = escape(str(_attribute(node, "text") or ""), quote=False)
        return _element("li", {"id": here, "value": number}, f"{text} {back}")

    def _table(self, node: Json) -> str:
        rows = "".join(self._row(row, place) for place, row in enumerate(node.get("content", [])))
        table = _element("table", {}, _columns(node) + _element("tbody", {}, rows))
        # It may scroll sideways, so the keyboard must be able to reach it.
        return _element("div", {"class": "tableWrapper", "tabindex": 0, "role": "group", "aria-label": "Table"}, table)

    def _row(self, row: Json, place: int) -> str:
        return _element("tr", {}, "".join(self._cell(cell, place) for cell in row.get("content", [])))

    def _cell(self, cell: Json, row: int) -> str:
        spans = {name: value for name in ("colspan", "rowspan") if (value := _attribute(cell, name)) not in (None, 1)}
        if cell["type"] != "tableHeader":
            return _element("td", spans, self._content(cell))
        return _element("th", {"scope": "row" if row else "col", **spans}, self._content(cell))


def _level(heading: Json) -> int:
    level = _attribute(heading, "level")
    return min(max(level, HEADING_LEVELS[0]), HEADING_LEVELS[-1]) if isinstance(level, int) else HEADING_LEVELS[0]


def _image(node: Json) -> str:
    source, words = _attribute(node, "src"), str(_attribute(node, "alt") or "")
    if not is_own_picture(source):
        return _element("p", {}, escape(words, quote=False))
    size = {name: _attribute(node, name) for name in ("width", "height")}
    return _tag("img", {"src": source, "alt": words, **size, "loading": "lazy"})


def _columns(table: Json) -> str:
    """The widths of columns where any are set, from the first row."""
    widths: list[int] = []
    rows = table.get("content", [])
    for cell in rows[0].get("content", []) if rows else []:
        span = _attribute(cell, "colspan") or 1
        widths += (_attribute(cell, "colwidth") or [0] * span)[:span]
    if not any(widths):
        return ""
    return _element("colgroup", {}, "".join(_tag("col", {"width": width or None}) for width in widths))


def _shown_marks(piece: Json) -> list[Json]:
    """The marks that have an element: a link only where it leads somewhere safe."""
    return [mark for mark in piece.get("marks", []) if _is_shown(mark)]


def _is_shown(mark: Json) -> bool:
    return mark["type"] in _MARKS or mark["type"] in _CHANGES or is_safe_link(_attribute(mark, "href"))


def _common(one: list[Json], two: list[Json]) -> int:
    same = 0
    while same < min(len(one), len(two)) and one[same] == two[same]:
        same += 1
    return same


def _opening(mark: Json) -> str:
    if mark["type"] in _CHANGES:
        name, words = _CHANGES[mark["type"]]
        return f'<{name} class="ed-{mark["type"]}">' + (_hidden(f"[{words}: ") if words else "")
    if mark["type"] != "link":
        return f"<{_MARKS[mark['type']]}>"
    return _tag("a", {"href": _attribute(mark, "href"), "target": "_blank", "rel": "noopener noreferrer"})


def _closing(mark: Json) -> str:
    if mark["type"] in _CHANGES:
        name, words = _CHANGES[mark["type"]]
        return (_hidden("] ") if words else "") + f"</{name}>"
    return f"</{_MARKS.get(mark['type'], 'a')}>"


def _hidden(words: str) -> str:
    return f'<span class="govuk-visually-hidden">{words}</span>'


def _attribute(node: Json, name: str) -> Any:
    return (node.get("attrs") or {}).get(name)


def _tag(name: str, attributes: Json) -> str:
    said = "".join(f' {key}="{escape(str(value))}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{said}>"


def _element(name: str, attributes: Json, content: str) -> str:
    return f"{_tag(name, attributes)}{content}</{name}>"


def _is_blank_document(json: Json) -> bool:
    """An empty section: its one paragraph with nothing in it is only where one could write."""
    content = json.get("content", [])
    return not content or (len(content) == 1 and content[0]["type"] == "paragraph" and not content[0].get("content"))


def _lines(node: Json) -> Iterator[str]:
    if node["type"] == "image":
        yield str(_attribute(node, "alt") or "")
    elif node["type"] in schema().text_blocks:
        yield "".join(map(_inline_words, node.get("content", [])))
    else:
        for child in node.get("content", []):
            yield from _lines(child)


def _inline_words(node: Json) -> str:
    if node["type"] == "text":
        return str(node["text"])
    if node["type"] == "footnote":
        return f" [{_attribute(node, 'text') or ''}]"
    return "\n" if node["type"] == flat.ATOMS[flat.BREAK] else ""
