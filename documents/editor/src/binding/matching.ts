import { type Flat } from "./flat";

/** A stretch that is the same in the old and in the new text, formats aside. */
export interface Match {
  readonly old: number;
  readonly next: number;
  readonly length: number;
}

/** Beyond this many comparisons, what is between the common start and end is replaced as a whole. */
const MOST_COMPARISONS = 250_000;

/**
 * What stays when the old text becomes the new one, in order; the first match begins at 0, the last ends at the ends.
 * `known` is what the steps of the edit say: it is exact where repeated letters would hide what was changed.
 */
export function findMatches(old: Flat, next: Flat, known: readonly Match[]): Match[] {
  const matches: Match[] = [{ old: 0, next: 0, length: 0 }];
  for (const match of known) {
    const exact = whole(old, next, match);
    if (exact) addAfterGap(matches, old, next, exact);
  }
  addAfterGap(matches, old, next, { old: old.length, next: next.length, length: 0 });
  return matches;
}

/** A match that parts no character, if it is one. */
function whole(old: Flat, next: Flat, match: Match): Match | null {
  let { old: from, next: nextFrom, length } = match;
  if (splitsPair(old, from) || splitsPair(next, nextFrom)) [from, nextFrom, length] = [from + 1, nextFrom + 1, length - 1];
  if (length > 0 && (splitsPair(old, from + length) || splitsPair(next, nextFrom + length))) length -= 1;
  return length > 0 && sameLength(old, next, from, nextFrom, length) === length ? { old: from, next: nextFrom, length } : null;
}

/** Add a match, and before it whatever stays of the gap between it and the one before. */
function addAfterGap(matches: Match[], old: Flat, next: Flat, match: Match): void {
  const before = matches.at(-1)!;
  const [oldFrom, nextFrom] = [before.old + before.length, before.next + before.length];
  const room = Math.min(match.old - oldFrom, match.next - nextFrom);
  if (room < 0) return;
  const start = commonStart(old, next, oldFrom, nextFrom, room);
  const end = commonEnd(old, next, match.old, match.next, room - start);
  matches.push({ old: oldFrom, next: nextFrom, length: start });
  const lines = matchLines(old, next, [oldFrom + start, match.old - end], [nextFrom + start, match.next - end]);
  for (const line of lines) addAfterLine(matches, old, next, line);
  const last = { old: match.old - end, next: match.next - end, length: end };
  if (lines.length) addAfterLine(matches, old, next, last);
  else matches.push(last);
  matches.push(match);
}

/** Add a line that stays, and what is common at both edges of the gap before it. */
function addAfterLine(matches: Match[], old: Flat, next: Flat, match: Match): void {
  const before = matches.at(-1)!;
  const [oldFrom, nextFrom] = [before.old + before.length, before.next + before.length];
  const room = Math.min(match.old - oldFrom, match.next - nextFrom);
  const end = commonEnd(old, next, match.old, match.next, room);
  const start = commonStart(old, next, oldFrom, nextFrom, room - end);
  matches.push({ old: oldFrom, next: nextFrom, length: start });
  matches.push({ old: match.old - end, next: match.next - end, length: end });
  matches.push(match);
}

/** How much two stretches begin with that is the same, in whole words: single letters that agree are not the same word. */
function commonStart(old: Flat, next: Flat, oldFrom: number, nextFrom: number, most: number): number {
  let length = sameLength(old, next, oldFrom, nextFrom, most);
  while (length && (splitsWord(old, oldFrom + length) || splitsWord(next, nextFrom + length))) length -= 1;
  return length;
}

function commonEnd(old: Flat, next: Flat, oldTo: number, nextTo: number, most: number): number {
  let length = 0;
  while (length < most && old.isSameUnit(oldTo - 1 - length, next, nextTo - 1 - length)) length += 1;
  while (length && (splitsWord(old, oldTo - length) || splitsWord(next, nextTo - length))) length -= 1;
  return length;
}

function sameLength(old: Flat, next: Flat, oldFrom: number, nextFrom: number, most: number): number {
  let length = 0;
  while (length < most && old.isSameUnit(oldFrom + length, next, nextFrom + length)) length += 1;
  return length;
}

const WORD = /[\p{L}\p{N}\p{M}\p{Cs}]/u;

function splitsWord({ text }: Flat, unit: number): boolean {
  return WORD.test(text.charAt(unit - 1)) && WORD.test(text.charAt(unit));
}

/** Whether a cut here would part the two units of one character, which Yjs cannot do without damage. */
function splitsPair({ text }: Flat, unit: number): boolean {
  return isBetween(text.charCodeAt(unit - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(unit), 0xdc00, 0xdfff);
}

function isBetween(code: number, low: number, high: number): boolean {
  return code >= low && code <= high;
}

interface Line {
  readonly from: number;
  readonly length: number;
  readonly key: string;
  readonly weight: number;
}

type Stretch = readonly [from: number, to: number];

/** The lines that stay, as many and as long ones as possible. */
function matchLines(old: Flat, next: Flat, oldStretch: Stretch, nextStretch: Stretch): Match[] {
  const [oldLines, nextLines] = [linesOf(old, oldStretch), linesOf(next, nextStretch)];
  const [height, width] = [oldLines.length, nextLines.length];
  if (!height || !width || height + width === 2 || height * width > MOST_COMPARISONS) return [];
  const best = bestWeights(oldLines, nextLines);
  const matches: Match[] = [];
  let [row, column] = [0, 0];
  while (row < height && column < width) {
    const [one, two] = [oldLines[row]!, nextLines[column]!];
    const here = best[row * (width + 1) + column]!;
    if (one.key === two.key && here === best[(row + 1) * (width + 1) + column + 1]! + one.weight) {
      matches.push({ old: one.from, next: two.from, length: one.length });
      row += 1;
      column += 1;
    } else if (best[(row + 1) * (width + 1) + column]! >= best[row * (width + 1) + column + 1]!) {
      row += 1;
    } else {
      column += 1;
    }
  }
  return matches;
}

/** For each pair of lines, the most weight that can stay from there on. */
function bestWeights(oldLines: readonly Line[], nextLines: readonly Line[]): Float64Array {
  const stride = nextLines.length + 1;
  const best = new Float64Array((oldLines.length + 1) * stride);
  for (let row = oldLines.length - 1; row >= 0; row -= 1) {
    const one = oldLines[row]!;
    for (let column = nextLines.length - 1; column >= 0; column -= 1) {
      const here = row * stride + column;
      best[here] =
        one.key === nextLines[column]!.key ? best[here + stride + 1]! + one.weight : Math.max(best[here + stride]!, best[here + 1]!);
    }
  }
  return best;
}

function linesOf(flat: Flat, [from, to]: Stretch): Line[] {
  const lines: Line[] = [];
  let start = from;
  const cut = (end: number): void => {
    if (end > start) lines.push(lineOf(flat, start, end));
    start = end;
  };
  for (let unit = from; unit < to; unit += 1) {
    const isTable = flat.isTable(unit);
    if (isTable) cut(unit);
    if (isTable || flat.isEnd(unit)) cut(unit + 1);
  }
  cut(to);
  return lines;
}

function lineOf(flat: Flat, from: number, to: number): Line {
  let key = flat.text.slice(from, to);
  for (let unit = from; unit < to; unit += 1) {
    const name = flat.nameAt(unit);
    if (name !== undefined) key += `\0${name}`;
  }
  // A moved table or picture must not pin the words around it: they would be deleted and written anew.
  const isThing = to - from === 1 && flat.nameAt(from) !== undefined;
  return { from, length: to - from, key, weight: isThing ? 0.5 : 1 + to - from };
}
