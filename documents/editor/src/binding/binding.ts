import type { Node, NodeType, ResolvedPos, Schema } from "@tiptap/pm/model";
import { Selection, TextSelection, type Transaction } from "@tiptap/pm/state";
import type { StepMap } from "@tiptap/pm/transform";
import * as Y from "yjs";
import { flatKey } from "./keys";
import { layOut, type Layout, type Piece } from "./layout";
import { LocalEdit } from "./local";
import type { BindingStats, ViewLike } from "./plugin";
import { absoluteOf, relativeTo } from "./positions";
import { SECTION } from "./reading";
import { replaceBlocks } from "./rendering";
import { readRuns } from "./stored";
import { Tables } from "./tables";
import { keepMarkers } from "./text_writer";
import { type Touched, touchedBy } from "./touched";

interface KeptSelection {
  readonly anchor: Y.RelativePosition;
  readonly head: Y.RelativePosition;
}

/** Keeps one editor and one Yjs document in step. */
export class Binding {
  readonly text: Y.Text;
  readonly tables: Tables;
  readonly cellType: NodeType;
  /** The blocks of the first level as the editor shows them, and what they take up in the text. */
  pieces: readonly Piece[] = [];
  /** Tables that this person cut or deleted: pasting one of them is a move. */
  readonly cut = new Set<string>();
  /** Tables that a paste is moving just now although others kept them where they were. */
  readonly moving = new Set<string>();
  undoManager: Y.UndoManager | null = null;
  readonly #stats = { mismatches: 0, errors: 0 };
  #view: ViewLike | null = null;
  /** The editor's document when it was last in step with Yjs. */
  #shown: Node | null = null;
  #isBusy = false;
  #touched: Touched | null = null;
  #selection: KeptSelection | null = null;
  readonly #names = new WeakMap<object, string>();

  constructor(
    readonly ydoc: Y.Doc,
    readonly schema: Schema,
  ) {
    keepMarkers(ydoc);
    this.text = ydoc.getText(SECTION);
    this.tables = new Tables(ydoc, schema);
    this.cellType = schema.nodes["tableCell"]!;
  }

  get stats(): BindingStats {
    return { ...this.#stats };
  }

  get shown(): Node | null {
    return this.#shown;
  }

  connect(view: ViewLike): void {
    this.#view = view;
    this.text.observe(this.#observe);
    this.ydoc.on("beforeAllTransactions", this.#keepSelection);
    this.ydoc.on("afterTransaction", this.#afterTransaction);
    this.ydoc.on("afterAllTransactions", this.#dropSelection);
    this.#guarded(() => this.showAll());
  }

  disconnect(): void {
    this.#view = null;
    this.text.unobserve(this.#observe);
    this.ydoc.off("beforeAllTransactions", this.#keepSelection);
    this.ydoc.off("afterTransaction", this.#afterTransaction);
    this.ydoc.off("afterAllTransactions", this.#dropSelection);
    this.undoManager?.destroy();
    this.undoManager = null;
  }

  /** The editor's document may have changed: write what is new to Yjs. */
  edited(doc: Node, steps: readonly StepMap[] | null): void {
    if (this.#isBusy || !this.#view || doc === this.#shown) return;
    this.#guarded(() => this.#write(doc, steps));
  }

  /** The blocks that a stretch of the text stands for. */
  layOut(from: number, to: number): Layout {
    return layOut(readRuns(this.text, from, to), this.schema.topNodeType, (embed) => this.tables.shownAt(embed));
  }

  /** Fill the editor from Yjs. */
  showAll(): void {
    this.#show(0, this.pieces.length, this.layOut(0, this.text.length).pieces);
  }

  /** The name of a root type. */
  nameOf(type: object): string {
    const known = this.#names.get(type);
    if (known !== undefined) return known;
    for (const [name, root] of this.ydoc.share) this.#names.set(root, name);
    return this.#names.get(type) ?? "";
  }

  #write(doc: Node, steps: readonly StepMap[] | null): void {
    const edit = new LocalEdit(this, doc, steps);
    if (!edit.isTyping) this.undoManager?.stopCapturing();
    this.#isBusy = true;
    try {
      edit.write();
    } finally {
      this.#isBusy = false;
    }
    if (!edit.isTyping) this.undoManager?.stopCapturing();
    const pieces = edit.check();
    if (pieces) {
      this.pieces = pieces;
      this.#shown = doc;
      return;
    }
    if (!edit.isMove) this.#stats.mismatches += 1;
    this.#showAnew(doc);
  }

  /** The editor shows something else than Yjs holds. */
  #showAnew(doc: Node): void {
    for (const { node } of this.pieces) if (node.type.name === "table") this.tables.forget(String(node.attrs["id"]));
    this.pieces = doc.children.map((node) => ({ node, stored: 0, isOpenEnded: false, isPlain: true }));
    for (const node of doc.children) if (node.type.name === "table") this.tables.forget(String(node.attrs["id"]));
    this.showAll();
  }

  /** Nothing that goes wrong in here may stop the person from writing: the editor is filled from Yjs again. */
  #guarded(action: () => void): void {
    try {
      action();
    } catch {
      this.#stats.errors += 1;
      this.#recover();
    }
  }

  #recover(): void {
    const doc = this.#view?.state.doc;
    if (!doc) return;
    this.tables.forgetAll();
    this.#showAnew(doc);
  }

  readonly #observe = (event: Y.YTextEvent): void => {
    if (!this.#isBusy) this.#touched = touchedBy(event.delta);
  };

  readonly #afterTransaction = (transaction: Y.Transaction): void => {
    const touched = this.#touched;
    this.#touched = null;
    if (this.#isBusy || !this.#view) return;
    this.#guarded(() => this.#take(transaction, touched));
  };

  /** Show what others, or undo, have changed. */
  #take(transaction: Y.Transaction, touched: Touched | null): void {
    const changed = this.#changedTables(transaction);
    if ([...changed].some(([id, isMoved]) => isMoved || this.#isShown(id) !== (this.tables.node(id) !== null))) return this.showAll();
    if (touched) this.#showTouched(touched);
    for (const id of changed.keys()) this.#showTable(id);
  }

  /** The tables in which something has changed, and whether they stand somewhere else now. */
  #changedTables(transaction: Y.Transaction): Map<string, boolean> {
    const tables = new Map<string, boolean>();
    for (const [type, keys] of transaction.changed) {
      const name = this.nameOf(type);
      const [prefix, id, row] = name.split(":");
      if (prefix !== "t" || !id) continue;
      if (row === undefined) this.tables.forget(id);
      else this.tables.forgetCell(id, name);
      tables.set(id, (tables.get(id) ?? false) || (row === undefined && keys.has("at")));
      // Undoing the cut has brought it back: a paste is no longer a move.
      if (transaction.local && row === undefined && this.tables.map(id).get("x") === 1) this.cut.delete(id);
    }
    return tables;
  }

  #isShown(id: string): boolean {
    return this.#tableIndex(id) >= 0;
  }

  #tableIndex(id: string): number {
    return this.pieces.findIndex(({ node }) => node.type.name === "table" && node.attrs["id"] === id);
  }

  #showTable(id: string): void {
    const index = this.#tableIndex(id);
    const piece = this.pieces[index];
    const node = this.tables.node(id);
    if (piece && node && node !== piece.node) this.#show(index, index + 1, [{ ...piece, node }]);
  }

  /** Lay out anew the blocks that were touched, with one neighbour on each side, since blocks group with neighbours. */
  #showTouched({ from, to }: Touched): void {
    const { pieces } = this;
    let [first, start] = [0, 0];
    // What is written between two blocks may be the end of the first, which was not stored before.
    while (first < pieces.length - 1 && start + pieces[first]!.stored < from) start += pieces[first++]!.stored;
    if (first > 0) start -= pieces[--first]!.stored;
    let [last, end] = [first, start];
    while (last < pieces.length && end <= to) end += pieces[last++]!.stored;
    if (last < pieces.length) end += pieces[last++]!.stored;
    const oldLength = pieces.reduce((sum, { stored }) => sum + stored, 0);
    const newEnd = this.text.length - (oldLength - end);
    const isAll = first === 0 && last === pieces.length;
    if (newEnd < start) return this.showAll();
    const layout = this.layOut(start, newEnd);
    if (layout.isEmpty && !isAll) return this.showAll();
    this.#show(first, last, layout.pieces);
  }

  /** Replace shown blocks by others. */
  #show(first: number, last: number, pieces: readonly Piece[]): void {
    const view = this.#view!;
    const before = view.state;
    const from = sizeOf(this.pieces.slice(0, first));
    const to = this.#shown ? from + sizeOf(this.pieces.slice(first, last)) : before.doc.content.size;
    const transaction = replaceBlocks(before, from, to, pieces.map(({ node }) => node));
    this.#setPieces(transaction.doc, [...this.pieces.slice(0, first), ...pieces, ...this.pieces.slice(last)]);
    // Only of these is it known that they are as in Yjs: another table may wait to be shown.
    for (const { node } of this.pieces.slice(first, first + pieces.length)) if (node.type.name === "table") this.tables.keep(node);
    if (!transaction.docChanged) return;
    this.#restoreSelection(transaction);
    transaction.setMeta("addToHistory", false).setMeta(flatKey, true);
    this.#isBusy = true;
    try {
      view.dispatch(transaction);
    } finally {
      this.#isBusy = false;
    }
    if (view.state.doc !== transaction.doc && view.state !== before) this.#write(view.state.doc, null);
  }

  #setPieces(doc: Node, pieces: readonly Piece[]): void {
    if (pieces.length !== doc.childCount) throw new Error("The pieces are not the blocks of the document.");
    this.pieces = pieces.map((piece, index) => (piece.node === doc.child(index) ? piece : { ...piece, node: doc.child(index) }));
    this.#shown = doc;
  }

  readonly #keepSelection = (): void => {
    const state = this.#view?.state;
    if (this.#isBusy || this.#selection || !(state?.selection instanceof TextSelection) || state.doc !== this.#shown) return;
    const { $anchor, $head } = state.selection;
    // At the start of a block the words that follow are one's own; elsewhere those before.
    const keep = ($place: ResolvedPos) => relativeTo(this, state.doc, $place.pos, $place.parentOffset ? -1 : 0);
    this.#selection = { anchor: keep($anchor), head: keep($head) };
  };

  readonly #dropSelection = (): void => {
    this.#selection = null;
  };

  #restoreSelection(transaction: Transaction): void {
    if (!this.#selection) return;
    const anchor = absoluteOf(this, transaction.doc, this.#selection.anchor);
    const head = absoluteOf(this, transaction.doc, this.#selection.head);
    if (anchor === null || head === null) return;
    const [$anchor, $head] = [transaction.doc.resolve(anchor), transaction.doc.resolve(head)];
    const isText = $anchor.parent.inlineContent && $head.parent.inlineContent;
    transaction.setSelection(isText ? TextSelection.between($anchor, $head) : Selection.near($head));
  }
}

function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { node }) => sum + node.nodeSize, 0);
}
