import type { Editor } from "@tiptap/core";
import { el } from "../dom";

/** The footnotes of a live section as a list below it, numbered as in the text. Read-only: a note is changed at its number. */
export class NotesList {
  readonly element = el("div", { class: "ed-notes", role: "group", "aria-label": "Footnotes of this section", hidden: true });
  #shown = "";

  show(editor: Editor): void {
    const notes = textsOf(editor);
    const now = JSON.stringify(notes);
    if (now === this.#shown) return;
    this.#shown = now;
    this.element.hidden = notes.length === 0;
    this.element.replaceChildren(el("ol", {}, ...notes.map((text) => el("li", {}, text))));
  }
}

function textsOf(editor: Editor): string[] {
  const notes: string[] = [];
  editor.state.doc.descendants((node) => {
    if (node.type.name === "footnote") notes.push(String(node.attrs["text"] ?? ""));
    return !node.isText;
  });
  return notes;
}
