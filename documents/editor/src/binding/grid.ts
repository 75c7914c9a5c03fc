import type { Node } from "@tiptap/pm/model";
import { TableMap } from "@tiptap/pm/tables";

/** A cell of a table in the editor: where it begins in the grid, and how far it reaches. */
export interface GridCell {
  readonly node: Node;
  /** Of the cell's start, inside the table. */
  readonly offset: number;
  readonly row: number;
  readonly column: number;
  readonly height: number;
  readonly width: number;
}

export interface Grid {
  readonly width: number;
  readonly cells: readonly GridCell[];
}

const grids = new WeakMap<Node, Grid>();

export function gridOf(table: Node): Grid {
  let grid = grids.get(table);
  if (!grid) grids.set(table, (grid = readGrid(table)));
  return grid;
}

function readGrid(table: Node): Grid {
  const map = TableMap.get(table);
  const cells: GridCell[] = [];
  const seen = new Set<number>();
  map.map.forEach((offset, index) => {
    // 0 marks a hole; it is filled before the binding looks.
    if (offset === 0 || seen.has(offset)) return;
    seen.add(offset);
    const node = table.nodeAt(offset);
    if (!node) return;
    const [height, width] = [Number(node.attrs["rowspan"]), Number(node.attrs["colspan"])];
    cells.push({ node, offset, row: Math.floor(index / map.width), column: index % map.width, height, width });
  });
  return { width: map.width, cells };
}

export function rowIds(table: Node): (string | null)[] {
  return table.children.map((row) => row.attrs["rid"] as string | null);
}

export function columnId(cell: Node): string | null {
  return cell.attrs["cid"] as string | null;
}
