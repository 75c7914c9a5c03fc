import type { Schema } from "@tiptap/pm/model";
import { type EditorState, Plugin, type Transaction } from "@tiptap/pm/state";
import type * as Y from "yjs";
import { Binding } from "./binding";
import { identify } from "./identify";
import { flatKey } from "./keys";

/** What the binding needs of a view: the real `EditorView`, or a stand-in without a DOM. */
export interface ViewLike {
  state: EditorState;
  dispatch(transaction: Transaction): void;
}

/** Counted so that tests and the page can tell when the binding had to help itself. Both stay 0 in good health. */
export interface BindingStats {
  /** A local edit read back from Yjs differed from what the editor showed; the editor was filled from Yjs again. */
  readonly mismatches: number;
  /** An exception inside the binding, caught; the editor was filled from Yjs again. */
  readonly errors: number;
}

export interface FlatState {
  readonly binding: Binding;
  /** Where the first change since the editor was in step with Yjs begins: exact, from the steps. */
  readonly changeStart: number | null;
}

/** The plugin that joins an editor to a Yjs document. One plugin serves one editor. */
export function flatPlugin(ydoc: Y.Doc): Plugin<FlatState> {
  return new Plugin<FlatState>({
    key: flatKey,
    state: {
      init: (_, { schema }: { schema: Schema }) => ({ binding: new Binding(ydoc, schema), changeStart: null }),
      apply: nextState,
    },
    appendTransaction: (changes, before, state) => {
      const isLocal = changes.some((change) => change.docChanged && !change.getMeta(flatKey));
      return isLocal ? identify(bindingOf(state), changes, before, state) : null;
    },
    view: (view) => {
      const binding = bindingOf(view.state);
      binding.connect(view);
      return {
        update: ({ state }) => binding.edited(state.doc, flatKey.getState(state)?.changeStart ?? null),
        destroy: () => binding.disconnect(),
      };
    },
  });
}

function nextState(transaction: Transaction, { binding, changeStart }: FlatState, old: EditorState): FlatState {
  if (!transaction.docChanged) return { binding, changeStart };
  if (transaction.getMeta(flatKey)) return { binding, changeStart: null };
  const { mapping } = transaction;
  const starts = old.doc === binding.shown || changeStart === null ? [] : [mapping.map(changeStart, -1)];
  mapping.maps.forEach((map, index) => {
    map.forEach((_from, _to, start) => starts.push(mapping.slice(index + 1).map(start, -1)));
  });
  return { binding, changeStart: starts.length ? Math.min(...starts) : null };
}

export function bindingOf(state: EditorState): Binding {
  const binding = flatKey.getState(state)?.binding;
  if (!binding) throw new Error("This editor has no flatPlugin.");
  return binding;
}

/** How often the binding of this editor had to help itself. */
export function bindingStats(state: EditorState): BindingStats {
  return bindingOf(state).stats;
}
