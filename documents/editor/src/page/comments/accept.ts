import type { EditorView } from "@tiptap/pm/view";
import { applyUpdate, type UndoManager } from "yjs";
import { settleAnchors, textBetween, trackingOf } from "../../anchors/index";
import { MADE_FOR_US, undoManager } from "../../binding/index";

/** Under this key an undo step knows the suggestion that it accepts. */
const ACCEPTED = "suggestion";

interface Passage {
  readonly from: number;
  readonly to: number;
}

/** Where the words of a suggestion stand, exactly as they were quoted; null if they do not. */
export function quotedPassage(view: EditorView, id: string, quote: string): Passage | null {
  settleAnchors(view);
  const place = trackingOf(view.state).find((tracked) => tracked.id === id)?.place;
  if (!place) return null;
  const isOneBlock = view.state.doc.resolve(place.from).sameParent(view.state.doc.resolve(place.to));
  return isOneBlock && textBetween(view.state.doc, place.from, place.to) === quote ? place : null;
}

/** What stands now where a suggestion was made, "" if that is gone. */
export function presentWords(view: EditorView, id: string): string {
  const place = trackingOf(view.state).find((tracked) => tracked.id === id)?.place;
  return place ? textBetween(view.state.doc, place.from, place.to) : "";
}

/** Take in the words that the server has put into the text: one step, which one undo takes back, whatever others do meanwhile. */
export function takeIn(view: EditorView, id: string, update: Uint8Array): void {
  const undo = undoManager(view.state);
  undo.stopCapturing();
  const before = undo.undoStack.length;
  applyUpdate(undo.doc, update, MADE_FOR_US);
  if (undo.undoStack.length > before) undo.undoStack.at(-1)?.meta.set(ACCEPTED, id);
  undo.stopCapturing();
}

/** Undo the acceptance of a suggestion; false where it is not what an undo would take back now. */
export function takeBack(view: EditorView, id: string): boolean {
  const undo = undoManager(view.state);
  if (undo.undoStack.at(-1)?.meta.get(ACCEPTED) !== id) return false;
  undo.undo();
  return true;
}

/** Call back with the suggestion whose acceptance an undo has taken back. */
export function onUndone(view: EditorView, undone: (id: string) => void): void {
  const undo: UndoManager = undoManager(view.state);
  undo.on("stack-item-popped", ({ stackItem, type }: { stackItem: { meta: Map<unknown, unknown> }; type: "undo" | "redo" }) => {
    const id = stackItem.meta.get(ACCEPTED);
    if (type === "undo" && typeof id === "string") undone(id);
  });
}
