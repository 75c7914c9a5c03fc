"""Writes tables into a document in the way that `table_reading` and the editor read them."""

from typing import Any

from pycrdt import Doc, Map, Text

from documents.text import flat
from documents.text.flattening import Run, flatten, write_runs
from documents.text.ordering import completed, is_name, new_id
from documents.text.schema import Json


class TableBuilder:
    """Writes the tables of one document."""

    def __init__(self, doc: "Doc[Any]") -> None:
        self._doc = doc
        self._used: set[str] = set()

    def embed(self, runs: list[Run]) -> list[Run]:
        """The runs with each table written, and in its place the embed that shows it."""
        return [run if isinstance(run[0], str) else (self._write(run[0]), {}) for run in runs]

    def _write(self, table: Json) -> Json:
        name = self._name((table.get("attrs") or {}).get("id"))
        nonce = new_id()
        cells = grid_of(table)
        rows, columns = _row_names(table), _column_names(cells)
        shape: Json = {"at0": nonce, "at": nonce, "x": 1}
        for prefix, names in (("r", rows), ("c", columns)):
            for one in names:
                shape |= {f"{prefix}:{one}": 1, f"x:{one}": 1}
        for (down, along), cell in cells.items():
            shape |= self._cell(name, (down, along), rows, columns, cell)
        root = self._doc.get(flat.table_root(name), type=Map)
        for key, value in shape.items():
            root[key] = value
        return {"t": name, "k": nonce}

    def _name(self, given: Any) -> str:
        """The table's own name, unless it has none or another table of the document has it."""
        is_usable = is_name(given) and given not in self._used
        name = given if is_usable else new_id()
        self._used.add(name)
        return str(name)

    def _cell(self, table: str, at: tuple[int, int], rows: list[str], columns: list[str], cell: Json) -> Json:
        """The facts of a cell for the table's map; its words go into a text of their own."""
        row, column = rows[at[0]], columns[at[1]]
        if cell["content"] != [{"type": "paragraph"}]:
            write_runs(self._doc.get(flat.cell_root(table, row, column), type=Text), flatten(cell["content"]))
        attributes = cell.get("attrs") or {}
        height, width = _span(cell)
        facts: Json = {"h": 1} if cell["type"] == "tableHeader" else {}
        if height > 1 or width > 1:
            facts["s"] = [rows[at[0] + height - 1], columns[at[1] + width - 1]]
        widths = {
            f"w:{columns[at[1] + place]}": value for place, value in enumerate(attributes.get("colwidth") or []) if value
        }
        return ({f"k:{row}:{column}": facts} if facts else {}) | widths


def grid_of(table: Json) -> dict[tuple[int, int], Json]:
    """Each cell of a table at its row and column. ValueError where the cells make no rectangle."""
    cells: dict[tuple[int, int], Json] = {}
    taken: set[tuple[int, int]] = set()
    for down, row in enumerate(table["content"]):
        along = 0
        for cell in row.get("content", []):
            while (down, along) in taken:
                along += 1
            height, width = _span(cell)
            cells[down, along] = cell
            covered = {(down + i, along + j) for i in range(height) for j in range(width)}
            if covered & taken:
                raise ValueError("Two cells of a table lie over each other.")
            taken |= covered
    if not taken or len(taken) != len(table["content"]) * (1 + max(along for _, along in taken)):
        raise ValueError("The rows of a table do not have the same number of cells.")
    return cells


def _span(cell: Json) -> tuple[int, int]:
    attributes = cell.get("attrs") or {}
    spans = attributes.get("rowspan", 1), attributes.get("colspan", 1)
    if not all(isinstance(span, int) and 1 <= span <= 1000 for span in spans):
        raise ValueError("A cell of a table spans a number of rows and columns that is none.")
    return spans


def _row_names(table: Json) -> list[str]:
    return completed([(row.get("attrs") or {}).get("rid") for row in table["content"]])


def _column_names(cells: dict[tuple[int, int], Json]) -> list[str]:
    """A column is named by the first cell that starts in it; one that only merged cells cover has no name yet."""
    count = 1 + max(along + _span(cell)[1] - 1 for (_, along), cell in cells.items())
    names: list[Any] = [None] * count
    for (_, along), cell in cells.items():
        names[along] = names[along] or (cell.get("attrs") or {}).get("cid")
    return completed(names)
