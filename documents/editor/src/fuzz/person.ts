import { type Command, EditorState, type Plugin, type Selection, TextSelection, type Transaction } from "@tiptap/pm/state";
import type { Schema } from "@tiptap/pm/model";
import { tableEditing } from "@tiptap/pm/tables";
import type { EditorView } from "@tiptap/pm/view";
import * as Y from "yjs";
import { anchorsPlugin } from "../anchors/index";
import { flatKey, flatPlugin, undoManager } from "../binding/index";
import type { Clock } from "./clock";
import { Stored } from "./pieces";

/** Edits closer together than this are undone together, as in the page. */
const CAPTURE_MS = 500;
/** In real time a session takes a moment, so its edits are told apart by virtual time, not by Yjs. */
const FOR_EVER = 1e12;

/** One person's editor: a real state with the real plugins, and of a view only what they need of it. */
export class Person {
  state: EditorState;
  readonly letter: string;
  readonly undo: Y.UndoManager;
  readonly stored: Stored;
  /** Repairs that prosemirror-tables made after somebody else's change: there must be none. */
  repairs = 0;
  /** Stored characters, embeds included, that this person's own changes have deleted. */
  deleted = 0;
  isBusy = false;
  #lastChange = Number.NEGATIVE_INFINITY;
  readonly #views: { readonly update?: Function; readonly destroy?: Function }[] = [];

  constructor(
    readonly index: number,
    readonly ydoc: Y.Doc,
    schema: Schema,
    private readonly clock: Clock,
  ) {
    this.letter = "ABCDEFGH"[index] ?? "Z";
    this.state = EditorState.create({ schema, plugins: [flatPlugin(ydoc), anchorsPlugin(), tableEditing()] });
    for (const { spec } of this.state.plugins) {
      const view = spec.view?.(this.view);
      if (view) this.#views.push(view);
    }
    this.stored = new Stored(ydoc);
    this.undo = undoManager(this.state);
    this.undo.captureTimeout = FOR_EVER;
    ydoc.on("afterTransaction", this.#countDeleted);
  }

  /** The view that plugins and commands are given: no DOM. */
  get view(): EditorView {
    return this as unknown as EditorView;
  }

  readonly dispatch = (transaction: Transaction): void => {
    const isRemote = transaction.getMeta(flatKey) !== undefined;
    if (transaction.docChanged && !isRemote) this.#captureByVirtualTime();
    const before = this.state;
    const { state, transactions } = before.applyTransaction(transaction);
    this.state = state;
    if (isRemote && transactions.slice(1).some(({ docChanged }) => docChanged)) this.repairs++;
    for (const view of this.#views) view.update?.(this, before);
  };

  // What plugins ask of a view.
  readonly composing = false;
  readonly editable = true;
  readonly isDestroyed = false;

  hasFocus(): boolean {
    return true;
  }

  updateState(state: EditorState): void {
    this.state = state;
  }

  select(from: number, to = from): void {
    this.choose(TextSelection.create(this.state.doc, from, to));
  }

  choose(selection: Selection): void {
    this.dispatch(this.state.tr.setSelection(selection));
  }

  run(command: Command): boolean {
    return command(this.state, this.dispatch);
  }

  pluginOf(holds: (plugin: Plugin) => boolean): Plugin | undefined {
    return this.state.plugins.find(holds);
  }

  destroy(): void {
    for (const view of this.#views) view.destroy?.();
    this.undo.destroy();
  }

  readonly #countDeleted = (transaction: Y.Transaction): void => {
    if (!transaction.local) return;
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      const isText = struct instanceof Y.Item && struct.parentSub === null && struct.countable;
      // What is written and deleted in one transaction was never there for anybody.
      if (isText && struct.id.clock < (transaction.beforeState.get(struct.id.client) ?? 0)) this.deleted += struct.length;
    });
  };

  #captureByVirtualTime(): void {
    if (this.clock.now - this.#lastChange >= CAPTURE_MS) this.undo.stopCapturing();
    this.#lastChange = this.clock.now;
  }
}
