import { Fragment, type Node } from "@tiptap/pm/model";
import type { StepMap } from "@tiptap/pm/transform";
import type * as Y from "yjs";
import { Alignment } from "./alignment";
import type { Binding } from "./binding";
import { flatten } from "./flatten";
import { newId } from "./ids";
import type { Piece } from "./layout";
import { revive, TableEdit } from "./table_edit";
import { rewrite } from "./writing";

/** Which blocks of the first level an edit has changed: from `first`, up to `oldLast` and `nextLast`. */
interface Region {
  readonly first: number;
  readonly oldLast: number;
  readonly nextLast: number;
  /** Only one table has changed, and stands where it stood. */
  readonly isTable: boolean;
  /** Only words have changed, in one block. */
  readonly isTyping: boolean;
}

/** One edit of this person, from the editor's document to Yjs. */
export class LocalEdit {
  /** The edit moved a table: what it holds comes from Yjs, whatever was pasted. */
  isMove = false;
  readonly #next: readonly Node[];
  readonly #region: Region | null;
  readonly #base: number;
  readonly #oldStored: number;
  readonly #lengthBefore: number;
  readonly #revived = new Set<string>();
  readonly #alignment: Alignment | null;

  constructor(
    private readonly binding: Binding,
    doc: Node,
    steps: readonly StepMap[] | null,
  ) {
    const { pieces, text } = binding;
    this.#next = doc.children;
    this.#alignment = steps && binding.shown ? new Alignment(steps, binding.shown.content.size) : null;
    this.#region = regionOf(pieces, this.#next);
    this.#lengthBefore = text.length;
    const { first, oldLast } = this.#region ?? { first: 0, oldLast: 0 };
    this.#base = storedIn(pieces.slice(0, first));
    this.#oldStored = storedIn(pieces.slice(first, oldLast));
  }

  /** Words written or deleted within one block: those are undone together with what came just before. */
  get isTyping(): boolean {
    return this.#region?.isTyping ?? true;
  }

  write(): void {
    const { binding } = this;
    if (!this.#region) return;
    binding.ydoc.transact((transaction) => {
      // What stood here before is asked before anything is written.
      const known = new Set(tablesIn(this.#next).filter((table) => binding.tables.isKnown(idOf(table))).map(idOf));
      if (!this.#region!.isTable) this.#writeText(this.#region!, transaction);
      this.#writeTables(known, transaction);
    }, binding);
    revive(binding, this.#revived);
  }

  /** What the blocks take up now; null if the editor shows something else than what is now in Yjs. */
  check(): readonly Piece[] | null {
    const { binding } = this;
    if (!this.#region) return this.#withNodes(binding.pieces);
    if (this.isMove) return null;
    const { first, oldLast, nextLast } = this.#region;
    const stored = this.#oldStored + binding.text.length - this.#lengthBefore;
    const { pieces } = binding.layOut(this.#base, this.#base + stored);
    const next = this.#next.slice(first, nextLast);
    if (pieces.length !== next.length || !pieces.every(({ node }, index) => node.eq(next[index]!))) return null;
    for (const node of next) if (node.type.name === "table") binding.tables.keep(node);
    return this.#withNodes([...binding.pieces.slice(0, first), ...pieces, ...binding.pieces.slice(oldLast)]);
  }

  #withNodes(pieces: readonly Piece[]): readonly Piece[] {
    return pieces.map((piece, index) => (piece.node === this.#next[index] ? piece : { ...piece, node: this.#next[index]! }));
  }

  #writeText({ first, oldLast, nextLast }: Region, transaction: Y.Transaction): void {
    const { binding } = this;
    const old = Fragment.fromArray(binding.pieces.slice(first, oldLast).map(({ node }) => node));
    const next = Fragment.fromArray(this.#next.slice(first, nextLast));
    // All that is before is the same, and so begins both at the same position.
    const start = startOf(this.#next, this.#next[first]);
    rewrite({
      text: binding.text,
      transaction,
      base: this.#base,
      old: binding.layOut(this.#base, this.#base + this.#oldStored).flat,
      next: flatten(next.content),
      known: this.#alignment?.within(old, start, next, start) ?? [],
      isWhole: nextLast - first === this.#next.length && oldLast - first === binding.pieces.length,
      embed: (table) => this.#embed(table),
    });
  }

  /** Let the table stand at a new embed; the old one stays in the text, and shows nothing. */
  #embed(table: string): object {
    const map = this.binding.tables.map(table);
    const nonce = newId();
    map.set("at", nonce);
    if (!map.has("at0")) map.set("at0", nonce);
    return { t: table, k: nonce };
  }

  #writeTables(known: ReadonlySet<string>, transaction: Y.Transaction): void {
    const { binding } = this;
    const old = new Map(tablesIn(binding.pieces.map(({ node }) => node)).map((table) => [idOf(table), table]));
    const next = new Map(tablesIn(this.#next).map((table) => [idOf(table), table]));
    for (const id of old.keys()) if (!next.has(id)) this.#remove(id);
    for (const [id, table] of next) {
      const before = old.get(id) ?? null;
      if (before === table) continue;
      if (binding.moving.has(id) || (!before && known.has(id))) this.#move(id);
      else this.#change(id, before, table, transaction);
    }
  }

  /** No words are deleted: if others write in the table meanwhile, it stays. */
  #remove(id: string): void {
    const { tables, cut } = this.binding;
    tables.map(id).set("x", { h: tables.fingerprint(id, null, null) });
    tables.forget(id);
    cut.add(id);
  }

  #move(id: string): void {
    const { tables, cut, moving } = this.binding;
    moving.delete(id);
    cut.delete(id);
    tables.map(id).set("x", 1);
    tables.forget(id);
    this.isMove = true;
  }

  #change(id: string, before: Node | null, table: Node, transaction: Y.Transaction): void {
    const { tables } = this.binding;
    const pieces = this.binding.pieces.map(({ node }) => node);
    const place = { alignment: this.#alignment, old: startOf(pieces, before ?? undefined) + 1, next: startOf(this.#next, table) + 1 };
    new TableEdit(this.binding, transaction, id, before, table, place, this.#revived).write();
    tables.forget(id);
  }
}

/** The changed blocks, with those neighbours whose stored form depends on them. Null if nothing has changed. */
function regionOf(pieces: readonly Piece[], next: readonly Node[]): Region | null {
  const most = Math.min(pieces.length, next.length);
  let first = 0;
  while (first < most && pieces[first]!.node === next[first]) first += 1;
  let same = 0;
  while (first + same < most && pieces.at(-1 - same)!.node === next.at(-1 - same)) same += 1;
  if (first + same === pieces.length && first + same === next.length) return null;
  const old = pieces[first]?.node;
  const isOne = pieces.length - same - first === 1 && next.length - same - first === 1;
  const isTable = isOne && old?.type.name === "table" && next[first]!.type.name === "table" && idOf(old) === idOf(next[first]!);
  const isTyping = isOne && old !== undefined && old.sameMarkup(next[first]!) && endsIn(old) === endsIn(next[first]!);
  if (isTable) return { first, oldLast: first + 1, nextLast: first + 1, isTable, isTyping };
  // How much a block shares with the one before is written with it.
  const isWithin = isOne && old?.isTextblock && old.sameMarkup(next[first]!);
  if (same > 0 && !isWithin) same -= 1;
  // Nothing may be written behind words whose end is not stored, nor may a region be empty.
  if (first > 0 && (pieces[first - 1]!.isOpenEnded || first + same === next.length)) first -= 1;
  return { first, oldLast: pieces.length - same, nextLast: next.length - same, isTable: false, isTyping };
}

/** How many blocks with words there are inside. */
function endsIn(block: Node): number {
  let count = 0;
  block.descendants(({ isTextblock }) => {
    if (isTextblock) count += 1;
    return !isTextblock;
  });
  return count;
}

function storedIn(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { stored }) => sum + stored, 0);
}

function tablesIn(blocks: readonly Node[]): Node[] {
  return blocks.filter((block) => block.type.name === "table");
}

function idOf(table: Node): string {
  return String(table.attrs["id"]);
}

function startOf(blocks: readonly Node[], wanted: Node | undefined): number {
  let start = 0;
  for (const block of blocks) {
    if (block === wanted) break;
    start += block.nodeSize;
  }
  return start;
}
