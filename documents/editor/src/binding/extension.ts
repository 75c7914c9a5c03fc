import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import * as Y from "yjs";
import { flatPlugin } from "./plugin";
import { undoManager } from "./undo";

declare module "@tiptap/core" {
  interface Commands<ReturnType> {
    flatCollaboration: {
      /** Take back this person's own last edit, whatever others have done since. */
      undo: () => ReturnType;
      redo: () => ReturnType;
    };
  }
}

export interface FlatCollaborationOptions {
  document: Y.Doc;
}

/** Joins a TipTap editor to a section's Yjs document, with undo and redo of the person's own edits. */
export const FlatCollaboration = Extension.create<FlatCollaborationOptions>({
  name: "flatCollaboration",
  priority: 1000,

  addOptions: () => ({ document: new Y.Doc() }),

  addCommands() {
    return {
      undo: () => ({ state, tr, dispatch }) => {
        tr.setMeta("preventDispatch", true);
        const manager = undoManager(state);
        return manager.canUndo() && (!dispatch || manager.undo() !== null);
      },
      redo: () => ({ state, tr, dispatch }) => {
        tr.setMeta("preventDispatch", true);
        const manager = undoManager(state);
        return manager.canRedo() && (!dispatch || manager.redo() !== null);
      },
    };
  },

  addKeyboardShortcuts() {
    return {
      "Mod-z": () => this.editor.commands.undo(),
      "Mod-y": () => this.editor.commands.redo(),
      "Shift-Mod-z": () => this.editor.commands.redo(),
    };
  },

  addProseMirrorPlugins() {
    return [flatPlugin(this.options.document), captureFromStart()];
  },
});

/** Undo must know of the first edit too. */
function captureFromStart(): Plugin {
  return new Plugin({
    view: (view) => {
      undoManager(view.state);
      return {};
    },
  });
}
