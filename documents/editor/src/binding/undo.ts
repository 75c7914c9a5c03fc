import type { EditorState } from "@tiptap/pm/state";
import * as Y from "yjs";
import { bindingOf } from "./plugin";

/** Edits that follow each other faster than this are undone together. */
const TOGETHER_MS = 500;
/** A table that others may have written in stays in the document: undoing it only hides it. */
const KEPT_KEYS = /^(?:at0|[rc]:.*)$/;

/** The origin of edits that the server has made for this person: they are undone like those made here. */
export const MADE_FOR_US = Symbol("made for us");

/**
 * Undo and redo of this editor's own edits. Made once for each editor; later calls give the same one, and it ends with
 * the editor's view. `undo()`, `redo()`, `stopCapturing()` are Yjs's own.
 */
export function undoManager(state: EditorState, { captureTimeout = TOGETHER_MS } = {}): Y.UndoManager {
  const binding = bindingOf(state);
  binding.undoManager ??= new Y.UndoManager(binding.ydoc, {
    captureTimeout,
    trackedOrigins: new Set<unknown>([binding, MADE_FOR_US]),
    deleteFilter: (item) => !(item.content instanceof Y.ContentEmbed) && !KEPT_KEYS.test(item.parentSub ?? ""),
  });
  return binding.undoManager;
}
