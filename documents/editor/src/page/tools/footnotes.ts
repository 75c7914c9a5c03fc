import type { Editor } from "@tiptap/core";
import { el } from "../dom";
import { button, Field, formDialog } from "./dialog";

const LONGEST = 2000;

/** Ask for the text of a footnote: a new one at the caret, or the one at `position`. */
export function editFootnote(editor: Editor, position: number | null): void {
  const node = position === null ? null : editor.state.doc.nodeAt(position);
  const present = node?.type.name === "footnote" ? { id: String(node.attrs["id"]), text: String(node.attrs["text"] ?? "") } : null;
  const field = new Field(el("textarea", { class: "govuk-textarea", rows: "4", maxlength: String(LONGEST) }), "Text of the footnote", "It is shown at the end of the section. Numbers follow by themselves.");
  field.input.value = present?.text ?? "";
  formDialog({
    heading: present ? "Change the footnote" : "Add a footnote",
    content: [field.group],
    submit: present ? "Change footnote" : "Add footnote",
    more: (dialog) => (present ? [button("Remove footnote", () => { dialog.close(); change(editor, present.id, null); })] : []),
    returnFocus: () => editor.view.focus(),
    onSubmit: () => {
      const text = field.input.value.trim();
      field.showError(text ? "" : "Enter the text of the footnote");
      if (!text) return false;
      if (present) change(editor, present.id, text);
      else editor.commands.insertContent({ type: "footnote", attrs: { id: crypto.randomUUID().slice(0, 8), text } });
      return true;
    },
  });
}

/** Others may have moved the note while the dialog was open: it is found by its id. */
function change(editor: Editor, id: string, text: string | null): void {
  editor.state.doc.descendants((node, position) => {
    if (node.type.name !== "footnote" || node.attrs["id"] !== id) return true;
    const { tr } = editor.state;
    editor.view.dispatch(text === null ? tr.delete(position, position + node.nodeSize) : tr.setNodeAttribute(position, "text", text));
    return false;
  });
}
