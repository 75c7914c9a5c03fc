"""A table, from its map and the texts of its cells, as everybody's editor shows it."""

from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import Any

from pycrdt import Doc, Map, Text

from documents.text import flat
from documents.text.laying import Layer, node_of
from documents.text.schema import Json

# Hand-made tables could take a server's memory: of a bigger one only the cells with words are shown, each as a row, and one
# that stands in more places is shown in the first of them.
MOST_CELLS = 100_000
MOST_SHOWN = 10

Runs = list[tuple[Any, Json | None]]
Place = tuple[int, int]


class TableReader:
    """Reads the tables of one document."""

    def __init__(self, doc: Doc[Any]) -> None:
        self._doc = doc
        self._roots = frozenset(doc.keys())
        self._tables: dict[str, _Table] = {}

    def read(self, embed: Any) -> Json | None:
        """The table that stands at this embed; None where it is deleted, moved away or empty."""
        if not isinstance(embed, dict) or not isinstance(embed.get("t"), str):
            return None
        name = embed["t"]
        if name not in self._tables and flat.table_root(name) in self._roots:
            shape = self._doc.get(flat.table_root(name), type=Map).to_py() or {}
            self._tables[name] = _Table(name, shape, self._runs, self._cells_of(name))
        return self._tables[name].at(embed.get("k")) if name in self._tables else None

    def _cells_of(self, name: str) -> list[tuple[str, str]]:
        return sorted(self._cells.get(name, []))

    @cached_property
    def _cells(self) -> dict[str, list[tuple[str, str]]]:
        """The rows and columns of all cells that hold something, by table."""
        cells: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for root in self._roots:
            match root.split(":"):
                case ["t", table, row, column]:
                    cells[table].append((row, column))
        return cells

    def _runs(self, root: str) -> Runs:
        return list(self._doc.get(root, type=Text).diff()) if root in self._roots else []


class _Table:
    def __init__(self, table: str, shape: Json, runs: Callable[[str], Runs], filled: list[tuple[str, str]]) -> None:
        self._id = table
        self._shape = shape
        self._runs_of = runs
        self._filled = filled
        self._cells: dict[tuple[str, str], Runs] = {}
        self._times_shown = 0

    @cached_property
    def _all_rows(self) -> list[str]:
        return sorted(key[2:] for key in self._shape if key.startswith("r:"))

    @cached_property
    def _all_columns(self) -> list[str]:
        return sorted(key[2:] for key in self._shape if key.startswith("c:"))

    def at(self, nonce: Any) -> Json | None:
        """The table, if this is the embed that shows it now and something in it is to be shown."""
        if "at0" not in self._shape or nonce is None or self._times_shown == MOST_SHOWN:
            return None
        at = self._shape.get("at")
        if nonce != (self._shape["at0"] if at is None else at):
            return None
        self._times_shown += 1
        return self._shown

    @cached_property
    def _shown(self) -> Json | None:
        if len(self._all_rows) * len(self._all_columns) > MOST_CELLS:
            return self._as_list()
        if not self._is_shown("x", self._all_rows, self._all_columns):
            return None
        rows = [row for row in self._all_rows if self._is_shown(f"x:{row}", [row], self._all_columns)]
        columns = [column for column in self._all_columns if self._is_shown(f"x:{column}", self._all_rows, [column])]
        return node_of("table", {"id": self._id}, self._rows(rows, columns)) if rows and columns else None

    def _as_list(self) -> Json | None:
        cells = [node_of("tableCell", {}, Layer("tableCell").lay(self._runs(row, column))) for row, column in self._filled]
        rows = [node_of("tableRow", {}, [cell]) for cell in cells]
        return node_of("table", {}, rows) if rows else None

    def _is_shown(self, key: str, rows: list[str], columns: list[str]) -> bool:
        """Alive; or deleted, but its words have changed since; or its making undone, but there are words in it."""
        state = self._shape.get(key)
        if state == 1 and state is not True:
            return True
        words = "".join(
            f"{row}:{column}={text}\0"
            for row in rows
            for column in columns
            if not flat.is_blank(text := self._words(row, column))
        )
        if isinstance(state, dict):
            return fingerprint(words) != state.get("h")
        return bool(state or words)

    def _runs(self, row: str, column: str) -> Runs:
        if (row, column) not in self._cells:
            self._cells[row, column] = self._runs_of(flat.cell_root(self._id, row, column))
        return self._cells[row, column]

    def _words(self, row: str, column: str) -> str:
        return "".join(inserted for inserted, _ in self._runs(row, column) if isinstance(inserted, str))

    def _rows(self, rows: list[str], columns: list[str]) -> list[Json]:
        covered: set[Place] = set()
        made = []
        for down, row in enumerate(rows):
            places = [(down, along) for along in range(len(columns))]
            cells = [self._cell(rows, columns, at, covered) for at in places if at not in covered]
            made.append(node_of("tableRow", {"rid": row}, cells))
        return made

    def _cell(self, rows: list[str], columns: list[str], at: Place, covered: set[Place]) -> Json:
        row, column = rows[at[0]], columns[at[1]]
        facts = self._shape.get(f"k:{row}:{column}")
        facts = facts if isinstance(facts, dict) else {}
        height, width = self._span(rows, columns, at, facts.get("s"), covered)
        widths = [_whole(self._shape.get(f"w:{one}")) for one in columns[at[1] : at[1] + width]]
        attributes = {"colspan": width, "rowspan": height, "colwidth": widths if any(widths) else None, "cid": column}
        name = "tableHeader" if facts.get("h") else "tableCell"
        return node_of(name, attributes, Layer(name).lay(self._runs(row, column)))

    def _span(self, rows: list[str], columns: list[str], at: Place, last: Any, covered: set[Place]) -> Place:
        """How far a merged cell reaches: only over cells that are blank and that no other covers. Words first."""
        if not isinstance(last, list) or len(last) != 2 or not all(isinstance(one, str) for one in last):
            return 1, 1
        height = _reach(rows, at[0], last[0])
        width = _reach(columns, at[1], last[1])
        others = {(at[0] + down, at[1] + along) for down in range(height) for along in range(width)} - {at}
        if others & covered or not all(flat.is_blank(self._words(rows[down], columns[along])) for down, along in others):
            return 1, 1
        covered |= others
        return height, width


def _reach(ids: list[str], start: int, last: str) -> int:
    end = start + 1
    while end < len(ids) and ids[end] <= last:
        end += 1
    return end - start


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and 0 < value < 100_000 else 0


def fingerprint(words: str) -> int:
    """FNV-1a of 32 bits over code points, as the editor's binding has it."""
    value = 0x811C9DC5
    for character in words:
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return value
