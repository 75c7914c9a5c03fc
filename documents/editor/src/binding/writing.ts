import type * as Y from "yjs";
import { END, type Flat } from "./flat";
import { formatChange, type Formats, isOwnKey } from "./formats";
import { findMatches, type Match } from "./matching";
import { type Insertion, TextWriter } from "./text_writer";

/** A stretch of a Yjs text: what it shows now, and what it shall show. */
export interface Rewrite {
  readonly text: Y.Text;
  readonly transaction: Y.Transaction;
  /** Where the stretch begins in the text. */
  readonly base: number;
  readonly old: Flat;
  readonly next: Flat;
  /** What stays, by the steps of the edit. */
  readonly known: readonly Match[];
  /** Whether the stretch is all of the text that is shown. */
  readonly isWhole: boolean;
  /** Make the embed for a table that now stands there. */
  embed(table: string): object;
}

interface Order extends Rewrite {
  readonly writer: TextWriter;
}

/** Change the text by as little as possible. Returns whether anything was changed. */
export function rewrite(given: Rewrite): boolean {
  const order: Order = { ...given, writer: new TextWriter(given.text, given.transaction) };
  const matches = findMatches(order.old, order.next, order.known);
  let isChanged = false;
  // From the end, so that places before stay right.
  for (let index = matches.length - 1; index >= 0; index -= 1) {
    const match = matches[index]!;
    const before = matches[index - 1];
    if (formatMatch(order, match)) isChanged = true;
    if (before && replaceGap(order, before, match)) isChanged = true;
  }
  return isChanged;
}

/** Replace what is between two matches. */
function replaceGap(order: Order, before: Match, after: Match): boolean {
  const [oldFrom, oldTo] = [before.old + before.length, after.old];
  const [nextFrom, nextTo] = [before.next + before.length, after.next];
  if (oldTo > oldFrom) deleteUnits(order, oldFrom, oldTo);
  if (nextTo > nextFrom) insertUnits(order, nextFrom, nextTo, order.base + order.old.storedBefore(oldFrom));
  return oldTo > oldFrom || nextTo > nextFrom;
}

/** Delete shown units. What stands for a table stays for ever, and a hidden one too. */
function deleteUnits({ writer, base, old }: Order, from: number, to: number): void {
  let end = to;
  while (end > from) {
    const isStored = (unit: number): boolean => !old.isVirtual(unit) && !old.isTable(unit);
    if (!isStored(end - 1)) {
      end -= 1;
      continue;
    }
    let start = end - 1;
    while (start > from && isStored(start - 1) && old.storedAt(start - 1) === old.storedAt(start) - 1) start -= 1;
    writer.delete(base + old.storedAt(start), end - start);
    end = start;
  }
}

function insertUnits(order: Order, from: number, to: number, place: number): void {
  const { next } = order;
  const insertions: Insertion[] = [];
  for (let unit = from; unit < to; ) {
    const formats = next.formatsAt(unit);
    if (next.isTable(unit)) {
      insertions.push({ insert: { embed: order.embed(next.nameAt(unit)!.slice("table:".length)) }, formats });
      unit += 1;
      continue;
    }
    const end = chunkEnd(next, unit, to);
    insertions.push({ insert: next.text.slice(unit, end), formats });
    unit = end;
  }
  order.writer.insert(place, insertions);
}

/** How far a unit and those behind it can be written at once; each end of a block with formats stands by itself. */
function chunkEnd(flat: Flat, from: number, to: number): number {
  const isOwn = flat.isEnd(from) && Object.keys(flat.formatsAt(from)).length > 0;
  if (isOwn) return from + 1;
  const runEnd = Math.min(to, flat.runEnd(from));
  let end = from + 1;
  while (end < runEnd && !flat.isTable(end)) end += 1;
  return end;
}

/** Give units that stay their new formats, and store ends that can no longer be left out. */
function formatMatch(order: Order, match: Match): boolean {
  let isChanged = false;
  for (let done = match.length; done > 0; ) {
    const start = chunkStart(order, match, done);
    if (formatChunk(order, match.old + start, match.next + start, done - start)) isChanged = true;
    done = start;
  }
  return isChanged;
}

/** Where a chunk of a match that ends there begins: all its units have the same formats, before and after, and adjoin. */
function chunkStart({ old, next }: Order, match: Match, end: number): number {
  const isSingle = (at: number): boolean => old.isEnd(match.old + at) || old.isTable(match.old + at);
  let start = end - 1;
  if (isSingle(start)) return start;
  const [oldFormats, nextFormats] = [old.formatsAt(match.old + start), next.formatsAt(match.next + start)];
  while (
    start > 0 &&
    !isSingle(start - 1) &&
    old.formatsAt(match.old + start - 1) === oldFormats &&
    next.formatsAt(match.next + start - 1) === nextFormats &&
    old.storedAt(match.old + start - 1) === old.storedAt(match.old + start) - 1
  ) {
    start -= 1;
  }
  return start;
}

function formatChunk(order: Order, oldUnit: number, nextUnit: number, length: number): boolean {
  const { writer, base, old, next } = order;
  if (old.isTable(oldUnit)) return false;
  const formats = next.formatsAt(nextUnit);
  if (old.isVirtual(oldUnit)) {
    if (!mustBeStored(order, nextUnit, formats)) return false;
    writer.insert(base + old.storedBefore(oldUnit), [{ insert: END, formats }]);
    return true;
  }
  const change = formatChange(old.formatsAt(oldUnit), formats, old.isEnd(oldUnit));
  if (!change) return false;
  const stored = base + old.storedAt(oldUnit);
  const [own, marks] = [pick(change, isOwnKey), pick(change, (key) => !isOwnKey(key))];
  if (own) writer.formatUnit(stored, own);
  if (marks) writer.format(stored, length, marks);
  return true;
}

/** Those of the formats that are wanted, or null. */
function pick(formats: Formats, isWanted: (key: string) => boolean): Formats | null {
  const entries = Object.entries(formats).filter(([key]) => isWanted(key));
  return entries.length ? Object.fromEntries(entries) : null;
}

/** Whether an end that was not stored must be from now on (FORMAT.md, writing). */
function mustBeStored({ next, isWhole }: Order, unit: number, formats: Formats): boolean {
  if (Object.keys(formats).length) return true;
  const follows = unit + 1;
  if (follows < next.length && !next.isTable(follows) && !next.isPicture(follows)) return true;
  const isBlank = unit === 0 || next.isEnd(unit - 1) || next.isTable(unit - 1);
  return isBlank && !(isWhole && next.length === 1);
}
