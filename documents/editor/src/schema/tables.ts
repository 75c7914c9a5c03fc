import type { Attributes } from "@tiptap/core";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { deleteColumn, deleteRow } from "../binding/lines";
import { mergeCells } from "../binding/merge";
import { WORDS } from "./nodes";

const NAME = /^[0-9a-z]{1,200}$/;

/** The name under which the binding stores a table, row or column; pasted HTML may hold anything. */
function nameAttribute(attribute: string, html: string): Attributes {
  return {
    [attribute]: {
      default: null,
      parseHTML: (element) => readName(element.getAttribute(html)),
      renderHTML: (attributes) => (attributes[attribute] ? { [html]: String(attributes[attribute]) } : {}),
    },
  };
}

function readName(given: string | null): string | null {
  return given && NAME.test(given) ? given : null;
}

function readWidths(element: HTMLElement): number[] | null {
  const widths = (element.getAttribute("colwidth") ?? "").split(",").map((width) => parseInt(width, 10));
  return widths.every((width) => width > 0 && width < 5000) ? widths : null;
}

function readSpan(element: HTMLElement, name: string): number {
  return Math.min(1000, Math.max(1, parseInt(element.getAttribute(name) ?? "", 10) || 1));
}

const cellAttributes = (): Attributes => ({
  colspan: { default: 1, parseHTML: (element) => readSpan(element, "colspan") },
  rowspan: { default: 1, parseHTML: (element) => readSpan(element, "rowspan") },
  colwidth: { default: null, parseHTML: readWidths },
  ...nameAttribute("cid", "data-cid"),
});

/** A table stands at the top level only, and its cells merge only where that moves no words. */
export const SectionTable = Table.extend({
  group: "topblock",
  addAttributes: () => nameAttribute("id", "data-id"),
  addCommands() {
    return {
      ...this.parent?.(),
      deleteRow: () => ({ state, dispatch }) => deleteRow(state, dispatch),
      deleteColumn: () => ({ state, dispatch }) => deleteColumn(state, dispatch),
      mergeCells: () => ({ state, dispatch }) => mergeCells(state, dispatch),
      mergeOrSplit: () => ({ state, dispatch, commands }) => mergeCells(state, dispatch) || commands.splitCell(),
    };
  },
}).configure({ resizable: false });

export const SectionRow = TableRow.extend({ addAttributes: () => nameAttribute("rid", "data-rid") });

export const SectionCell = TableCell.extend({ content: `${WORDS}+`, addAttributes: cellAttributes });

export const SectionHeaderCell = TableHeader.extend({ content: `${WORDS}+`, addAttributes: cellAttributes });
