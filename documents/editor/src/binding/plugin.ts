import type { Schema } from "@tiptap/pm/model";
import { type EditorState, Plugin, type Transaction } from "@tiptap/pm/state";
import type { StepMap } from "@tiptap/pm/transform";
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
  /** The maps of all steps since the editor was in step with Yjs. */
  readonly steps: readonly StepMap[];
}

/** The plugin that joins an editor to a Yjs document. One plugin serves one editor. */
export function flatPlugin(ydoc: Y.Doc): Plugin<FlatState> {
  return new Plugin<FlatState>({
    key: flatKey,
    state: {
      init: (_, { schema }: { schema: Schema }) => ({ binding: new Binding(ydoc, schema), steps: [] }),
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
        update: ({ state }) => binding.edited(state.doc, flatKey.getState(state)?.steps ?? null),
        destroy: () => binding.disconnect(),
      };
    },
  });
}

function nextState(transaction: Transaction, value: FlatState, old: EditorState): FlatState {
  if (!transaction.docChanged) return value;
  const { binding } = value;
  if (transaction.getMeta(flatKey)) return { binding, steps: [] };
  return { binding, steps: [...(old.doc === binding.shown ? [] : value.steps), ...transaction.mapping.maps] };
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
