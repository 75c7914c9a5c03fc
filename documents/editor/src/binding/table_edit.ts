import type { Node } from "@tiptap/pm/model";
import type * as Y from "yjs";
import type { Alignment } from "./alignment";
import type { Binding } from "./binding";
import { flatten } from "./flatten";
import { fieldOf, isSame } from "./formats";
import { columnId, type GridCell, gridOf, rowIds } from "./grid";
import { between } from "./ids";
import { layOut } from "./layout";
import type { Match } from "./matching";
import { readRuns } from "./stored";
import { type Axis, cellName } from "./tables";
import { rewrite } from "./writing";

/** Where the table's content begins in the old and in the new document, and what stays between them. */
export interface TablePlace {
  readonly alignment: Alignment | null;
  readonly old: number;
  readonly next: number;
}

/** Changes of one table by this person: its shape in its map, and the words of each cell that has changed. */
export class TableEdit {
  readonly #map: Y.Map<unknown>;
  readonly #rows: readonly string[];
  readonly #columns: readonly string[];
  readonly #oldRows: readonly string[];
  readonly #oldColumns: readonly string[];
  readonly #oldCells = new Map<string, GridCell>();

  constructor(
    private readonly binding: Binding,
    private readonly transaction: Y.Transaction,
    private readonly id: string,
    private readonly old: Node | null,
    private readonly next: Node,
    private readonly place: TablePlace,
    /** Takes up `table key` of what must be shown again, because somebody writes in it. */
    private readonly revived: Set<string>,
  ) {
    this.#map = binding.tables.map(id);
    this.#oldRows = old ? rowIds(old).map(String) : [];
    this.#oldColumns = old ? binding.tables.shown(id, "c") : [];
    this.#rows = rowIds(next).map(String);
    this.#columns = completed(startingColumns(next), this.#oldColumns);
    if (old) for (const cell of gridOf(old).cells) this.#oldCells.set(`${this.#oldRows[cell.row]}:${this.#oldColumns[cell.column]}`, cell);
  }

  write(): void {
    if (!this.old) this.#set("x", 1);
    this.#register("r", this.#rows, this.#oldRows);
    this.#register("c", this.#columns, this.#oldColumns);
    this.#removeLines();
    const seen = new Set<string>();
    for (const cell of gridOf(this.next).cells) {
      const key = `${this.#rows[cell.row]}:${this.#columns[cell.column]}`;
      seen.add(key);
      if (this.#oldCells.get(key)?.node !== cell.node) this.#writeCell(key, cell);
      else this.#dropHiddenMerge(key, cell);
    }
    this.#clearCovered(seen);
    this.#writeWidths();
  }

  #register(axis: Axis, names: readonly string[], old: readonly string[]): void {
    for (const name of names) {
      if (!this.#map.has(`${axis}:${name}`)) this.#map.set(`${axis}:${name}`, 1);
      if (!old.includes(name)) this.#set(`x:${name}`, 1);
    }
  }

  /** Rows and columns that are gone; no words are deleted, so that an edit made meanwhile keeps its row. */
  #removeLines(): void {
    const { tables } = this.binding;
    const marks = [
      ...missing(this.#oldRows, this.#rows).map((row) => [row, tables.fingerprint(this.id, row, null)] as const),
      ...missing(this.#oldColumns, this.#columns).map((column) => [column, tables.fingerprint(this.id, null, column)] as const),
    ];
    for (const [name, hash] of marks) this.#map.set(`x:${name}`, { h: hash });
  }

  /** The width of each column: what some cell says that is new, else what it was while a cell says so. */
  #writeWidths(): void {
    const said = this.#columns.map(() => new Set<number>());
    for (const { node, column } of gridOf(this.next).cells) {
      const widths = node.attrs["colwidth"] as (number | null)[] | null;
      widths?.forEach((width, index) => width && said[column + index]?.add(width));
    }
    this.#columns.forEach((name, index) => {
      const key = `w:${name}`;
      const widths = [...(said[index] ?? [])];
      this.#set(key, widths.find((width) => width !== this.#map.get(key)) ?? widths[0]);
    });
  }

  #writeCell(key: string, cell: GridCell): void {
    const old = this.#oldCells.get(key)?.node;
    if (!old?.sameMarkup(cell.node)) this.#set(`k:${key}`, this.#factsOf(cell));
    else this.#dropHiddenMerge(key, cell);
    if (old?.content.eq(cell.node.content)) return;
    if (!this.#writeWords(key, cell)) return;
    for (const name of ["x", ...key.split(":").map((line) => `x:${line}`)]) {
      if (this.#map.get(name) !== 1) this.revived.add(`${this.id} ${name}`);
    }
  }

  /** A merge that words of others keep from being shown is given up; it would come back when the words go. */
  #dropHiddenMerge(key: string, cell: GridCell): void {
    if (cell.height * cell.width === 1 && fieldOf(this.#map.get(`k:${key}`), "s")) this.#set(`k:${key}`, this.#factsOf(cell));
  }

  /** What is kept of a cell beside its words, or nothing for an ordinary one. */
  #factsOf({ node, row, column, height, width }: GridCell): object | undefined {
    const isHeader = node.type.name === "tableHeader";
    const isMerged = height * width > 1;
    if (!isHeader && !isMerged) return undefined;
    const last = [this.#rows[Math.min(this.#rows.length, row + height) - 1], this.#columns[column + width - 1]];
    return { ...(isHeader ? { h: 1 } : {}), ...(isMerged ? { s: last } : {}) };
  }

  /** Cells that a merge has covered: their words are in the merged cell now. */
  #clearCovered(seen: ReadonlySet<string>): void {
    for (const key of this.#oldCells.keys()) {
      const [row = "", column = ""] = key.split(":");
      if (seen.has(key) || !this.#rows.includes(row) || !this.#columns.includes(column)) continue;
      this.#set(`k:${key}`, undefined);
      this.#writeWords(key, null);
    }
  }

  /** Write the words of a cell; null has none. Returns whether anything was changed. */
  #writeWords(key: string, cell: GridCell | null): boolean {
    const [row = "", column = ""] = key.split(":");
    const { binding } = this;
    const name = cellName(this.id, row, column);
    const text = binding.ydoc.getText(name);
    const isChanged = rewrite({
      text,
      transaction: this.transaction,
      base: 0,
      old: layOut(readRuns(text), binding.cellType, () => null).flat,
      next: flatten(cell?.node.children ?? [binding.schema.nodes["paragraph"]!.create()]),
      known: this.#known(this.#oldCells.get(key), cell),
      isWhole: true,
      embed: () => ({}),
    });
    binding.tables.forgetCell(this.id, name);
    return isChanged;
  }

  #known(old: GridCell | undefined, next: GridCell | null): Match[] {
    const { alignment } = this.place;
    if (!alignment || !old || !next) return [];
    return alignment.within(old.node.content, this.place.old + old.offset + 1, next.node.content, this.place.next + next.offset + 1);
  }

  #set(key: string, value: unknown): void {
    if (isSame(this.#map.get(key), value)) return;
    if (value === undefined) this.#map.delete(key);
    else this.#map.set(key, value);
  }
}

/**
 * Show again what was deleted, but is written in. Not undoable, and on its own: otherwise undoing the word could hide
 * what another person has put there since.
 */
export function revive({ ydoc, tables }: Binding, revived: ReadonlySet<string>): void {
  if (!revived.size) return;
  ydoc.transact(() => {
    for (const one of revived) {
      const [id = "", key = ""] = one.split(" ");
      if (tables.map(id).get(key) !== 1) tables.map(id).set(key, 1);
      tables.forget(id);
    }
  }, "revived");
}

/** The names of the columns in which a cell begins; null for those that merged cells cover from the top to the end. */
export function startingColumns(table: Node): (string | null)[] {
  const { width, cells } = gridOf(table);
  const names: (string | null)[] = Array.from({ length: width }, () => null);
  for (const { node, column } of cells) names[column] ??= columnId(node);
  return names;
}

/** Names for all columns: those without one keep the name they had between their neighbours, or get a new one. */
function completed(found: readonly (string | null)[], known: readonly string[]): string[] {
  const names: string[] = [];
  found.forEach((name, index) => {
    const before = names[index - 1] ?? "";
    const after = found.slice(index).find((one) => one !== null) ?? null;
    names.push(name ?? known.find((one) => one > before && (after === null || one < after)) ?? between(before, after));
  });
  return names;
}

function missing(old: readonly string[], next: readonly string[]): string[] {
  return old.filter((name) => !next.includes(name));
}
