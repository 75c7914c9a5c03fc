import { el } from "../dom";
import { button, Dialog } from "./dialog";

const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);

/** Keys and what they do; "Mod" is Ctrl, or ⌘ on a Mac. */
const KEYS: readonly (readonly [string, string])[] = [
  ["F6", "Move between contents, text, comments and writing tools (with Shift: back)"],
  ["Mod Alt M", "Comment on the selected words, or on the section"],
  ["Mod Alt S", "Suggest other words for the selected ones"],
  ["Escape, in comments", "Back to the words in the text"],
  ["Alt F10", "Go to the writing tools; Escape comes back"],
  ["Arrow keys", "Move in the text, and from section to section"],
  ["Tab", "Next cell in a table; in a list, make an inner item"],
  ["Mod Enter, in a table", "Write below the table"],
  ["Escape, then Tab", "Leave the text"],
  ["Mod B", "Bold"],
  ["Mod I", "Italic"],
  ["Mod U", "Underline"],
  ["Mod K", "Link"],
  ["Mod Shift 7", "Numbered list"],
  ["Mod Shift 8", "Bulleted list"],
  ["Mod Shift B", "Quotation"],
  ["Mod Alt 2, 3, 4", "Heading, sub-heading, small heading"],
  ["Mod Alt 0", "Paragraph"],
  ["Shift Enter", "New line in the same paragraph"],
  ["Mod Z", "Undo your last change in this section"],
  ["Mod Shift Z", "Redo"],
  ["Mod /", "This list"],
];

/** Show the keys. */
export function showHelp(): void {
  const mod = isMac() ? "⌘" : "Ctrl";
  const rows = KEYS.map(([keys, action]) =>
    el("tr", { class: "govuk-table__row" }, header("row", keys.replace("Mod", mod)), el("td", { class: "govuk-table__cell" }, action)),
  );
  const head = el("tr", {}, header("col", "Keys"), header("col", "What they do"));
  const table = el("table", { class: "govuk-table" }, el("thead", {}, head), el("tbody", {}, ...rows));
  const dialog = new Dialog("Keyboard help", [table]);
  dialog.element.append(button("Close", () => dialog.close(), { class: "govuk-button" }));
  dialog.open();
}

function header(scope: "row" | "col", words: string): HTMLTableCellElement {
  return el("th", { scope, class: "govuk-table__header" }, words);
}
