import type { EditorState, Transaction } from "@tiptap/pm/state";
import { CellSelection, mergeCells as mergeAnyCells } from "@tiptap/pm/tables";

/** Whether the selected cells can be merged: all of them but one at most are blank, so that the merge joins no words. */
export function canMergeCells(state: EditorState): boolean {
  const { selection } = state;
  if (!(selection instanceof CellSelection)) return false;
  let filled = 0;
  selection.forEachCell((cell) => {
    if (!isBlank(cell.textBetween(0, cell.content.size, "\n", "\ufffc"))) filled += 1;
  });
  return filled <= 1 && mergeAnyCells(state);
}

/** Merge the selected cells, if that is possible. */
export function mergeCells(state: EditorState, dispatch?: (transaction: Transaction) => void): boolean {
  return canMergeCells(state) && mergeAnyCells(state, dispatch);
}

/** Whether a text shows nothing: the same on the server, where it decides about deleted rows. */
export function isBlank(text: string): boolean {
  return text.trim() === "";
}
