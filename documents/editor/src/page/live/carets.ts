import { Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { decodePosition, flatKey } from "../../binding/index";
import { fromBase64 } from "../bytes";
import { el } from "../dom";
import { type Present, personOf } from "../status/presence";

const caretsKey = new PluginKey<DecorationSet>("carets");
const FLAG_MS = 3000;

interface Mark {
  readonly caret: HTMLElement;
  readonly initials: HTMLElement;
  readonly colour: string;
  timer?: ReturnType<typeof setTimeout>;
}

/** The carets and selections of the others in one section. Hidden from screen readers: the presence list says it in words. */
class Carets {
  readonly #marks = new Map<number, Mark>();
  readonly #wroteAt = new Map<number, number>();
  #unresolved = false;

  constructor(
    private readonly view: EditorView,
    private readonly awareness: Awareness,
    private readonly ydoc: Y.Doc,
  ) {
    awareness.on("change", this.#draw);
    ydoc.on("afterTransaction", this.#wrote);
    queueMicrotask(this.#draw);
  }

  /** A caret may be known before the words around it are: try again when words have come. */
  textChanged(): void {
    if (this.#unresolved) queueMicrotask(this.#draw);
  }

  destroy(): void {
    this.awareness.off("change", this.#draw);
    this.ydoc.off("afterTransaction", this.#wrote);
    for (const mark of this.#marks.values()) clearTimeout(mark.timer);
  }

  readonly #draw = (): void => {
    if (this.view.isDestroyed) return;
    this.#unresolved = false;
    const decorations: Decoration[] = [];
    for (const [client, state] of this.awareness.getStates()) {
      if (client !== this.ydoc.clientID) decorations.push(...this.#ofClient(client, state));
    }
    const set = DecorationSet.create(this.view.state.doc, decorations);
    this.view.dispatch(this.view.state.tr.setMeta(caretsKey, set).setMeta("addToHistory", false));
  };

  #ofClient(client: number, state: unknown): Decoration[] {
    const person = personOf(state);
    const cursor = cursorOf(state);
    if (!person || !cursor) return [];
    const anchor = decodePosition(this.view.state, cursor.anchor);
    const head = decodePosition(this.view.state, cursor.head);
    if (anchor === null || head === null) {
      this.#unresolved = true;
      return [];
    }
    const mark = this.#markOf(client, person);
    // With nothing after it, the flag has room beside the caret.
    mark.caret.classList.toggle("at-end", isAtEnd(this.view, head));
    const options = { side: 10, ignoreSelection: true, key: `caret-${client}` };
    const caret = Decoration.widget(head, () => mark.caret, options);
    const initials = Decoration.widget(head, () => mark.initials, { ...options, side: 11, key: `initials-${client}` });
    const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)];
    const selection = from < to ? [Decoration.inline(from, to, { class: `ed-sel ${mark.colour}` })] : [];
    return [...selection, caret, initials];
  }

  #markOf(client: number, person: Present): Mark {
    const found = this.#marks.get(client);
    if (found && found.colour === person.colour) return found;
    const full = el("span", { class: "full" }, `${person.name} · ${person.shortName}`);
    const flag = el("span", { class: "ed-flag" }, full);
    const caret = el("span", { class: `ed-caret ${person.colour}`, "aria-hidden": "true" }, flag);
    const initials = el("span", { class: `ed-gut ${person.colour}`, "aria-hidden": "true" }, person.initials);
    const mark: Mark = { caret, initials, colour: person.colour };
    this.#marks.set(client, mark);
    // A caret comes a moment after the words it wrote.
    if (Date.now() - (this.#wroteAt.get(client) ?? 0) < FLAG_MS) this.#showFlag(client);
    return mark;
  }

  readonly #wrote = (transaction: Y.Transaction): void => {
    for (const [client, clockNow] of transaction.afterState) {
      if (clockNow > (transaction.beforeState.get(client) ?? 0)) this.#showFlag(client);
    }
  };

  #showFlag(client: number): void {
    this.#wroteAt.set(client, Date.now());
    const mark = this.#marks.get(client);
    if (!mark) return;
    mark.caret.classList.add("is-typing");
    clearTimeout(mark.timer);
    mark.timer = setTimeout(() => mark.caret.classList.remove("is-typing"), FLAG_MS);
  }
}

function isAtEnd(view: EditorView, position: number): boolean {
  const $position = view.state.doc.resolve(position);
  return $position.parentOffset === $position.parent.content.size;
}

function cursorOf(state: unknown): { anchor: Uint8Array; head: Uint8Array } | null {
  const cursor = (state as { cursor?: { anchor?: unknown; head?: unknown } | null }).cursor;
  const anchor = fromBase64(cursor?.anchor);
  const head = fromBase64(cursor?.head);
  return anchor && head ? { anchor, head } : null;
}

function nextDecorations(transaction: Transaction, old: DecorationSet): DecorationSet {
  const drawn = transaction.getMeta(caretsKey) as DecorationSet | undefined;
  return drawn ?? old.map(transaction.mapping, transaction.doc);
}

/** The plugin that draws the others' carets. */
export function caretsPlugin(awareness: Awareness, ydoc: Y.Doc): Plugin<DecorationSet> {
  let carets: Carets | null = null;
  return new Plugin<DecorationSet>({
    key: caretsKey,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, old) => {
        if (transaction.getMeta(flatKey)) carets?.textChanged();
        return nextDecorations(transaction, old);
      },
    },
    props: { decorations: (state) => caretsKey.getState(state) },
    view: (view) => {
      carets = new Carets(view, awareness, ydoc);
      return { destroy: () => carets?.destroy() };
    },
  });
}
