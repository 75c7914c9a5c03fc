import type { Node } from "@tiptap/pm/model";
import type { EditorState, Transaction } from "@tiptap/pm/state";
import type { Binding } from "./binding";
import { columnId, gridOf, rowIds } from "./grid";
import { between, newId } from "./ids";

interface Found {
  readonly node: Node;
  readonly position: number;
  readonly id: string | null;
}

/**
 * Give names to tables, rows and columns that have none, and new ones to copies, before the binding writes them.
 * As attributes, so that no position moves. Returns null where all have their names.
 */
export function identify(binding: Binding, changes: readonly Transaction[], before: EditorState, state: EditorState): Transaction | null {
  const old = tablesIn(before.doc);
  const now = tablesIn(state.doc);
  if (now.every(({ node }) => old.some((one) => one.node === node)) && now.length === new Set(now.map(({ id }) => id)).size) return null;
  return new Naming(binding, changes, old, now, state.tr).run();
}

function tablesIn(doc: Node): Found[] {
  const found: Found[] = [];
  doc.forEach((node, position) => {
    if (node.type.name === "table") found.push({ node, position, id: node.attrs["id"] as string | null });
  });
  return found;
}

class Naming {
  readonly #old: ReadonlyMap<string, Node>;
  /** Where the tables that were there before stand now. */
  readonly #mapped: ReadonlyMap<string, number>;
  /** The one table of those with the same name that keeps it. */
  readonly #keepers = new Map<string, Found>();
  readonly #replaced: Found[] = [];

  constructor(
    private readonly binding: Binding,
    changes: readonly Transaction[],
    old: readonly Found[],
    private readonly now: readonly Found[],
    private readonly transaction: Transaction,
  ) {
    const named = old.flatMap(({ node, position, id }) => (id ? [{ node, position, id }] : []));
    this.#old = new Map(named.map(({ node, id }) => [id, node]));
    const map = (position: number): number => changes.reduce((place, { mapping }) => mapping.map(place, 1), position);
    this.#mapped = new Map(named.map(({ position, id }) => [id, map(position)]));
  }

  run(): Transaction | null {
    for (const table of this.now) this.#choose(table);
    for (const id of this.binding.cut) this.#findMove(id);
    for (const table of this.now) this.#name(table);
    for (const { node, position } of [...this.#replaced].reverse()) this.transaction.delete(position, position + node.nodeSize);
    return this.transaction.docChanged ? this.transaction : null;
  }

  /** The original is the one that stands where the old one stood, not the first, and not the same object. */
  #choose(table: Found): void {
    const { id } = table;
    if (!id) return;
    const isOriginal = this.#old.has(id) ? this.#mapped.get(id) === table.position : this.binding.cut.has(id);
    const mayKeep = this.#old.has(id) || isOriginal;
    if (mayKeep && (!this.#keepers.has(id) || (this.#old.has(id) && isOriginal))) this.#keepers.set(id, table);
  }

  /** A table that was cut here, kept in place by others' words, and is pasted now: it moves. */
  #findMove(id: string): void {
    const same = this.now.filter((table) => table.id === id);
    if (!this.#old.has(id) || same.length < 2) return;
    const pasted = same.find(({ position }) => position !== this.#mapped.get(id)) ?? same.at(-1)!;
    this.#keepers.set(id, pasted);
    this.#replaced.push(...same.filter((table) => table !== pasted));
    this.binding.moving.add(id);
  }

  #name(table: Found): void {
    const { node, position, id } = table;
    if (this.#replaced.includes(table)) return;
    const isKeeper = id !== null && this.#keepers.get(id) === table;
    const old = isKeeper ? this.#old.get(id) : undefined;
    // Unchanged, or moved: then what it holds comes from Yjs.
    if (isKeeper && (old === node || !old || this.binding.moving.has(id))) return;
    if (!isKeeper) this.transaction.setNodeAttribute(position, "id", newId());
    this.#nameRows(node, position, old);
    this.#nameColumns(node, position, isKeeper ? this.binding.tables.shown(id, "c") : []);
  }

  #nameRows(table: Node, position: number, old: Node | undefined): void {
    const owners = new Map<string, Node>();
    for (const row of table.children) {
      const rid = row.attrs["rid"] as string | null;
      if (rid && (!owners.has(rid) || old?.children.includes(row))) owners.set(rid, row);
    }
    // A row that was copied stands twice, perhaps as the same object.
    const taken = new Set<string>();
    const kept = rowIds(table).map((rid, index) => {
      if (!rid || owners.get(rid) !== table.child(index) || taken.has(rid)) return null;
      taken.add(rid);
      return rid;
    });
    const names = inOrder(kept);
    table.forEach((row, offset, index) => {
      if (row.attrs["rid"] !== names[index]) this.transaction.setNodeAttribute(position + 1 + offset, "rid", names[index]);
    });
  }

  #nameColumns(table: Node, position: number, known: readonly string[]): void {
    const names = inOrder(votedColumns(table, known));
    for (const { node, offset, column } of gridOf(table).cells) {
      if (columnId(node) !== names[column]) this.transaction.setNodeAttribute(position + 1 + offset, "cid", names[column]);
    }
  }
}

/** The name of each column by the cells that begin in it; cells that span several count less. */
function votedColumns(table: Node, known: readonly string[]): (string | null)[] {
  const { width, cells } = gridOf(table);
  const votes = new Map<string, Map<number, number>>();
  for (const { node, column, width: span } of cells) {
    const cid = columnId(node);
    if (!cid) continue;
    const counts = votes.get(cid) ?? new Map<number, number>();
    counts.set(column, (counts.get(column) ?? 0) + (span === 1 ? 2 : 1));
    votes.set(cid, counts);
  }
  const names: (string | null)[] = Array.from({ length: width }, () => null);
  const most = names.map(() => 0);
  for (const [cid, counts] of votes) {
    const [column, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
    if (count > most[column]!) [names[column], most[column]] = [cid, count];
  }
  return known.length === width ? names.map((name, index) => name ?? unused(known[index]!, names)) : names;
}

function unused(name: string, names: readonly (string | null)[]): string | null {
  return names.includes(name) ? null : name;
}

/** Names that ascend: those that do not, and those that are missing, are made between their neighbours. */
function inOrder(given: readonly (string | null)[]): string[] {
  let before = "";
  const kept = given.map((name) => {
    if (!name || name <= before) return null;
    before = name;
    return name;
  });
  const names: string[] = [];
  kept.forEach((name, index) => {
    const after = kept.slice(index + 1).find((one) => one !== null) ?? null;
    names.push(name ?? between(names[index - 1] ?? "", after));
  });
  return names;
}
