import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { anchorsKey, isDue, isUnchanged, settleAnchors, type Tracked, trackingOf } from "../../anchors/index";
import { el } from "../dom";

/** What the marks of a section need to know of its threads. */
export interface MarksHost {
  /** How a thread's words are marked; null if they are not. */
  look(id: string): Look | null;
  /** The editor of the section is there. */
  ready(view: EditorView): void;
  /** Places are as they should be again. */
  settled(): void;
  /** Commented words were pressed. */
  pressed(ids: readonly string[]): void;
}

export interface Look {
  readonly isOwn: boolean;
  readonly isNow: boolean;
  /** The words of an open suggestion, "" to delete; null if it is a comment. */
  readonly replacement: string | null;
}

const marksKey = new PluginKey<DecorationSet>("commentMarks");
const SOON_MS = 150;

/** Marks commented words and shows suggestions. Drawn over the text, never written into it. */
export function marksPlugin(host: MarksHost): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: marksKey,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, old, _before, state) => next(transaction, old, state, host),
    },
    props: {
      decorations: (state) => marksKey.getState(state),
      handleClick: (view, position) => {
        const ids = idsAt(view.state, position);
        if (ids.length) host.pressed(ids);
        return false;
      },
    },
    view: (view) => new Settling(view, host),
  });
}

/** Draw the marks anew, because threads have changed. */
export function redraw(view: EditorView): void {
  view.dispatch(view.state.tr.setMeta(marksKey, true).setMeta("addToHistory", false));
}

/** The threads about the words at a position, the shortest passage first. */
export function idsAt(state: EditorState, position: number): string[] {
  const hit = trackingOf(state).filter(({ place }) => place && place.from <= position && position <= place.to);
  return hit.sort((one, two) => size(one) - size(two)).map(({ id }) => id);
}

function size({ place }: Tracked): number {
  return place ? place.to - place.from : 0;
}

function next(transaction: Transaction, old: DecorationSet, state: EditorState, host: MarksHost): DecorationSet {
  if (!transaction.getMeta(anchorsKey) && !transaction.getMeta(marksKey)) return old.map(transaction.mapping, transaction.doc);
  return DecorationSet.create(state.doc, trackingOf(state).flatMap((tracked) => drawn(tracked, state, host)));
}

function drawn(tracked: Tracked, state: EditorState, host: MarksHost): Decoration[] {
  const { id, place } = tracked;
  const look = place && host.look(id);
  if (!place || !look) return [];
  const { from, to } = place;
  const isShown = look.replacement !== null && isUnchanged(tracked, state);
  const marks = `${look.isOwn ? " ed-q--own" : ""}${look.isNow ? " ed-q--now" : ""}`;
  if (!isShown) return [Decoration.inline(from, to, { class: `ed-q${marks}` })];
  return [
    Decoration.widget(from, () => said("Suggested deletion: "), { key: `${id} deletion`, side: 1, ignoreSelection: true }),
    Decoration.inline(from, to, { nodeName: "del", class: `ed-del${marks}` }),
    ...insertion(id, to, look, marks),
  ];
}

function insertion(id: string, at: number, { replacement }: Look, marks: string): Decoration[] {
  if (!replacement) return [];
  const make = (): HTMLElement => el("ins", { class: `ed-ins${marks}` }, said("Suggested insertion: "), replacement);
  return [Decoration.widget(at, make, { key: `${id}${marks} ${replacement}`, side: -1, ignoreSelection: true })];
}

function said(words: string): HTMLElement {
  return el("span", { class: "govuk-visually-hidden" }, words);
}

/** Looks again for passages that a change has touched, a moment after it. */
class Settling {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly view: EditorView,
    private readonly host: MarksHost,
  ) {
    // The editor must be whole before anything is dispatched to it.
    queueMicrotask(() => {
      if (!view.isDestroyed) host.ready(view);
    });
  }

  update(): void {
    if (this.#timer !== undefined || !isDue(trackingOf(this.view.state))) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.view.isDestroyed) return;
      settleAnchors(this.view);
      this.host.settled();
    }, SOON_MS);
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }
}
