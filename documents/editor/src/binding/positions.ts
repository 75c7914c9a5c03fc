import type { Node } from "@tiptap/pm/model";
import type { EditorState } from "@tiptap/pm/state";
import * as Y from "yjs";
import type { Binding } from "./binding";
import type { Flat } from "./flat";
import { columnId, gridOf, rowIds } from "./grid";
import { layOut } from "./layout";
import { bindingOf } from "./plugin";
import { flatSize, offsetInside, unitInside } from "./sizes";
import { readRuns } from "./stored";
import { cellName } from "./tables";

/** On which side of an insertion a position stays: -1 with what is before, 0 or 1 with what follows. */
export type Side = -1 | 0 | 1;

/** A position that keeps its place in the words whatever others do, for carets and comments. */
export function encodePosition(state: EditorState, position: number, assoc: Side): Uint8Array {
  return Y.encodeRelativePosition(relativeTo(bindingOf(state), state.doc, position, assoc));
}

/** Where an encoded position is now; null if its place is gone or not known here. */
export function decodePosition(state: EditorState, bytes: Uint8Array): number | null {
  try {
    return absoluteOf(bindingOf(state), state.doc, Y.decodeRelativePosition(bytes));
  } catch {
    // Positions come from others; whatever they sent, it is no place.
    return null;
  }
}

export function relativeTo(binding: Binding, doc: Node, position: number, assoc: Side): Y.RelativePosition {
  const cell = cellAt(binding, doc, position);
  if (cell) {
    const stored = storedInCell(binding, cell.text, cell.unit, assoc);
    return Y.createRelativePositionFromTypeIndex(cell.text, Math.min(stored, cell.text.length), assoc);
  }
  const stored = storedInSection(binding, unitInside(doc.content, position), assoc);
  return Y.createRelativePositionFromTypeIndex(binding.text, Math.min(stored, binding.text.length), assoc);
}

export function absoluteOf(binding: Binding, doc: Node, relative: Y.RelativePosition): number | null {
  const found = Y.createAbsolutePositionFromRelativePosition(relative, binding.ydoc);
  if (!found) return null;
  if (found.type === binding.text) return positionInSection(binding, doc, found.index);
  const [, table, row, column] = binding.nameOf(found.type).split(":");
  return table && row && column ? positionInCell(binding, doc, table, row, column, found.index) : null;
}

interface CellPlace {
  readonly text: Y.Text;
  readonly unit: number;
}

function cellAt({ ydoc }: Binding, doc: Node, position: number): CellPlace | null {
  const $position = doc.resolve(position);
  if ($position.depth < 3 || $position.node(1).type.name !== "table") return null;
  const [table, row, cell] = [$position.node(1), $position.node(2), $position.node(3)];
  const [id, rid, cid] = [table.attrs["id"], row.attrs["rid"], columnId(cell)] as (string | null)[];
  if (!id || !rid || !cid) return null;
  const unit = $position.depth === 3 && !$position.parentOffset ? 0 : unitInside(cell.content, position - $position.start(3));
  return { text: ydoc.getText(cellName(id, rid, cid)), unit };
}

function storedInCell(binding: Binding, text: Y.Text, unit: number, assoc: Side): number {
  return storedOf(layOut(readRuns(text), binding.cellType, () => null).flat, unit, assoc);
}

/** Before or after what is hidden there, as the position is to stay with what is before or what follows. */
function storedOf(flat: Flat, unit: number, assoc: Side): number {
  return assoc < 0 ? flat.storedBefore(unit) : flat.storedAt(unit);
}

/** Where a shown unit of the section is in its stored text. */
function storedInSection(binding: Binding, unit: number, assoc: Side): number {
  let rest = unit;
  let base = 0;
  for (const piece of binding.pieces) {
    const size = flatSize(piece.node);
    if (rest < size || piece === binding.pieces.at(-1)) {
      if (piece.isPlain) return base + Math.min(rest, piece.stored);
      const { flat } = binding.layOut(base, base + piece.stored);
      return base + (rest < flat.length ? storedOf(flat, rest, assoc) : piece.stored);
    }
    rest -= size;
    base += piece.stored;
  }
  return base;
}

function positionInSection(binding: Binding, doc: Node, stored: number): number {
  let rest = stored;
  let base = 0;
  let units = 0;
  for (const piece of binding.pieces) {
    const isLast = piece === binding.pieces.at(-1);
    if (rest < piece.stored || isLast || (rest === piece.stored && piece.isOpenEnded)) {
      const unit = piece.isPlain ? rest : binding.layOut(base, base + piece.stored).flat.unitAtStored(rest);
      return offsetInside(doc.content, units + Math.min(unit, flatSize(piece.node) - 1));
    }
    rest -= piece.stored;
    base += piece.stored;
    units += flatSize(piece.node);
  }
  return 0;
}

function positionInCell(binding: Binding, doc: Node, id: string, rid: string, cid: string, stored: number): number | null {
  let start = 0;
  for (const table of doc.children) {
    if (table.type.name === "table" && table.attrs["id"] === id) {
      const rows = rowIds(table);
      const cell = gridOf(table).cells.find(({ node, row }) => rows[row] === rid && columnId(node) === cid);
      if (!cell) return null;
      const text = binding.ydoc.getText(cellName(id, rid, cid));
      const unit = layOut(readRuns(text), binding.cellType, () => null).flat.unitAtStored(stored);
      const last = cell.node.children.reduce((sum, block) => sum + flatSize(block), 0) - 1;
      return start + 1 + cell.offset + 1 + offsetInside(cell.node.content, Math.min(unit, last));
    }
    start += table.nodeSize;
  }
  return null;
}
