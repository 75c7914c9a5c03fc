import { Fragment, type Node } from "@tiptap/pm/model";
import type { EditorState, Transaction } from "@tiptap/pm/state";
import { ReplaceStep } from "@tiptap/pm/transform";

/** A transaction that replaces the blocks between two positions by others, in one step that is as small as can be. */
export function replaceBlocks(state: EditorState, from: number, to: number, nodes: readonly Node[]): Transaction {
  const { doc } = state;
  const old = doc.slice(from, to).content;
  const next = Fragment.fromArray([...nodes]);
  const start = old.findDiffStart(next);
  if (start === null) return state.tr;
  const end = old.findDiffEnd(next)!;
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const wanted = doc.copy(doc.content.cut(0, from).append(next).append(doc.content.cut(to)));
  const step = smallStep(doc, wanted, from + start, from + end.a + overlap, from + end.b + overlap);
  return step ? state.tr.step(step) : state.tr.step(wideStep(doc, wanted, from, to, next));
}

/** The step between the two differences, if it gives exactly what is wanted. */
function smallStep(doc: Node, wanted: Node, from: number, oldTo: number, newTo: number): ReplaceStep | null {
  try {
    const step = new ReplaceStep(from, oldTo, wanted.slice(from, newTo));
    return step.apply(doc).doc?.eq(wanted) ? step : null;
  } catch {
    // A slice that opens other depths at its ends; whole blocks are replaced then.
    return null;
  }
}

function wideStep(doc: Node, wanted: Node, from: number, to: number, next: Fragment): ReplaceStep {
  const slice = wanted.slice(from, from + next.size);
  const step = new ReplaceStep(from, to, slice);
  if (step.apply(doc).doc) return step;
  return new ReplaceStep(0, doc.content.size, wanted.slice(0, wanted.content.size));
}
