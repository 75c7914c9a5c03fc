import type { Node, Schema } from "@tiptap/pm/model";
import * as Y from "yjs";
import { fieldOf } from "./formats";
import { fingerprint } from "./ids";
import { layOut } from "./layout";
import { isBlank } from "./merge";
import { readRuns, wordsOf } from "./stored";

export type Axis = "r" | "c";

export function tableName(id: string): string {
  return `t:${id}`;
}

export function cellName(id: string, row: string, column: string): string {
  return `t:${id}:${row}:${column}`;
}

interface Span {
  readonly height: number;
  readonly width: number;
}

/** The tables of one document: which of them, and which rows and columns, are shown, and the nodes made of them. */
export class Tables {
  readonly #nodes = new Map<string, Node | null>();
  readonly #contents = new Map<string, readonly Node[]>();

  constructor(
    private readonly ydoc: Y.Doc,
    private readonly schema: Schema,
  ) {}

  map(id: string): Y.Map<unknown> {
    return this.ydoc.getMap(tableName(id));
  }

  isKnown(id: string): boolean {
    return this.ydoc.share.has(tableName(id)) && this.map(id).has("at0");
  }

  /** The table that stands at this embed now, or null where none is shown. */
  shownAt(embed: unknown): Node | null {
    const id = fieldOf(embed, "t");
    if (typeof id !== "string" || !this.isKnown(id)) return null;
    const map = this.map(id);
    return (map.get("at") ?? map.get("at0")) === fieldOf(embed, "k") ? this.node(id) : null;
  }

  /** The table as the editor shows it; null while it is hidden. */
  node(id: string): Node | null {
    let node = this.#nodes.get(id);
    if (node === undefined) this.#nodes.set(id, (node = this.#make(id)));
    return node;
  }

  /** Something in the table has changed. */
  forget(id: string): void {
    this.#nodes.delete(id);
  }

  forgetCell(id: string, name: string): void {
    this.#nodes.delete(id);
    this.#contents.delete(name);
  }

  forgetAll(): void {
    this.#nodes.clear();
    this.#contents.clear();
  }

  /** The editor's own node of what `node` gives, so that it is known as the same later. */
  keep(table: Node): void {
    this.#nodes.set(String(table.attrs["id"]), table);
  }

  /** The names of all rows or columns there ever were, in order. */
  registered(id: string, axis: Axis): string[] {
    const names: string[] = [];
    for (const key of this.map(id).keys()) if (key.startsWith(`${axis}:`)) names.push(key.slice(2));
    return names.sort();
  }

  shown(id: string, axis: Axis): string[] {
    return this.registered(id, axis).filter((name) => this.#isShown(id, `x:${name}`, axis === "r" ? name : null, axis === "c" ? name : null));
  }

  /** What the words of a row, a column or (both null) the whole table are now. */
  fingerprint(id: string, row: string | null, column: string | null): number {
    return fingerprint(this.#words(id, row, column));
  }

  words(id: string, row: string, column: string): string {
    const name = cellName(id, row, column);
    return this.ydoc.share.has(name) ? wordsOf(this.ydoc.getText(name)) : "";
  }

  #words(id: string, row: string | null, column: string | null): string {
    const columns = column === null ? this.registered(id, "c") : [column];
    let words = "";
    for (const one of row === null ? this.registered(id, "r") : [row]) {
      for (const two of columns) {
        const text = this.words(id, one, two);
        if (!isBlank(text)) words += `${one}:${two}=${text}\0`;
      }
    }
    return words;
  }

  /** Alive; or deleted, but its words have changed since; or its making was undone, but there are words in it. */
  #isShown(id: string, key: string, row: string | null, column: string | null): boolean {
    const state = this.map(id).get(key);
    if (state === 1) return true;
    const words = this.#words(id, row, column);
    return state ? fingerprint(words) !== fieldOf(state, "h") : words !== "";
  }

  #make(id: string): Node | null {
    if (!this.isKnown(id) || !this.#isShown(id, "x", null, null)) return null;
    const [rows, columns] = [this.shown(id, "r"), this.shown(id, "c")];
    if (!rows.length || !columns.length) return null;
    const covered = new Set<string>();
    const made = rows.map((row, down) => {
      const cells: Node[] = [];
      columns.forEach((_, along) => {
        if (!covered.has(`${down}:${along}`)) cells.push(this.#cell(id, rows, columns, down, along, covered));
      });
      return this.schema.nodes["tableRow"]!.create({ rid: row }, cells);
    });
    return this.schema.nodes["table"]!.create({ id }, made);
  }

  #cell(id: string, rows: string[], columns: string[], down: number, along: number, covered: Set<string>): Node {
    const [row, column] = [rows[down]!, columns[along]!];
    const facts = this.map(id).get(`k:${row}:${column}`);
    const { height, width } = this.#span(id, rows, columns, down, along, fieldOf(facts, "s"), covered);
    const widths = columns.slice(along, along + width).map((one) => Number(this.map(id).get(`w:${one}`)) || 0);
    const type = this.schema.nodes[fieldOf(facts, "h") ? "tableHeader" : "tableCell"]!;
    const attributes = { cid: column, rowspan: height, colspan: width, colwidth: widths.some(Boolean) ? widths : null };
    return type.create(attributes, this.#content(cellName(id, row, column)));
  }

  /** How far a merged cell reaches: only over cells without words that no other covers. */
  #span(id: string, rows: string[], columns: string[], down: number, along: number, last: unknown, covered: Set<string>): Span {
    const alone = { height: 1, width: 1 };
    if (!Array.isArray(last) || last.length !== 2) return alone;
    const [height, width] = [reach(rows, down, last[0]), reach(columns, along, last[1])];
    const others: string[] = [];
    for (let row = down; row < down + height; row += 1) {
      for (let column = along; column < along + width; column += 1) {
        if (row === down && column === along) continue;
        const isFree = !covered.has(`${row}:${column}`) && isBlank(this.words(id, rows[row]!, columns[column]!));
        if (!isFree) return alone;
        others.push(`${row}:${column}`);
      }
    }
    for (const other of others) covered.add(other);
    return { height, width };
  }

  #content(name: string): readonly Node[] {
    let content = this.#contents.get(name);
    if (!content) {
      const runs = this.ydoc.share.has(name) ? readRuns(this.ydoc.getText(name)) : [];
      content = layOut(runs, this.schema.nodes["tableCell"]!, () => null).pieces.map(({ node }) => node);
      this.#contents.set(name, content);
    }
    return content;
  }
}

function reach(names: readonly string[], start: number, last: unknown): number {
  let end = start + 1;
  while (end < names.length && typeof last === "string" && names[end]! <= last) end += 1;
  return end - start;
}
