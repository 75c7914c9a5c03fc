"""Short ways to make documents, in the editor's form and in the stored one."""

from typing import Any

from pycrdt import Doc, Map, Text

from documents.text import flat
from documents.text.reading import read_section

Json = dict[str, Any]
# Attributes that a document may leave out, with what they then are.
UNSAID = {"colspan": 1, "rowspan": 1, "start": 1}


def text(words: str, *marks: str | Json) -> Json:
    """Words with marks: by name, or a mark with attributes."""
    listed = [{"type": mark} if isinstance(mark, str) else mark for mark in marks]
    return {"type": "text", "text": words} | ({"marks": listed} if listed else {})


def node(name: str, *content: Json | str, **attributes: Any) -> Json:
    """A node; plain words in it are text."""
    children = [text(child) if isinstance(child, str) else child for child in content]
    return {"type": name} | ({"attrs": attributes} if attributes else {}) | ({"content": children} if children else {})


def paragraph(*content: Json | str) -> Json:
    return node("paragraph", *content)


def document(*blocks: Json) -> Json:
    return {"type": "doc", "content": list(blocks)}


def table(*rows: list[str], header: bool = True) -> Json:
    """A table with one paragraph a cell; the first row is the header."""
    made = [
        node("tableRow", *[_cell("tableHeader" if header and place == 0 else "tableCell", words) for words in row])
        for place, row in enumerate(rows)
    ]
    return node("table", *made)


def _cell(name: str, words: str) -> Json:
    return node(name, paragraph(words) if words else paragraph())


def link(address: str) -> Json:
    return {"type": "link", "attrs": {"href": address}}


def same(json: Any, *, names: bool = False) -> Any:
    """A document for comparison: nothing that is said although it holds anyway, and tables' own names only if asked."""
    if isinstance(json, list):
        return [same(one, names=names) for one in json]
    if not isinstance(json, dict):
        return json
    made = {key: same(value, names=names) for key, value in json.items() if key != "attrs"}
    if "marks" in made:
        made["marks"] = sorted(made["marks"], key=lambda mark: mark["type"])
    attributes = {
        key: value for key, value in (json.get("attrs") or {}).items() if _is_said(json["type"], key, value, names)
    }
    return made | ({"attrs": attributes} if attributes else {})


def _is_said(name: str, key: str, value: Any, names: bool) -> bool:
    if name == "link":
        return key == "href"
    if key in ("rid", "cid") or (name == "table" and key == "id"):
        return names
    return value is not None and UNSAID.get(key) != value


def stored(*runs: tuple[Any, Json], tables: Json | None = None, cells: Json | None = None) -> "Doc[Any]":
    """A document in the stored form: runs of the section, maps of tables, and runs of cells by `table:row:column`."""
    doc: Doc[Any] = Doc()
    _write(doc.get(flat.SECTION, type=Text), list(runs))
    for name, shape in (tables or {}).items():
        root = doc.get(f"t:{name}", type=Map)
        for key, value in shape.items():
            root[key] = value
    for name, content in (cells or {}).items():
        _write(doc.get(f"t:{name}", type=Text), content if isinstance(content, list) else [(f"{content}\n", {})])
    return doc


def _write(root: Text, runs: list[tuple[Any, Json]]) -> None:
    for inserted, formats in reversed(runs):
        if isinstance(inserted, str):
            root.insert(0, inserted, formats or None)
        else:
            root.insert_embed(0, inserted, formats or None)


def read(*runs: tuple[Any, Json], **more: Json) -> list[Json]:
    """The blocks that these runs are read as."""
    blocks: list[Json] = read_section(stored(*runs, **more))["content"]
    return blocks
