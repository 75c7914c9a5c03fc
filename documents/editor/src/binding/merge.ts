import type { Node } from "@tiptap/pm/model";
import type { EditorState, Transaction } from "@tiptap/pm/state";
import { CellSelection, mergeCells as mergeAnyCells } from "@tiptap/pm/tables";

/**
 * Whether the selected cells can be merged: all but the first are blank, so that the merge moves no words. Two people who
 * moved words at once would have them twice.
 */
export function canMergeCells(state: EditorState): boolean {
  const { selection } = state;
  if (!(selection instanceof CellSelection)) return false;
  const cells: Node[] = [];
  selection.forEachCell((cell) => cells.push(cell));
  const areBlank = cells.slice(1).every((cell) => isBlank(cell.textBetween(0, cell.content.size, "\n", "\ufffc")));
  return areBlank && mergeAnyCells(state);
}

/** Merge the selected cells, if that is possible. */
export function mergeCells(state: EditorState, dispatch?: (transaction: Transaction) => void): boolean {
  return canMergeCells(state) && mergeAnyCells(state, dispatch);
}

/** Whether a text shows nothing: the same on the server, where it decides about deleted rows. */
export function isBlank(text: string): boolean {
  return text.trim() === "";
}
