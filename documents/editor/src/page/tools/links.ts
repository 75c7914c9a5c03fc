import type { Editor } from "@tiptap/core";
import { button, type Dialog, formDialog, lineField } from "./dialog";

/**
 * The address to store for what a person typed, or null if it is none. A bare domain becomes https, a bare e-mail
 * address mailto; anything but web and mail is refused.
 */
export function normaliseAddress(typed: string): string | null {
  const text = typed.trim();
  if (!text || /\s/.test(text)) return null;
  if (/^(?:https?:\/\/|mailto:)/i.test(text)) return isComplete(text) ? text : null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^:]+\.[^:]+:\d+(?:\/|$)/.test(text)) return null;
  if (/^[^@/]+@[^@/]+\.[^@/]+$/.test(text)) return `mailto:${text}`;
  return /^[^./]+\.[^/]+/.test(text) && isComplete(`https://${text}`) ? `https://${text}` : null;
}

function isComplete(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === "mailto:" ? url.pathname.includes("@") : url.hostname !== "";
  } catch {
    return false;
  }
}

const BAD_ADDRESS = "Enter a web address, such as https://www.example.org, or an e-mail address";

/** Ask for the address of the selected words, or for words and address where nothing is selected. */
export function editLink(editor: Editor): void {
  if (editor.isActive("link")) editor.commands.extendMarkRange("link");
  const present = (editor.getAttributes("link")["href"] as string | undefined) ?? "";
  const needsWords = editor.state.selection.empty;
  const hint = "A web address or an e-mail address";
  const address = lineField("Address", hint, { inputmode: "url", spellcheck: "false" });
  const words = lineField("Words to show");
  address.input.value = present;
  formDialog({
    heading: present ? "Change the link" : "Add a link",
    content: needsWords ? [words.group, address.group] : [address.group],
    submit: present ? "Change link" : "Add link",
    more: (dialog) => (present ? [removeButton(editor, dialog)] : []),
    returnFocus: () => editor.view.focus(),
    onSubmit: () => {
      const href = normaliseAddress(address.input.value);
      address.showError(href ? "" : BAD_ADDRESS);
      if (!href) return false;
      if (needsWords) insertLink(editor, words.input.value.trim() || address.input.value.trim(), href);
      else editor.commands.setLink({ href });
      return true;
    },
  });
}

function removeButton(editor: Editor, dialog: Dialog): HTMLButtonElement {
  return button("Remove link", () => {
    dialog.close();
    editor.commands.unsetLink();
  });
}

function insertLink(editor: Editor, text: string, href: string): void {
  editor.commands.insertContent([{ type: "text", text, marks: [{ type: "link", attrs: { href } }] }]);
}
