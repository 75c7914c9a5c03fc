import { Editor, Extension } from "@tiptap/core";
import { Placeholder } from "@tiptap/extensions";
import { Plugin } from "@tiptap/pm/state";
import { FlatCollaboration } from "../../binding/index";
import { extensions } from "../../schema/extensions";
import { type PasteHandlers, pasteExtension } from "../paste/extension";
import { caretsPlugin } from "./carets";
import type { SectionConnection } from "./connection";
import { type KeyHandlers, pageKeys } from "./keys";
import { ownCaretPlugin } from "./own_caret";
import { readOnly } from "./read_only";

export interface EditorSetup {
  readonly connection: SectionConnection;
  readonly headingId: string;
  readonly hintId: string;
  readonly mayWrite: () => boolean;
  /** Whoever may comment has a caret to choose words with, although the text stays as it is. */
  readonly mayComment: () => boolean;
  readonly comments: Extension;
  readonly keys: KeyHandlers;
  readonly paste: PasteHandlers;
  readonly onChange: () => void;
  readonly onFocus: () => void;
  readonly onFootnote: (position: number) => void;
}

/** The live editor of one section, not yet in the page. */
export function makeEditor(setup: EditorSetup): Editor {
  const { connection } = setup;
  return new Editor({
    element: document.createElement("div"),
    injectCSS: false,
    editable: setup.mayComment(),
    extensions: [
      ...extensions(),
      FlatCollaboration.configure({ document: connection.ydoc }),
      Placeholder.configure({ placeholder: () => emptyWords(setup.mayWrite()), showOnlyWhenEditable: false }),
      presence(connection, setup.mayWrite),
      setup.comments,
      readOnly(setup.mayWrite),
      labels(setup),
      pageKeys(setup.keys),
      pasteExtension(setup.paste),
    ],
    editorProps: {
      handleClickOn: (_view, _position, node, nodePosition, _event, isDirect) => {
        if (node.type.name !== "footnote" || !isDirect || !setup.mayWrite()) return false;
        setup.onFootnote(nodePosition);
        return true;
      },
    },
    onUpdate: setup.onChange,
    onSelectionUpdate: setup.onChange,
    onFocus: setup.onFocus,
  });
}

function emptyWords(mayWrite: boolean): string {
  return mayWrite ? "Nothing written yet. Start here, or paste from Word." : "Nothing written yet.";
}

function presence({ awareness, ydoc }: SectionConnection, mayWrite: () => boolean): Extension {
  return Extension.create({
    name: "presence",
    addProseMirrorPlugins: () => [caretsPlugin(awareness, ydoc), ownCaretPlugin(awareness, mayWrite)],
  });
}

/** What a screen reader says of the editor. A plugin, because TipTap's own option cannot change with the level. */
function labels(setup: EditorSetup): Extension {
  const plugin = new Plugin({ props: { attributes: () => attributes(setup) } });
  return Extension.create({ name: "labels", addProseMirrorPlugins: () => [plugin] });
}

function attributes({ headingId, hintId, mayWrite, mayComment }: EditorSetup): Record<string, string> {
  const shared = { role: "textbox", "aria-multiline": "true", "aria-labelledby": headingId };
  if (mayWrite()) return { ...shared, "aria-describedby": hintId };
  // A caret without writing: no keyboard comes up on a phone.
  return { ...shared, "aria-readonly": "true", ...(mayComment() ? { inputmode: "none" } : { tabindex: "0" }) };
}
