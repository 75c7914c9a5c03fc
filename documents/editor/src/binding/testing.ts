import { getSchema } from "@tiptap/core";
import type { Node, NodeType } from "@tiptap/pm/model";
import { EditorState, type Plugin, type PluginView, TextSelection, type Transaction } from "@tiptap/pm/state";
import { CellSelection, tableEditing } from "@tiptap/pm/tables";
import type { EditorView } from "@tiptap/pm/view";
import * as Y from "yjs";
import { extensions } from "../schema/extensions";
import { flatPlugin, readDocument, undoManager } from "./index";

export const schema = getSchema(extensions());

export function nodeType(name: string): NodeType {
  const type = schema.nodes[name];
  if (!type) throw new Error(`There is no node “${name}”.`);
  return type;
}

export function paragraph(text = ""): Node {
  return nodeType("paragraph").create(null, text ? schema.text(text) : null);
}

export function heading(level: number, text: string): Node {
  return nodeType("heading").create({ level }, schema.text(text));
}

export function list(name: "bulletList" | "orderedList", ...items: (string | readonly Node[])[]): Node {
  const children = items.map((item) => nodeType("listItem").create(null, typeof item === "string" ? [paragraph(item)] : item));
  return nodeType(name).create(null, children);
}

export function quote(...texts: string[]): Node {
  return nodeType("blockquote").create(null, texts.map(paragraph));
}

/** A table with these words in its cells. */
export function table(...rows: string[][]): Node {
  const cell = (text: string): Node => nodeType("tableCell").create(null, paragraph(text));
  return nodeType("table").create(null, rows.map((cells) => nodeType("tableRow").create(null, cells.map(cell))));
}

export function picture(number: number): Node {
  const src = `/images/00000000-0000-4000-8000-${String(number).padStart(12, "0")}/`;
  return nodeType("image").create({ src, alt: `Picture ${number}`, width: 40, height: 30 });
}

export function footnote(id: string): Node {
  return nodeType("footnote").create({ id, text: `Note ${id}` });
}

/** One person with an editor, without a browser. */
export class Person {
  state: EditorState;
  readonly ydoc = new Y.Doc();
  readonly changes: Transaction[] = [];
  readonly #views: PluginView[] = [];

  constructor(clientId: number, from?: Person, captureTimeout = 0, more: readonly Plugin[] = []) {
    this.ydoc.clientID = clientId;
    if (from) Y.applyUpdate(this.ydoc, Y.encodeStateAsUpdate(from.ydoc));
    const plugins: Plugin[] = [flatPlugin(this.ydoc), tableEditing(), ...more];
    this.state = EditorState.create({ schema, plugins });
    for (const plugin of plugins) {
      const view = plugin.spec.view?.(this as unknown as EditorView);
      if (view) this.#views.push(view);
    }
    undoManager(this.state, { captureTimeout });
  }

  readonly dispatch = (transaction: Transaction): void => {
    const before = this.state;
    this.state = this.state.apply(transaction);
    this.changes.push(transaction);
    for (const view of this.#views) view.update?.(this as unknown as EditorView, before);
  };

  get doc(): Node {
    return this.state.doc;
  }

  /** What somebody would see who opens the section now. */
  get stored(): Node {
    return readDocument(this.ydoc, schema);
  }

  write(...blocks: Node[]): this {
    this.dispatch(this.state.tr.replaceWith(0, this.doc.content.size, blocks));
    return this;
  }

  /** Where these words begin. */
  find(words: string): number {
    let found = -1;
    this.doc.descendants((node, position) => {
      const index = node.isText ? (node.text ?? "").indexOf(words) : -1;
      if (found < 0 && index >= 0) found = position + index;
    });
    if (found < 0) throw new Error(`“${words}” is not in ${this.doc.toString()}`);
    return found;
  }

  after(words: string): number {
    return this.find(words) + words.length;
  }

  caret(position: number, head = position): this {
    this.dispatch(this.state.tr.setSelection(TextSelection.create(this.doc, position, head)));
    return this;
  }

  type(position: number, text: string): this {
    this.dispatch(this.state.tr.insertText(text, position));
    return this;
  }

  delete(words: string): this {
    this.dispatch(this.state.tr.delete(this.find(words), this.after(words)));
    return this;
  }

  run(command: (state: EditorState, dispatch?: (transaction: Transaction) => void) => boolean): boolean {
    return command(this.state, this.dispatch);
  }

  selectCells(from: string, to: string): this {
    const cellOf = (words: string): number => this.doc.resolve(this.find(words)).before(3);
    this.dispatch(this.state.tr.setSelection(CellSelection.create(this.doc, cellOf(from), cellOf(to))));
    return this;
  }

  undo(): this {
    undoManager(this.state).undo();
    return this;
  }

  redo(): this {
    undoManager(this.state).redo();
    return this;
  }

  /** What happened since is undone by itself. */
  pause(): this {
    undoManager(this.state).stopCapturing();
    return this;
  }
}

/** Bring all to the same state, as when everybody is online again. */
export function exchange(...people: Person[]): void {
  for (const from of people) {
    for (const to of people) if (to !== from) Y.applyUpdate(to.ydoc, Y.encodeStateAsUpdate(from.ydoc, Y.encodeStateVector(to.ydoc)));
  }
}

/** Two people who have the same section open. */
export function two(...blocks: Node[]): [Person, Person] {
  const amira = new Person(1).write(...blocks);
  undoManager(amira.state).clear();
  return [amira, new Person(2, amira)];
}

/** The blocks in short: `p`, `h2`, `li`, … and their words; footnotes as [id], pictures as their description. */
export function outline(doc: Node): string[] {
  const lines: string[] = [];
  const walk = (node: Node, path: string): void => {
    if (node.type.name === "image") lines.push(`picture ${String(node.attrs["alt"])}`);
    else if (node.isTextblock) lines.push(`${path}${short(node)} ${wordsIn(node)}`.trimEnd());
    else for (const child of node.children) walk(child, node.type.name === "doc" ? "" : `${path}${short(node)}>`);
  };
  walk(doc, "");
  return lines;
}

const SHORT: Readonly<Record<string, string>> = { paragraph: "p", bulletList: "ul", orderedList: "ol", listItem: "li", blockquote: "quote", tableRow: "tr", tableCell: "td", tableHeader: "th" };

function short(node: Node): string {
  return node.type.name === "heading" ? `h${String(node.attrs["level"])}` : (SHORT[node.type.name] ?? node.type.name);
}

function wordsIn(node: Node): string {
  return node.children.map((child) => (child.isText ? (child.text ?? "") : child.type.name === "hardBreak" ? "/" : `[${String(child.attrs["id"])}]`)).join("");
}
