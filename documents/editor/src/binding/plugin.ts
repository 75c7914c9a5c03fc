import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import type * as Y from "yjs";

/** What the binding needs of a view: the real `EditorView`, or a stand-in without a DOM. */
export interface ViewLike {
  state: EditorState;
  dispatch(transaction: Transaction): void;
}

/** Counted so that tests and the page can tell when the binding had to help itself. Both stay 0 in good health. */
export interface BindingStats {
  /** A local edit read back from Yjs differed from what the editor showed; the editor was filled from Yjs again. */
  readonly mismatches: number;
  /** An exception inside the binding, caught; the whole document was written or read again. */
  readonly errors: number;
}

export interface FlatState {
  readonly document: Y.Doc;
}

/** Transactions that come from Yjs (others' edits, undo, the first fill) carry `true` under this key. */
export const flatKey = new PluginKey<FlatState>("flat");

/** The plugin that joins an editor to a Yjs document. One plugin serves one editor. */
export declare function flatPlugin(ydoc: Y.Doc): Plugin<FlatState>;

/** How often the binding of this editor had to help itself. */
export declare function bindingStats(state: EditorState): BindingStats;
