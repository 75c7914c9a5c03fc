import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { areaField, button, type Dialog, formDialog } from "./dialog";

const LONGEST = 2000;

/** Ask for the text of a footnote: a new one at the caret, or the one at `position`. */
export function editFootnote(editor: Editor, position: number | null): void {
  const node = position === null ? null : editor.state.doc.nodeAt(position);
  const present = node?.type.name === "footnote" ? noteOf(node) : null;
  const hint = "It is shown at the end of the section. Numbers follow by themselves.";
  const field = areaField("Text of the footnote", hint, 4, LONGEST);
  field.input.value = present?.text ?? "";
  formDialog({
    heading: present ? "Change the footnote" : "Add a footnote",
    content: [field.group],
    submit: present ? "Change footnote" : "Add footnote",
    more: (dialog) => (present ? [removeButton(editor, dialog, present.id)] : []),
    returnFocus: () => editor.view.focus(),
    onSubmit: () => {
      const text = field.input.value.trim();
      field.showError(text ? "" : "Enter the text of the footnote");
      if (!text) return false;
      if (present) change(editor, present.id, text);
      else insert(editor, text);
      return true;
    },
  });
}

function noteOf({ attrs }: Node): { id: string; text: string } {
  return { id: String(attrs["id"]), text: String(attrs["text"] ?? "") };
}

function insert(editor: Editor, text: string): void {
  editor.commands.insertContent({ type: "footnote", attrs: { id: crypto.randomUUID().slice(0, 8), text } });
}

function removeButton(editor: Editor, dialog: Dialog, id: string): HTMLButtonElement {
  return button("Remove footnote", () => {
    dialog.close();
    change(editor, id, null);
  });
}

/** Others may have moved the note while the dialog was open: it is found by its id. */
function change(editor: Editor, id: string, text: string | null): void {
  editor.state.doc.descendants((node, position) => {
    if (node.type.name !== "footnote" || node.attrs["id"] !== id) return true;
    const { tr } = editor.state;
    if (text === null) tr.delete(position, position + node.nodeSize);
    else tr.setNodeAttribute(position, "text", text);
    editor.view.dispatch(tr);
    return false;
  });
}
