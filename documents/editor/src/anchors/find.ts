import type { Anchor, Range } from "./anchor";
import { edgesOf, isTelling, keysIn, normal, type SectionWords, textBetween, weightOf, type Word } from "./words";

/**
 * Where a passage is now. "exact": its words are as they were; "restored": they, and all words around them, were found
 * as they were, as after an undo; "moved": they were found at another place.
 */
export interface Place extends Range {
  readonly how: "exact" | "restored" | "changed" | "moved";
}

/** What an anchor says of its words, taken apart once. */
export interface Quote {
  readonly text: string;
  readonly normal: string;
  /** What stands before its first and behind its last word: quotation marks, a full stop. */
  readonly edges: readonly [string, string];
  readonly keys: readonly string[];
  /** The words before, of, and after the passage, and which of them are its own. */
  readonly line: readonly string[];
  readonly from: number;
  readonly to: number;
  /** Whether nothing stood before it, and nothing behind it. */
  readonly opens: boolean;
  readonly closes: boolean;
}

interface Candidate {
  readonly place: Place;
  readonly score: number;
}

/** A stretch of an anchor's words that stands in the section word for word. */
interface Run {
  /** Numbers in the anchor's line of words. */
  readonly from: number;
  readonly to: number;
  /** The number in the section of its first word. */
  readonly at: number;
  /** How many of its words are the quote's own. */
  readonly own: number;
  /** The quote and all the words around it. */
  readonly isWhole: boolean;
  readonly weight: number;
}

/** What a foreign word inside a candidate costs, in shares of the quote. */
const FOREIGN = 0.1;
/** Words at their own place count for more than the same words elsewhere. */
const IN_PLACE = 0.25;
/** How much has to be found elsewhere, by `weightOf`; below it the same words may stand there by chance. */
const PROOF = 4.5;
/** As many of the quote's words in a row are proof whatever they are. */
const LONG_RUN = 10;
const LEAST_RUN = 3;
/** Less than OWN_PROOF of the quote is enough with so many words around it, all as they were, as after an undo. */
const SURROUNDED = 5;
const LEAST_PROOF = 1;
/** Where the section begins or ends as it did beside the quote, that counts as so many words around it. */
const EDGE = 3;
/** What a word around the quote counts beside one of its own. */
const CONTEXT = 0.5;
/** How much of that has to be of the quote itself. */
const OWN_PROOF = 2;
/** By how much one place has to be better than another with the same words. */
const CLEARLY = 0.9;
/** How much wider than its quote a passage may grow before words at its edges that nobody quoted are left out. */
const WIDER = 3;

export function quoteOf({ quote, before, after }: Anchor): Quote {
  const keys = keysIn(quote);
  // The words at the outer ends of the context may be cut.
  const [left, right] = [keysIn(before), keysIn(after)];
  const [head, tail] = [left.slice(1), right.slice(0, -1)];
  const line = [...head, ...keys, ...tail];
  return { text: quote, normal: normal(quote), edges: edgesOf(quote), keys, line, from: head.length, to: head.length + keys.length, opens: !left.length, closes: !right.length };
}

/** The place of a passage, given where its ends are now; null if its words are gone, or may be anywhere. */
export function findPlace(section: SectionWords, quote: Quote, range: Range | null): Place | null {
  if (range && normal(textBetween(section.doc, range.from, range.to)) === quote.normal) return { ...range, how: "exact" };
  const whole = range && completed(section, quote, range);
  if (whole) return { ...whole, how: "exact" };
  const inPlace = range && candidateInPlace(section, quote, range);
  // Nothing elsewhere could be better: not even all of the words.
  if (inPlace && inPlace.score + IN_PLACE >= 1) return inPlace.place;
  const elsewhere = candidateElsewhere(section, quote, inPlace?.place ?? null);
  if (!inPlace) return elsewhere?.place ?? null;
  return elsewhere && elsewhere.score > inPlace.score + IN_PLACE ? elsewhere.place : inPlace.place;
}

/** The quote to the letter around what is left of it: letters at its edges were written again, as by an undo. */
function completed({ doc }: SectionWords, { text }: Quote, { from, to }: Range): Range | null {
  const present = textBetween(doc, from, to);
  if (!present || text.includes("\n")) return null;
  const block = doc.resolve(from);
  for (let at = text.indexOf(present); at >= 0; at = text.indexOf(present, at + 1)) {
    const range = { from: from - at, to: from - at + text.length };
    if (range.from >= block.start() && range.to <= block.end() && textBetween(doc, range.from, range.to) === text) return range;
  }
  return null;
}

function candidateInPlace(section: SectionWords, quote: Quote, range: Range): Candidate | null {
  const words = section.between(range.from, range.to);
  if (!words.length) return null;
  const left = countsOf(quote.keys);
  const kept = words.filter(({ key }) => take(left, key));
  const share = kept.length / quote.keys.length;
  if (!kept.some(({ key }) => isTelling(key)) && share < 0.5) return similarInPlace(section, quote, range);
  const foreign = words.length - kept.length;
  const isWide = foreign > WIDER * quote.keys.length;
  const place = isWide ? { from: kept[0]!.from, to: kept.at(-1)!.to } : range;
  return { place: { ...place, how: "changed" }, score: share - FOREIGN * Math.min(foreign, 5) };
}

/** No whole word is left, but most letters: somebody corrected a word. */
function similarInPlace(section: SectionWords, quote: Quote, range: Range): Candidate | null {
  const now = normal(textBetween(section.doc, range.from, range.to));
  const most = Math.min(now.length, quote.normal.length);
  let [head, tail] = [0, 0];
  while (head < most && now[head] === quote.normal[head]) head += 1;
  while (tail < most - head && now.at(-1 - tail) === quote.normal.at(-1 - tail)) tail += 1;
  const share = (head + tail) / Math.max(now.length, quote.normal.length, 1);
  return share >= 0.5 ? { place: { ...range, how: "changed" }, score: share / 2 } : null;
}

/** The longest run of the anchor's words that stands in the section once; words around the quote help to tell it apart. */
function candidateElsewhere(section: SectionWords, quote: Quote, inPlace: Range | null): Candidate | null {
  const runs = runsIn(section, quote).filter((run) => !inPlace || !overlaps(placeOf(section, quote, run), inPlace));
  const best = runs.reduce<Run | null>((most, run) => (run.weight > (most?.weight ?? 0) ? run : most), null);
  if (!best || !isProof(best)) return null;
  const isTwice = runs.some((run) => run !== best && run.from < best.to && best.from < run.to && run.weight > best.weight - CLEARLY);
  if (isTwice) return null;
  const share = (Math.min(best.to, quote.to) - Math.max(best.from, quote.from)) / quote.keys.length;
  return { place: { ...placeOf(section, quote, best), how: best.isWhole ? "restored" : "moved" }, score: share };
}

/** All stretches of the anchor's words that stand in the section and hold something of the quote itself. */
function runsIn(section: SectionWords, { line, from, to, opens, closes }: Quote): Run[] {
  const runs: Run[] = [];
  for (let start = 0; start < to; start += 1) {
    for (const at of section.placesOf(line[start]!)) {
      // Where the word before is the same as well, this is a part of a longer run.
      if (start > 0 && section.words[at - 1]?.key === line[start - 1]) continue;
      const length = runLength(section.words, at, line, start);
      const end = start + length;
      const own = line.slice(Math.max(start, from), Math.min(end, to));
      const edges = Number(opens && at === 0) + Number(closes && at + length === section.words.length);
      const isSurrounded = line.length - own.length + EDGE * edges >= SURROUNDED;
      const isWhole = start === 0 && end === line.length && isSurrounded && weighed(own) >= LEAST_PROOF;
      if (!isWhole && (!own.some(isTelling) || weighed(own) < OWN_PROOF)) continue;
      runs.push({ from: start, to: end, at, own: own.length, isWhole, weight: weighed(own) + CONTEXT * (weighed(line.slice(start, end)) - weighed(own)) });
    }
  }
  return runs;
}

function isProof({ from, to, own, isWhole, weight }: Run): boolean {
  return isWhole || own >= LONG_RUN || (to - from >= LEAST_RUN && weight >= PROOF);
}

function weighed(keys: readonly string[]): number {
  return keys.reduce((sum, key) => sum + weightOf(key), 0);
}

function runLength(words: readonly Word[], at: number, line: readonly string[], start: number): number {
  let length = 0;
  while (start + length < line.length && words[at + length]?.key === line[start + length]) length += 1;
  return length;
}

/** What a run shows of the quote itself, with its marks at both edges where all of it is there. */
function placeOf({ doc, words }: SectionWords, quote: Quote, run: Run): Range {
  const first = words[run.at + Math.max(0, quote.from - run.from)]!;
  const last = words[run.at + Math.min(run.to, quote.to) - run.from - 1]!;
  const [head, tail] = run.own === quote.keys.length ? quote.edges : ["", ""];
  const [from, to] = [Math.max(0, first.from - head.length), Math.min(doc.content.size, last.to + tail.length)];
  return {
    from: textBetween(doc, from, first.from) === head ? from : first.from,
    to: textBetween(doc, last.to, to) === tail ? to : last.to,
  };
}

function overlaps(one: Range, two: Range): boolean {
  return one.from < two.to && two.from < one.to;
}

function countsOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Use up one of these words, if one is left. */
function take(left: Map<string, number>, key: string): boolean {
  const count = left.get(key) ?? 0;
  if (count) left.set(key, count - 1);
  return count > 0;
}
