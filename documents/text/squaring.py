"""Tables that others wrote, made rectangular: every place is covered by exactly one cell."""

from collections.abc import Sequence
from typing import Any

from documents.text.laying import node_of
from documents.text.schema import Json

# A cell that says it spans more is not believed, nor is any in a table that has become bigger.
WIDEST = 100
BIGGEST = 100_000

Place = tuple[int, int]


def squared_up(rows: list[list[Json]], widths: Sequence[int]) -> list[Json]:
    """The rows, each place filled. A cell that would lie over another, or reach below the table, is cut to what is free."""
    taken: set[Place] = set()
    placed: list[dict[int, Json]] = []
    for down, cells in enumerate(rows):
        placed.append(row := {})
        along = 0
        for cell in cells:
            while (down, along) in taken:
                along += 1
            height, width = _free_span(cell["attrs"], (down, along), len(rows), taken)
            own = list(widths[along : along + width])
            reach = {"rowspan": height, "colspan": width, "colwidth": own if any(own) else None}
            row[along] = cell | {"attrs": cell["attrs"] | reach}
            taken |= {(down + i, along + j) for i in range(height) for j in range(width)}
    width = 1 + max((along for _, along in taken), default=-1)
    made = [_row(row, [along for along in range(width) if (down, along) not in taken]) for down, row in enumerate(placed)]
    return made if width else []


def _free_span(attributes: dict[str, Any], at: Place, height: int, taken: set[Place]) -> tuple[int, int]:
    if len(taken) > BIGGEST:
        return 1, 1
    wide = 1
    while wide < min(attributes["colspan"], WIDEST) and (at[0], at[1] + wide) not in taken:
        wide += 1
    high = 1
    while high < min(attributes["rowspan"], height - at[0]):
        if any((at[0] + high, at[1] + along) in taken for along in range(wide)):
            break
        high += 1
    return high, wide


def _row(cells: dict[int, Json], holes: list[int]) -> Json:
    empty = {along: node_of("tableCell", {}, [{"type": "paragraph"}]) for along in holes}
    return node_of("tableRow", {}, [cell for _, cell in sorted((cells | empty).items(), key=lambda item: item[0])])
