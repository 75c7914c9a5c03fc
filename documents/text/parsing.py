"""From HTML, our own or what others wrote, to the editor's document."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from documents.text import flat
from documents.text.addresses import is_own_picture, is_safe_link
from documents.text.laying import fitting, node_of
from documents.text.markup import Element, parse_markup
from documents.text.ordering import new_id
from documents.text.rendering import HEADING_SHIFT, NOTES_CLASS
from documents.text.schema import Json, schema
from documents.text.squaring import squared_up
from documents.text.values import HEADING_LEVELS

Child = Element | str

_ROW_GROUPS = ("thead", "tbody", "tfoot")

_MARKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline"}
_LISTS = {"ul": "bulletList", "ol": "orderedList"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "table", "img", "div", "section", "figure", "article", "pre", *_HEADINGS}
_LINE_END = re.compile(r"[ \t\f]*[\r\n][ \t\r\n\f]*")


def parse(html: str) -> Json:
    """The document that this HTML says. Whatever has no place in a section loses its element, not its words."""
    tree = parse_markup(html)
    content = _Parser().blocks(tree.children)
    fitted = [block for top in content for block in fitting(top, schema().top)]
    return {"type": schema().top, "content": fitted or [{"type": "paragraph"}]}


class _Parser:
    def __init__(self) -> None:
        self._blocks_of: dict[str, Callable[[Element], list[Json]]] = {
            "p": lambda element: self._lines("paragraph", {}, element),
            "ul": self._list,
            "ol": self._list,
            "blockquote": lambda element: [node_of("blockquote", {}, self.blocks(element.children))],
            "table": self._table,
            "img": _picture,
            **dict.fromkeys(_HEADINGS, self._heading),
        }

    def blocks(self, children: list[Child]) -> list[Json]:
        """The blocks of an element; words that stand between blocks are paragraphs."""
        blocks: list[Json] = []
        loose: list[Child] = []
        for child in children:
            if isinstance(child, Element) and (child.name in _BLOCKS or _holds_blocks(child)):
                blocks += self._loose(loose)
                loose = []
                blocks += self._block(child)
            else:
                loose.append(child)
        return blocks + self._loose(loose)

    def _block(self, element: Element) -> list[Json]:
        if element.attributes.get("class") == NOTES_CLASS:
            return []
        known = self._blocks_of.get(element.name)
        return known(element) if known else self.blocks(element.children)

    def _loose(self, children: list[Child]) -> list[Json]:
        inline = _trimmed(list(self._inline(children, [])))
        return [node_of("paragraph", {}, inline)] if inline else []

    def _lines(self, name: str, attributes: Json, element: Element) -> list[Json]:
        """A block of words. A picture in it, which is a block of its own here, comes after."""
        pictures = [picture for child in _elements(element) if child.name == "img" for picture in _picture(child)]
        inline = _joined(self._inline(element.children, []))
        return ([] if pictures and not inline else [node_of(name, attributes, inline)]) + pictures

    def _heading(self, element: Element) -> list[Json]:
        level = min(max(_HEADINGS[element.name] - HEADING_SHIFT, HEADING_LEVELS[0]), HEADING_LEVELS[-1])
        return self._lines("heading", {"level": level}, element)

    def _list(self, element: Element) -> list[Json]:
        children = [child for child in element.children if isinstance(child, Element) or child.strip()]
        items = [self._item(child) for child in children]
        start = element.attributes.get("start", "")
        attributes = {"start": int(start)} if element.name == "ol" and start.isdecimal() and len(start) < 9 else {}
        return [node_of(_LISTS[element.name], attributes, items)] if items else []

    def _item(self, child: Child) -> Json:
        blocks = self.blocks(child.children if isinstance(child, Element) and child.name == "li" else [child])
        return node_of("listItem", {}, _item_content(blocks))

    def _table(self, element: Element) -> list[Json]:
        """A table, and before it what is in it but in no cell: its caption, and words that have strayed there."""
        rows = [self._row(row) for row in _elements(element, within=_ROW_GROUPS) if row.name == "tr"]
        squared = squared_up(rows, [_number(column.attributes.get("width")) for column in _columns(element)])
        return self.blocks(list(_strays(element))) + ([node_of("table", {}, squared)] if squared else [])

    def _row(self, row: Element) -> list[Json]:
        return [self._cell(cell) for cell in row.children if isinstance(cell, Element) and cell.name in ("td", "th")]

    def _cell(self, cell: Element) -> Json:
        name = "tableHeader" if cell.name == "th" else "tableCell"
        spans = {key: value for key in ("colspan", "rowspan") if (value := _number(cell.attributes.get(key)))}
        blocks = [block for top in self.blocks(cell.children) for block in fitting(top, name)]
        return node_of(name, spans, blocks or [{"type": "paragraph"}])

    def _inline(self, children: list[Child], marks: list[Json]) -> Iterator[Json]:
        for child in children:
            if isinstance(child, str):
                if words := _words(child):
                    yield _marked({"type": "text", "text": words}, marks)
            elif child.name == "br":
                yield _marked(node_of("hardBreak", {}), marks)
            elif "data-footnote" in child.attributes:
                yield _marked(_footnote(child), marks)
            else:
                yield from self._inline(child.children, _with_mark(marks, child))


def _footnote(element: Element) -> Json:
    attributes = element.attributes
    return node_of("footnote", {"id": attributes.get("data-id") or new_id(), "text": attributes.get("data-text", "")})


def _elements(element: Element, within: tuple[str, ...] | None = None) -> Iterator[Element]:
    """The elements inside; with `within`, looking only into elements of these names."""
    for child in element.children:
        if isinstance(child, Element):
            yield child
            if within is None or child.name in within:
                yield from _elements(child, within)


def _strays(element: Element) -> Iterator[Child]:
    for child in element.children:
        if isinstance(child, str) or child.name not in (*_ROW_GROUPS, "tr", "td", "th", "colgroup"):
            yield Element("p", {}, child.children) if isinstance(child, Element) and child.name == "caption" else child
        elif child.name not in ("td", "th"):
            yield from _strays(child)


def _columns(table: Element) -> list[Element]:
    return [element for element in _elements(table, within=("colgroup",)) if element.name == "col"]


def _holds_blocks(element: Element) -> bool:
    return any(inside.name in _BLOCKS for inside in _elements(element))


def _picture(element: Element) -> list[Json]:
    attributes = element.attributes
    if not is_own_picture(attributes.get("src")):
        return []
    size = {name: value for name in ("width", "height") if (value := _number(attributes.get(name)))}
    return [node_of("image", {"src": attributes["src"], "alt": attributes.get("alt", ""), **size})]


def _with_mark(marks: list[Json], element: Element) -> list[Json]:
    if element.name == "a" and is_safe_link(element.attributes.get("href")):
        mark: Json = {"type": "link", "attrs": schema().mark_attributes("link", {"href": element.attributes["href"]})}
    elif element.name in _MARKS:
        mark = {"type": _MARKS[element.name]}
    else:
        return marks
    others = [one for one in marks if one["type"] != mark["type"]]
    return sorted([*others, mark], key=lambda one: schema().mark_order[one["type"]])


def _marked(node: Json, marks: list[Json]) -> Json:
    return node | ({"marks": marks} if marks else {})


def _words(text: str) -> str:
    """Text as an editor has it: the source's line ends are spaces."""
    return _LINE_END.sub(" ", text).replace(flat.BREAK, " ")


def _joined(pieces: Iterator[Json]) -> list[Json]:
    """Texts with equal marks that stand side by side are one."""
    joined: list[Json] = []
    for piece in pieces:
        last = joined[-1] if joined else {}
        if piece["type"] == last.get("type") == "text" and piece.get("marks") == last.get("marks"):
            last["text"] += piece["text"]
        else:
            joined.append(piece)
    return joined


def _trimmed(pieces: list[Json]) -> list[Json]:
    """Words between blocks, without the white space that only laid out the source."""
    joined = _joined(iter(pieces))
    if joined and joined[0]["type"] == "text":
        joined[0]["text"] = joined[0]["text"].lstrip()
    if joined and joined[-1]["type"] == "text":
        joined[-1]["text"] = joined[-1]["text"].rstrip()
    return [piece for piece in joined if piece.get("text") != ""]


def _item_content(blocks: list[Json]) -> list[Json]:
    """An item starts with a paragraph; what an item cannot hold becomes paragraphs."""
    fitted = [block for top in blocks for block in fitting(top, "listItem")]
    starts_right = fitted and fitted[0]["type"] == "paragraph"
    return fitted if starts_right else [{"type": "paragraph"}, *fitted]


def _number(value: Any) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 6 else 0
