import type { Node } from "@tiptap/pm/model";

/** One word of a section, and where it stands. */
export interface Word {
  /** Its letters in small, by which two words are the same. */
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;
/** A footnote stands in the text as one unit; nobody reads it. */
const NOTE = "\ufffc";
const BREAK = "\n";
/** Short words that any sentence may have: finding one of them again proves nothing. */
const COMMON = new Set(
  ("about after also been before could during each from have into more most only other over said should some such than that their them " +
    "then there these they this those through under were what when where which while will with would your").split(" "),
);

export function keysIn(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase());
}

/** What of a text stands before its first and behind its last word. */
export function edgesOf(text: string): [string, string] {
  const words = [...text.matchAll(WORD)];
  const last = words.at(-1);
  return [text.slice(0, words[0]?.index ?? 0), last ? text.slice(last.index + last[0].length) : ""];
}

/** A text as it counts when two are compared: without footnotes, all white space alike. */
export function normal(text: string): string {
  return text.replaceAll(NOTE, "").replace(/\s+/g, " ").trim();
}

/** The words between two places, blocks and lines on lines of their own, a footnote as one character. */
export function textBetween(doc: Node, from: number, to: number): string {
  return doc.textBetween(from, to, BREAK, (leaf) => (leaf.type.name === "hardBreak" ? BREAK : leaf.type.name === "footnote" ? NOTE : ""));
}

/** How much it proves to find this word again: a code much, a word of some length more than a year or a small word. */
export function weightOf(key: string): number {
  if (/\d/.test(key)) return /\p{L}/u.test(key) ? 2 : 0.3;
  if (key.length < 4 || COMMON.has(key)) return 0.3;
  return key.length < 6 ? 0.6 : 1;
}

/** Whether a word says something by itself. */
export function isTelling(key: string): boolean {
  return weightOf(key) > 0.5;
}

const ofBlocks = new WeakMap<Node, readonly Word[]>();

/** The words of one block of text, counted from its start: others' edits leave most blocks what they were. */
function wordsOf(block: Node): readonly Word[] {
  let found = ofBlocks.get(block);
  if (!found) {
    const text = block.textBetween(0, block.content.size, "", " ");
    found = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ key: word.toLowerCase(), from: index, to: index + word.length }));
    ofBlocks.set(block, found);
  }
  return found;
}

/** All words of a section, tables included, in the order in which they are read. */
export class SectionWords {
  readonly words: readonly Word[];
  #index: ReadonlyMap<string, readonly number[]> | null = null;

  constructor(readonly doc: Node) {
    const words: Word[] = [];
    doc.descendants((node, position) => {
      if (!node.isTextblock) return true;
      const start = position + 1;
      for (const { key, from, to } of wordsOf(node)) words.push({ key, from: start + from, to: start + to });
      return false;
    });
    this.words = words;
  }

  /** Where a word stands, by its number in the section. */
  placesOf(key: string): readonly number[] {
    this.#index ??= indexOf(this.words);
    return this.#index.get(key) ?? [];
  }

  /** The words between two places; one that a place cuts is cut. */
  between(from: number, to: number): Word[] {
    const found: Word[] = [];
    for (let number = this.#firstAfter(from); number < this.words.length; number += 1) {
      const word = this.words[number]!;
      if (word.from >= to) break;
      const start = Math.max(from, word.from);
      const end = Math.min(to, word.to);
      const key = start === word.from && end === word.to ? word.key : word.key.slice(start - word.from, end - word.from);
      found.push({ key, from: start, to: end });
    }
    return found;
  }

  /** The number of the first word that ends after a place. */
  #firstAfter(position: number): number {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle]!.to <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function indexOf(words: readonly Word[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  words.forEach(({ key }, number) => {
    const known = index.get(key);
    if (known) known.push(number);
    else index.set(key, [number]);
  });
  return index;
}

const ofDocuments = new WeakMap<Node, SectionWords>();

/** The words of a document, put together once. */
export function sectionWords(doc: Node): SectionWords {
  let words = ofDocuments.get(doc);
  if (!words) {
    words = new SectionWords(doc);
    ofDocuments.set(doc, words);
  }
  return words;
}
