import type { Mark, Node } from "@tiptap/pm/model";
import type { EditorState, Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { UndoManager } from "yjs";
import { settleAnchors, textBetween, trackingOf } from "../../anchors/index";
import { undoManager } from "../../binding/index";

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

/** Put other words in the place of a passage: one step, which one undo takes back, whatever others do meanwhile. */
export function replacePassage(view: EditorView, id: string, passage: Passage, replacement: string): void {
  const undo = undoManager(view.state);
  undo.stopCapturing();
  view.dispatch(replacing(view.state, passage, replacement).scrollIntoView());
  undo.undoStack.at(-1)?.meta.set(ACCEPTED, id);
  undo.stopCapturing();
}

/** Call back with the suggestion whose acceptance an undo has taken back. */
export function onUndone(view: EditorView, undone: (id: string) => void): void {
  const undo: UndoManager = undoManager(view.state);
  undo.on("stack-item-popped", ({ stackItem, type }: { stackItem: { meta: Map<unknown, unknown> }; type: "undo" | "redo" }) => {
    const id = stackItem.meta.get(ACCEPTED);
    if (type === "undo" && typeof id === "string") undone(id);
  });
}

/** Only what differs is replaced, so that the words that stay keep their comments, marks and author. */
function replacing(state: EditorState, { from, to }: Passage, replacement: string): Transaction {
  const old = textBetween(state.doc, from, to);
  const most = Math.min(old.length, replacement.length);
  let [head, tail] = [0, 0];
  while (head < most && old[head] === replacement[head]) head += 1;
  while (tail < most - head && old.at(-1 - tail) === replacement.at(-1 - tail)) tail += 1;
  const [start, end] = [from + head, to - tail];
  const added = replacement.slice(head, replacement.length - tail);
  const { tr } = state;
  if (!added) return tr.delete(start, end);
  return tr.replaceWith(start, end, nodesOf(state, added, marksOf(state, start, end)));
}

function marksOf(state: EditorState, start: number, end: number): readonly Mark[] {
  const [$start, $end] = [state.doc.resolve(start), state.doc.resolve(end)];
  return $start.marksAcross($end) ?? $start.marks();
}

/** Words with line breaks. */
function nodesOf({ schema }: EditorState, text: string, marks: readonly Mark[]): Node[] {
  return text.split("\n").flatMap((line, index) => [
    ...(index ? [schema.nodes["hardBreak"]!.create(null, null, [...marks])] : []),
    ...(line ? [schema.text(line, marks)] : []),
  ]);
}
