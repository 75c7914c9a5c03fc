import type * as Y from "yjs";
import { END, type Flat } from "./flat";
import { formatChange, type Formats, isSame } from "./formats";
import { findMatches, type Match } from "./matching";

/** A stretch of a Yjs text: what it shows now, and what it shall show. */
export interface Rewrite {
  readonly text: Y.Text;
  /** Where the stretch begins in the text. */
  readonly base: number;
  readonly old: Flat;
  readonly next: Flat;
  /** The unit of the next text at which the change began. */
  readonly changeStart: number;
  /** Whether the stretch is all of the text that is shown. */
  readonly isWhole: boolean;
  /** Make the embed for a table that now stands there. */
  embed(table: string): object;
}

/** Change the text by as little as possible. Returns whether anything was changed. Call it inside a transaction. */
export function rewrite(order: Rewrite): boolean {
  const matches = findMatches(order.old, order.next, order.changeStart);
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
function replaceGap(order: Rewrite, before: Match, after: Match): boolean {
  const [oldFrom, oldTo] = [before.old + before.length, after.old];
  const [nextFrom, nextTo] = [before.next + before.length, after.next];
  if (oldTo > oldFrom) deleteUnits(order, oldFrom, oldTo);
  if (nextTo > nextFrom) insertUnits(order, nextFrom, nextTo, order.base + order.old.storedBefore(oldFrom));
  return oldTo > oldFrom || nextTo > nextFrom;
}

/** Delete shown units. What stands for a table stays for ever, and a hidden one too. */
function deleteUnits({ text, base, old }: Rewrite, from: number, to: number): void {
  let end = to;
  while (end > from) {
    const isStored = (unit: number): boolean => !old.isVirtual(unit) && !old.isTable(unit);
    if (!isStored(end - 1)) {
      end -= 1;
      continue;
    }
    let start = end - 1;
    while (start > from && isStored(start - 1) && old.storedAt(start - 1) === old.storedAt(start) - 1) start -= 1;
    text.delete(base + old.storedAt(start), end - start);
    end = start;
  }
}

function insertUnits(order: Rewrite, from: number, to: number, place: number): void {
  const { text, next } = order;
  let at = place;
  for (let unit = from; unit < to; ) {
    if (next.isTable(unit)) {
      text.insertEmbed(at, order.embed(next.nameAt(unit)!.slice("table:".length)), {});
      unit += 1;
      at += 1;
      continue;
    }
    const end = sameFormats(next, unit, to);
    text.insert(at, next.text.slice(unit, end), { ...next.formatsAt(unit) });
    at += end - unit;
    unit = end;
  }
}

/** How far the formats of a unit reach, tables left out. */
function sameFormats(flat: Flat, from: number, to: number): number {
  const formats = flat.formatsAt(from);
  let end = from;
  while (end < to && !flat.isTable(end) && isSame(flat.formatsAt(end), formats)) {
    const runEnd = Math.min(to, flat.runEnd(end));
    end += 1;
    while (end < runEnd && !flat.isTable(end)) end += 1;
  }
  return end;
}

/** Give units that stay their new formats, and store ends that can no longer be left out. */
function formatMatch(order: Rewrite, match: Match): boolean {
  let isChanged = false;
  for (let done = match.length; done > 0; ) {
    const start = chunkStart(order, match, done);
    if (formatChunk(order, match.old + start, match.next + start, done - start)) isChanged = true;
    done = start;
  }
  return isChanged;
}

/** Where a chunk of a match that ends there begins: all its units have the same formats, before and after, and adjoin. */
function chunkStart({ old, next }: Rewrite, match: Match, end: number): number {
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

function formatChunk(order: Rewrite, oldUnit: number, nextUnit: number, length: number): boolean {
  const { text, base, old, next } = order;
  if (old.isTable(oldUnit)) return false;
  const formats = next.formatsAt(nextUnit);
  if (old.isVirtual(oldUnit)) {
    if (!mustBeStored(order, nextUnit, formats)) return false;
    text.insert(base + old.storedBefore(oldUnit), END, { ...formats });
    return true;
  }
  const change = formatChange(old.formatsAt(oldUnit), formats, old.isEnd(oldUnit));
  if (change) text.format(base + old.storedAt(oldUnit), length, change);
  return change !== null;
}

/** Whether an end that was not stored must be from now on (FORMAT.md, writing). */
function mustBeStored({ next, isWhole }: Rewrite, unit: number, formats: Formats): boolean {
  if (Object.keys(formats).length) return true;
  const follows = unit + 1;
  if (follows < next.length && !next.isTable(follows) && !next.isPicture(follows)) return true;
  const isBlank = unit === 0 || next.isEnd(unit - 1) || next.isTable(unit - 1);
  return isBlank && !(isWhole && next.length === 1);
}
