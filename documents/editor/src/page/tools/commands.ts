import type { Editor } from "@tiptap/core";
import { canMergeCells } from "../../binding/index";

export interface Command {
  readonly run: (editor: Editor) => void;
  /** Whether it could be run now; left out where it always can. */
  readonly can?: (editor: Editor) => boolean;
  /** Whether it holds where the caret is; left out for commands that only act. */
  readonly isOn?: (editor: Editor) => boolean;
}

/** The commands of the toolbar that need no dialog, by `data-command`. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  bold: { run: (editor) => editor.chain().focus().toggleBold().run(), isOn: (editor) => editor.isActive("bold") },
  italic: { run: (editor) => editor.chain().focus().toggleItalic().run(), isOn: (editor) => editor.isActive("italic") },
  underline: { run: (editor) => editor.chain().focus().toggleUnderline().run(), isOn: (editor) => editor.isActive("underline") },
  bulletList: { run: (editor) => editor.chain().focus().toggleBulletList().run(), isOn: (editor) => editor.isActive("bulletList") },
  orderedList: { run: (editor) => editor.chain().focus().toggleOrderedList().run(), isOn: (editor) => editor.isActive("orderedList") },
  blockquote: {
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
    can: (editor) => !editor.isActive("table"),
    isOn: (editor) => editor.isActive("blockquote"),
  },
  undo: { run: (editor) => editor.chain().focus().undo().run(), can: (editor) => editor.can().undo() },
  redo: { run: (editor) => editor.chain().focus().redo().run(), can: (editor) => editor.can().redo() },
};

/** The values of the style list. */
const STYLES: Readonly<Record<string, (editor: Editor) => void>> = {
  paragraph: (editor) => {
    editor.commands.unsetBlockquote();
    editor.commands.setParagraph();
  },
  heading2: (editor) => editor.commands.setHeading({ level: 2 }),
  heading3: (editor) => editor.commands.setHeading({ level: 3 }),
  heading4: (editor) => editor.commands.setHeading({ level: 4 }),
  blockquote: (editor) => editor.commands.setBlockquote(),
};

export function applyStyle(editor: Editor, style: string): void {
  STYLES[style]?.(editor);
}

/** The value of the style list for where the caret is. */
export function styleOf(editor: Editor): string {
  for (const level of [2, 3, 4]) if (editor.isActive("heading", { level })) return `heading${level}`;
  return editor.isActive("blockquote") ? "blockquote" : "paragraph";
}

const isInTable = (editor: Editor): boolean => editor.isActive("table");

/** A new paragraph beside the table with the caret: a section may begin or end with one, and then nothing else leads there. */
export function writeBeside(editor: Editor, side: "above" | "below"): void {
  const { $head } = editor.state.selection;
  const position = side === "above" ? $head.before(1) : $head.after(1);
  editor.chain().insertContentAt(position, { type: "paragraph" }).focus(position + 1).run();
}

/** The table menu: words, and what they do. A line of the menu shows only where it can be run. */
export const TABLE_COMMANDS: readonly (Command & { readonly words: string })[] = [
  {
    words: "Insert a table",
    run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    can: (editor) => !isInTable(editor),
  },
  { words: "Add a row above", run: (editor) => editor.chain().focus().addRowBefore().run(), can: isInTable },
  { words: "Add a row below", run: (editor) => editor.chain().focus().addRowAfter().run(), can: isInTable },
  { words: "Add a column to the left", run: (editor) => editor.chain().focus().addColumnBefore().run(), can: isInTable },
  { words: "Add a column to the right", run: (editor) => editor.chain().focus().addColumnAfter().run(), can: isInTable },
  { words: "Write above the table", run: (editor) => writeBeside(editor, "above"), can: isInTable },
  { words: "Write below the table", run: (editor) => writeBeside(editor, "below"), can: isInTable },
  { words: "Header row on or off", run: (editor) => editor.chain().focus().toggleHeaderRow().run(), can: isInTable },
  {
    words: "Merge the selected cells",
    run: (editor) => editor.chain().focus().mergeCells().run(),
    can: (editor) => isInTable(editor) && canMergeCells(editor.state),
  },
  { words: "Split the cell", run: (editor) => editor.chain().focus().splitCell().run(), can: (editor) => isInTable(editor) && editor.can().splitCell() },
  { words: "Delete the row", run: (editor) => editor.chain().focus().deleteRow().run(), can: isInTable },
  { words: "Delete the column", run: (editor) => editor.chain().focus().deleteColumn().run(), can: isInTable },
  { words: "Delete the table", run: (editor) => editor.chain().focus().deleteTable().run(), can: isInTable },
];
