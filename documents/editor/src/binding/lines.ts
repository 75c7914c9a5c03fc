import type { Node } from "@tiptap/pm/model";
import { type EditorState, TextSelection, type Transaction } from "@tiptap/pm/state";
import { isInTable, removeColumn, removeRow, selectedRect, TableMap, type TableRect } from "@tiptap/pm/tables";
import { type GridCell, gridOf } from "./grid";

type Dispatch = (transaction: Transaction) => void;

/** Delete the rows of the selection, and with them the words of merged cells that begin in them. */
export function deleteRow(state: EditorState, dispatch?: Dispatch): boolean {
  if (!isInTable(state)) return false;
  const rect = selectedRect(state);
  if (rect.top === 0 && rect.bottom === rect.map.height) return false;
  if (dispatch) dispatch(removeLines(state, rect, rect.top, rect.bottom, "row"));
  return true;
}

/** Delete the columns of the selection, and with them the words of merged cells that begin in them. */
export function deleteColumn(state: EditorState, dispatch?: Dispatch): boolean {
  if (!isInTable(state)) return false;
  const rect = selectedRect(state);
  if (rect.left === 0 && rect.right === rect.map.width) return false;
  if (dispatch) dispatch(removeLines(state, rect, rect.left, rect.right, "column"));
  return true;
}

type Kind = "row" | "column";

/**
 * ProseMirror would move the words of such a cell into the next row or column. Two people who do that at once would
 * have them twice, so the cell is divided first: its words stay where they are, and go with it.
 */
function removeLines(state: EditorState, rect: TableRect, from: number, to: number, kind: Kind): Transaction {
  const { tr } = state;
  const crossing = gridOf(rect.table).cells.filter((cell) => startOf(cell, kind) >= from && startOf(cell, kind) < to && endOf(cell, kind) > to);
  for (const cell of crossing) divide(tr, rect, cell, to, kind);
  for (let line = to - 1; line >= from; line -= 1) {
    const table = tr.doc.nodeAt(rect.tableStart - 1)!;
    const now = { ...rect, table, map: TableMap.get(table) };
    if (kind === "row") removeRow(tr, now, line);
    else removeColumn(tr, now, line);
  }
  return keepInTable(tr, rect.tableStart);
}

function startOf({ row, column }: GridCell, kind: Kind): number {
  return kind === "row" ? row : column;
}

function endOf(cell: GridCell, kind: Kind): number {
  return startOf(cell, kind) + (kind === "row" ? cell.height : cell.width);
}

/** Let a merged cell end before this line, and fill what it leaves with empty cells. */
function divide(tr: Transaction, { tableStart }: TableRect, { node, row, column, height, width }: GridCell, line: number, kind: Kind): void {
  const table = tr.doc.nodeAt(tableStart - 1)!;
  const map = TableMap.get(table);
  const [top, left] = kind === "row" ? [line, column] : [row, line];
  const position = map.map[row * map.width + column]!;
  const size = kind === "row" ? { rowspan: line - row } : { colspan: line - column, colwidth: widths(node, line - column) };
  for (let down = row + height - 1; down >= top; down -= 1) {
    for (let along = column + width - 1; along >= left; along -= 1) {
      tr.insert(tableStart + map.positionAt(down, column + width, table), node.type.createAndFill()!);
    }
  }
  tr.setNodeMarkup(tableStart + position, null, { ...node.attrs, ...size });
}

function widths({ attrs }: Node, count: number): number[] | null {
  const all = attrs["colwidth"] as number[] | null;
  return all ? all.slice(0, count) : null;
}

function keepInTable(tr: Transaction, tableStart: number): Transaction {
  const table = tr.doc.nodeAt(tableStart - 1);
  const { from } = tr.selection;
  if (!table || (from >= tableStart && from < tableStart + table.content.size)) return tr;
  return tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(Math.max(from, tableStart), tableStart + table.content.size - 1)), -1));
}
