import type * as Y from "yjs";
import type { Counts, Places } from "./pieces";

/** A moment of one person's copy of the text: how much of each writer it held. */
type Seen = ReadonlyMap<number, number>;

/** A piece as it was written once: typed, pasted, or brought back by an undo. Yjs never brings back the same characters. */
interface Copy {
  readonly by: number;
  /** When it came about, for those who hide or keep it: an undo brings back what was there before. */
  readonly born: Moment;
  isRemoved: boolean;
}

interface Moment {
  readonly client: number;
  readonly clock: number;
}

/** A piece went out of sight with its row, column or table, which keeps its text. */
interface Hiding {
  readonly by: number;
  readonly seen: Seen;
}

interface Account {
  readonly author: number;
  /** A footnote or a picture, which is a character with a format: whoever wrote it takes the format back with an undo. */
  readonly isCarried: boolean;
  isUndone: boolean;
  readonly copies: Map<string, Copy>;
  /** Who has removed a copy, and when the last of these came about. */
  readonly removers: Map<number, Moment>;
  readonly hidings: Hiding[];
  /** A row, column or table came back with the piece in it. */
  readonly returns: Seen[];
}

/** What a person sees and what their copy of the text holds, before or after an operation. */
export interface Snapshot {
  readonly shown: Counts;
  readonly stored: Places;
  readonly seen: Seen;
  /** How many stored characters this person's operations have deleted so far. */
  readonly deleted: number;
}

/**
 * What an operation may do with what exists already. One that `adds` deletes not one stored character, not even the end
 * of a block: a heading is a change of format. One that `keeps` may delete what shows no word.
 */
export type Effect = "adds" | "keeps" | "removes" | "restores" | "replaces" | "history";

export interface Fault {
  readonly kind: "lost" | "doubled" | "misplaced";
  readonly piece: string;
  readonly why: string;
}

export interface Verdict {
  readonly faults: readonly Fault[];
  /** Pieces that may be shown or not: see docs/merging.md. */
  readonly open: number;
  /** Pieces that are rightly there more than once, because several people brought them back. */
  readonly copies: readonly string[];
}

/** What one operation did with one piece. */
interface Change {
  readonly gone: readonly string[];
  readonly fresh: readonly string[];
  readonly shown: number;
}

/** Accounts for every piece: what was written, what was removed on purpose and what must therefore be there at the end. */
export class Ledger {
  readonly #faults: Fault[] = [];
  readonly #accounts = new Map<string, Account>();

  get size(): number {
    return this.#accounts.size;
  }

  /** A piece was written for the first time. */
  write(piece: string, author: number, at: Snapshot): void {
    const isCarried = /[fi]$/.test(piece);
    const account: Account = { author, isCarried, isUndone: false, copies: new Map(), removers: new Map(), hidings: [], returns: [] };
    const places = at.stored.get(piece) ?? [];
    for (const place of places) account.copies.set(place, { by: author, born: momentOf(author, at), isRemoved: false });
    this.#accounts.set(piece, account);
    if (places.length !== 1) this.#faults.push({ kind: places.length ? "doubled" : "lost", piece, why: `stored ${places.length} times when it was written` });
  }

  /** Compare a person's copy before and after one operation of theirs; what the operation may not have done is a fault. */
  compare(person: number, effect: Effect, before: Snapshot, after: Snapshot, what: string): void {
    const deleted = after.deleted - before.deleted;
    if (effect === "adds" && deleted) this.#faults.push({ kind: "misplaced", piece: `${deleted} characters`, why: `${what} deleted them` });
    if (effect === "removes" || effect === "replaces" || effect === "history") this.#hideAgain(person, before, after);
    for (const piece of changedPieces(before, after)) {
      const account = this.#accounts.get(piece);
      if (!account) continue;
      const change = changeOf(piece, before, after);
      if (!mayDo(account, person, effect, change)) this.#faults.push({ kind: faultOf(change), piece, why: `${what} did that` });
      note(account, person, effect, change, before, after);
    }
  }

  /** A column may go with words in it that are out of sight already, because their row has gone before. */
  #hideAgain(person: number, { stored, shown, seen }: Snapshot, after: Snapshot): void {
    for (const piece of stored.keys()) {
      if (!shown.has(piece) && !after.shown.has(piece)) this.#accounts.get(piece)?.hidings.push({ by: person, seen });
    }
  }

  /** Whether a piece is what and where it was when it was written: nobody has taken it out, hidden it or pasted it. */
  isUntouched(piece: string): boolean {
    const account = this.#accounts.get(piece);
    return account?.copies.size === 1 && !account.removers.size && !account.hidings.length;
  }

  /** Say what is wrong with the text that everybody has at the end. */
  close(shown: Counts): Verdict {
    const faults = [...this.#faults];
    const copies: string[] = [];
    let open = 0;
    for (const [piece, account] of this.#accounts) {
      const left = [...account.copies.values()].filter(({ isRemoved }) => !isRemoved);
      const [least, most] = [left.filter((copy) => mustShow(account, copy)).length, left.length];
      const found = shown.get(piece) ?? 0;
      if (least !== most) open++;
      if (found > 1) copies.push(piece);
      if (found < least) faults.push({ kind: "lost", piece, why: history(account) });
      if (found > most) faults.push({ kind: "doubled", piece, why: `${found} times; ${history(account)}` });
    }
    for (const piece of shown.keys()) if (!this.#accounts.has(piece)) faults.push({ kind: "doubled", piece, why: "nobody wrote it" });
    return { faults, open, copies };
  }
}

/** How much of each writer a copy of the text holds. */
export function seenBy(ydoc: Y.Doc): Seen {
  const seen = new Map<number, number>();
  for (const [client, structs] of ydoc.store.clients) {
    const last = structs[structs.length - 1];
    if (last) seen.set(client, last.id.clock + last.length);
  }
  return seen;
}

/** The pieces that are stored elsewhere, or shown another number of times, than before. */
function changedPieces(before: Snapshot, after: Snapshot): Set<string> {
  const pieces = new Set<string>();
  if (before.stored !== after.stored) {
    for (const [piece, places] of before.stored) if (!isSame(after.stored.get(piece), places)) pieces.add(piece);
    for (const piece of after.stored.keys()) if (!before.stored.has(piece)) pieces.add(piece);
  }
  if (before.shown !== after.shown) {
    for (const [piece, times] of before.shown) if (after.shown.get(piece) !== times) pieces.add(piece);
    for (const piece of after.shown.keys()) if (!before.shown.has(piece)) pieces.add(piece);
  }
  return pieces;
}

function isSame(left: readonly string[] | undefined, right: readonly string[]): boolean {
  return left?.length === right.length && left.every((place) => right.includes(place));
}

function changeOf(piece: string, before: Snapshot, after: Snapshot): Change {
  const [old, now] = [before.stored.get(piece) ?? [], after.stored.get(piece) ?? []];
  return {
    gone: old.filter((place) => !now.includes(place)),
    fresh: now.filter((place) => !old.includes(place)),
    shown: (after.shown.get(piece) ?? 0) - (before.shown.get(piece) ?? 0),
  };
}

/** Whether a person may do this to a piece: take copies out, write new ones, show or hide them. */
function mayDo(account: Account, person: number, effect: Effect, { gone, fresh, shown }: Change): boolean {
  const isStored = !gone.length && !fresh.length;
  // A row that was deleted goes again when the edit that kept it goes, and comes back when an edit keeps it.
  if (isStored && account.hidings.length) return true;
  const hasRemoved = account.removers.has(person);
  if (effect === "replaces") return true;
  if (effect === "removes") return !fresh.length && shown <= 0;
  if (effect === "restores") return !gone.length && shown >= 0 && hasRemoved;
  if (effect === "keeps" || effect === "adds") return false;
  const isOwn = (place: string): boolean => account.copies.get(place)?.by === person;
  if (isStored) return hasRemoved || [...account.copies.values()].some(({ by }) => by === person);
  return gone.every(isOwn) && (!fresh.length || hasRemoved);
}

function faultOf({ gone, fresh, shown }: Change): Fault["kind"] {
  if (gone.length && gone.length === fresh.length) return "misplaced";
  return gone.length > fresh.length || shown < 0 ? "lost" : "doubled";
}

function note(account: Account, person: number, effect: Effect, { gone, fresh, shown }: Change, before: Snapshot, after: Snapshot): void {
  account.isUndone ||= effect === "history" && person === account.author && gone.length > 0;
  const born = (effect === "history" && account.removers.get(person)) || momentOf(person, after);
  for (const place of gone) {
    const copy = account.copies.get(place);
    if (!copy) continue;
    copy.isRemoved = true;
    account.removers.set(person, copy.born);
  }
  for (const place of fresh) account.copies.set(place, { by: person, born, isRemoved: false });
  if (gone.length || fresh.length) return;
  if (shown < 0) account.hidings.push({ by: person, seen: before.seen });
  else account.returns.push(before.seen);
}

function momentOf(client: number, at: Snapshot): Moment {
  return { client, clock: at.seen.get(client) ?? 0 };
}

/** Whether a copy must be in sight: nobody who knew it has hidden it, unless somebody who knew of that brought it back. */
function mustShow({ hidings, returns, isCarried, isUndone }: Account, { born }: Copy): boolean {
  if (isCarried && isUndone) return false;
  return hidings.every(({ by, seen }) => {
    const knewIt = (seen.get(born.client) ?? 0) >= born.clock;
    return !knewIt || returns.some((back) => (back.get(by) ?? 0) > (seen.get(by) ?? 0));
  });
}

function history({ author, copies, removers, hidings, returns }: Account): string {
  return `by ${author}; copies ${copies.size}, removed by ${removers.size}, hidden ${hidings.length}, back ${returns.length} times`;
}
