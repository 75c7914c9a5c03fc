"""From the demonstration's blocks, as people write them in a file, to the editor's document."""

from collections.abc import Iterable
from typing import Any

from documents.text.ordering import new_id
from documents.text.schema import Json
from documents.text.values import HEADING_LEVELS


def from_blocks(blocks: Iterable[Json]) -> Json:
    """ValueError where a block is of no known kind."""
    content = [node for block in blocks for node in _nodes(block)]
    return {"type": "doc", "content": content or [{"type": "paragraph"}]}


def _nodes(block: Json) -> list[Json]:
    match block["type"]:
        case "paragraph":
            return [_paragraph(block["content"])]
        case "heading":
            return [_heading(block)]
        case "list":
            return [_list(block)]
        case "quote":
            return [_quote(block)]
        case "table":
            return _table(block)
    raise ValueError(f"There is no kind of block called “{block['type']}”.")


def _paragraph(runs: list[Json]) -> Json:
    return _with("paragraph", runs)


def _heading(block: Json) -> Json:
    level = min(max(block["level"], HEADING_LEVELS[0]), HEADING_LEVELS[-1])
    return _with("heading", block["content"]) | {"attrs": {"level": level}}


def _list(block: Json) -> Json:
    items = [{"type": "listItem", "content": [_paragraph(runs)]} for runs in block["items"]]
    return {"type": "orderedList" if block["ordered"] else "bulletList", "content": items}


def _quote(block: Json) -> Json:
    """Who said it is the last paragraph of the quotation."""
    paragraphs = [_paragraph(block["content"])]
    if block.get("attribution"):
        paragraphs.append(_paragraph([{"text": f"– {block['attribution']}"}]))
    return {"type": "blockquote", "content": paragraphs}


def _table(block: Json) -> list[Json]:
    """The caption goes before the table as a paragraph in bold: a table itself has none in the editor."""
    caption = [_paragraph([{"text": block["caption"], "bold": True}])] if block.get("caption") else []
    header = [_row("tableHeader", block["header"])] if block.get("header") else []
    rows = [_row("tableCell", row) for row in block["rows"]]
    return [*caption, {"type": "table", "content": header + rows}]


def _row(name: str, cells: list[list[Json]]) -> Json:
    return {"type": "tableRow", "content": [{"type": name, "content": [_paragraph(runs)]} for runs in cells]}


def _with(name: str, runs: list[Json]) -> Json:
    content = [_inline(run) for run in runs if run.get("footnote") or run.get("text")]
    return {"type": name, "content": content} if content else {"type": name}


def _inline(run: Json) -> Json:
    if "footnote" in run:
        return {"type": "footnote", "attrs": {"id": new_id(), "text": run["footnote"]}}
    marks: list[dict[str, Any]] = [{"type": name} for name in ("bold", "italic") if run.get(name)]
    return {"type": "text", "text": run["text"]} | ({"marks": marks} if marks else {})
