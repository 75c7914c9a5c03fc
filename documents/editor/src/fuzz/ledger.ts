import type * as Y from "yjs";
import type { Counts } from "./pieces";

/** A moment of one person's copy of the text: what it held of each writer. */
type Seen = ReadonlyMap<number, number>;

/** A piece was written into a text: typed, pasted, or brought back by an undo that wrote it anew. */
interface Writing {
  readonly client: number;
  readonly clock: number;
}

/** A piece was taken out on purpose: out of its text, or only out of sight (a deleted row keeps its text). */
interface Removal {
  readonly by: number;
  readonly seen: Seen;
  /** How many copies the person still saw: which one went is then not known. */
  readonly left: number;
}

interface Account {
  readonly author: number;
  readonly writings: Writing[];
  readonly removals: Removal[];
  readonly hidings: Removal[];
  /** A row, column or table came back with the piece in it. */
  readonly returns: { readonly seen: Seen }[];
}

/** What a person sees and what their copy holds, before or after an operation. */
export interface Snapshot {
  readonly shown: Counts;
  readonly stored: Counts;
  readonly seen: Seen;
}

/** What an operation may do with pieces that exist already. */
export type Effect = "keeps" | "removes" | "restores" | "replaces" | "history";

export interface Fault {
  readonly kind: "lost" | "doubled";
  readonly piece: string;
  readonly why: string;
}

export interface Verdict {
  readonly faults: readonly Fault[];
  /** Pieces whose place in the account leaves more than one right answer: see docs/merging.md. */
  readonly open: number;
  /** Pieces that are there more than once because several people brought them back. */
  readonly copies: readonly string[];
}

/** Accounts for every piece: what was written, what was removed on purpose and what must therefore be there at the end. */
export class Ledger {
  readonly faults: Fault[] = [];
  readonly #accounts = new Map<string, Account>();

  get size(): number {
    return this.#accounts.size;
  }

  /** A piece was written for the first time. */
  write(piece: string, author: number, at: Snapshot): void {
    this.#accounts.set(piece, { author, writings: [writingOf(author, at)], removals: [], hidings: [], returns: [] });
  }

  /** Compare a person's copy before and after one operation of theirs; what the operation may not have done is a fault. */
  compare(person: number, effect: Effect, before: Snapshot, after: Snapshot, what: string): void {
    for (const piece of changed(before, after)) {
      const account = this.#accounts.get(piece);
      const stored = count(after.stored, piece) - count(before.stored, piece);
      const shown = count(after.shown, piece) - count(before.shown, piece);
      if (!account) continue;
      const excuse = excused(account, person, effect, stored, shown);
      if (!excuse) this.#fault(shown < 0 || stored < 0 ? "lost" : "doubled", piece, `${what} changed it (stored ${stored}, shown ${shown})`);
      note(account, person, stored, shown, before, after, piece);
    }
  }

  /** Whether a piece is where it was first written: nobody has taken it out, hidden it or pasted it. */
  isUntouched(piece: string): boolean {
    const account = this.#accounts.get(piece);
    return account !== undefined && account.writings.length === 1 && !account.removals.length && !account.hidings.length;
  }

  /** Say what is wrong with the text that everybody has at the end. */
  close(shown: Counts): Verdict {
    const faults = [...this.faults];
    let open = 0;
    const copies: string[] = [];
    for (const [piece, account] of this.#accounts) {
      const [least, most] = [leastOf(account), mostOf(account)];
      const found = count(shown, piece);
      if (least !== most) open++;
      if (found < least) faults.push({ kind: "lost", piece, why: history(account) });
      else if (found > most) faults.push({ kind: "doubled", piece, why: `${found} times; ${history(account)}` });
      else if (found > 1) copies.push(piece);
    }
    for (const piece of shown.keys()) {
      if (!this.#accounts.has(piece)) faults.push({ kind: "doubled", piece, why: "nobody wrote it" });
    }
    return { faults, open, copies };
  }

  #fault(kind: Fault["kind"], piece: string, why: string): void {
    this.faults.push({ kind, piece, why });
  }
}

export function seenBy(ydoc: Y.Doc): Seen {
  const seen = new Map<number, number>();
  for (const [client, structs] of ydoc.store.clients) {
    const last = structs[structs.length - 1];
    if (last) seen.set(client, last.id.clock + last.length);
  }
  return seen;
}

/** The pieces that are there another number of times than before. */
function changed(before: Snapshot, after: Snapshot): Set<string> {
  const pieces = new Set<string>();
  for (const side of ["stored", "shown"] as const) {
    if (before[side] === after[side]) continue;
    for (const [piece, times] of before[side]) if (after[side].get(piece) !== times) pieces.add(piece);
    for (const piece of after[side].keys()) if (!before[side].has(piece)) pieces.add(piece);
  }
  return pieces;
}

/** Whether a person may do this to a piece: write it again, take it out, show or hide it. */
function excused(account: Account, person: number, effect: Effect, stored: number, shown: number): boolean {
  // A row that was deleted goes again when the edit that kept it goes, and comes back when an edit keeps it.
  if (stored === 0 && account.hidings.length) return true;
  if (effect === "keeps") return false;
  if (effect === "removes") return stored <= 0 && shown <= 0;
  if (effect === "replaces") return true;
  const hasRemoved = account.removals.some(({ by }) => by === person);
  if (effect === "restores") return stored >= 0 && shown >= 0 && hasRemoved;
  return hasRemoved || account.writings.some(({ client }) => client === person);
}

function note(account: Account, person: number, stored: number, shown: number, before: Snapshot, after: Snapshot, piece: string): void {
  const removal = { by: person, seen: before.seen, left: count(after.stored, piece) };
  if (stored < 0) account.removals.push(removal);
  for (let copy = 0; copy < stored; copy++) account.writings.push(writingOf(person, after));
  if (stored === 0 && shown < 0) account.hidings.push(removal);
  if (stored === 0 && shown > 0) account.returns.push({ seen: before.seen });
}

function writingOf(client: number, at: Snapshot): Writing {
  return { client, clock: at.seen.get(client) ?? 0 };
}

function covers(removal: Removal, writing: Writing): boolean {
  return (removal.seen.get(writing.client) ?? 0) >= writing.clock;
}

/** A piece must be there if one of its copies was never removed by a person who had seen it, nor hidden for good. */
function leastOf({ writings, removals, hidings, returns }: Account): number {
  const stands = (writing: Writing): boolean => {
    if (removals.some((removal) => covers(removal, writing))) return false;
    return !hidings.some((hiding) => covers(hiding, writing) && !returns.some((back) => isLater(back.seen, hiding)));
  };
  return writings.some(stands) ? 1 : 0;
}

/** Whether whoever brought a row back had seen that it was hidden, so that the return counts. */
function isLater(seen: Seen, hiding: Removal): boolean {
  return (seen.get(hiding.by) ?? 0) > (hiding.seen.get(hiding.by) ?? 0);
}

/** There may be as many copies as were written and not removed; two people who bring a word back make two. */
function mostOf({ writings, removals }: Account): number {
  return writings.filter((writing) => !removals.some((removal) => !removal.left && covers(removal, writing))).length;
}

function history({ author, writings, removals, hidings, returns }: Account): string {
  return `by ${author}; written ${writings.length}, removed ${removals.length}, hidden ${hidings.length}, back ${returns.length} times`;
}

function count(counts: Counts, piece: string): number {
  return counts.get(piece) ?? 0;
}
