/** Comments on the demonstration's report: in real prose the same words come again and again, and prove little. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Node } from "@tiptap/pm/model";
import { Slice } from "@tiptap/pm/model";
import * as Y from "yjs";
import { locate, makeAnchor, type Range } from "../anchors/index";
import { keysIn } from "../anchors/words";
import { Clock } from "./clock";
import { Person } from "./person";
import { type Block, gaps, textblocks, words } from "./places";
import { Random } from "./random";
import { editorSchema } from "./run";

interface Run {
  readonly text?: string;
}

interface StoredBlock {
  readonly type: string;
  readonly level?: number;
  readonly content?: readonly Run[];
  readonly items?: readonly (readonly Run[])[];
  readonly rows?: readonly (readonly (readonly Run[])[])[];
}

export interface ProseResult {
  comments: number;
  found: number;
  orphans: number;
  /** Orphans though their words are somewhere, too few of them or too common to tell. */
  unsure: number;
  readonly wrong: string[];
  readonly lost: string[];
}

/** What happened to a commented passage: where it is now, or null if it is gone. */
type Happening = (scene: Scene) => Range | null;

const MOST_WORDS = 25;
const LONG = 10;

/** One section in one person's editor, with a passage of it. */
interface Scene {
  readonly person: Person;
  readonly random: Random;
  readonly passage: Range;
  readonly block: Block;
  /** A sentence of another section. */
  readonly other: string;
}

const HAPPENINGS: Readonly<Record<string, Happening>> = {
  deleted: ({ person, passage }) => {
    person.dispatch(person.state.tr.delete(passage.from, passage.to));
    return null;
  },
  "deleted with its block": ({ person, block }) => {
    person.dispatch(person.state.tr.delete(block.position + 1, block.position + 1 + block.node.content.size));
    return null;
  },
  "deleted and written elsewhere": ({ person, passage, random, other }) => {
    person.dispatch(person.state.tr.delete(passage.from, passage.to));
    person.dispatch(person.state.tr.insertText(` ${other} `, gapIn(person, random)));
    return null;
  },
  edited: ({ person, passage, random, other }) => {
    const inside = wordsIn(person, passage);
    const word = random.pick(inside);
    if (!word || inside.length < 3) return passage;
    const { tr } = person.state;
    person.dispatch(tr.insertText(other.split(" ")[0] ?? "new", word.from, word.to));
    return { from: passage.from, to: tr.mapping.map(passage.to) };
  },
  "written around": ({ person, passage, other }) => {
    const { tr } = person.state;
    tr.insertText(` ${other}`, passage.to).insertText(`${other} `, passage.from);
    person.dispatch(tr);
    return { from: tr.mapping.map(passage.from, 1), to: tr.mapping.map(passage.to, -1) };
  },
  split: ({ person, passage }) => {
    const { tr } = person.state;
    const middle = wordsIn(person, passage).at(-1)?.from ?? passage.from;
    person.dispatch(tr.split(middle));
    return { from: tr.mapping.map(passage.from, 1), to: tr.mapping.map(passage.to, -1) };
  },
  moved: ({ person, passage, random }) => {
    const slice = person.state.doc.slice(passage.from, passage.to);
    person.dispatch(person.state.tr.delete(passage.from, passage.to));
    const gap = gapIn(person, random);
    const { tr } = person.state;
    tr.insertText("  ", gap).replaceRange(gap + 1, gap + 1, new Slice(slice.content, slice.openStart, slice.openEnd));
    const size = tr.doc.content.size - person.state.doc.content.size;
    person.dispatch(tr);
    return { from: gap, to: gap + size };
  },
  copied: ({ person, passage, random }) => {
    const text = person.state.doc.textBetween(passage.from, passage.to, " ", " ");
    const { tr } = person.state;
    person.dispatch(tr.insertText(` ${text} `, gapIn(person, random, passage)));
    return { from: tr.mapping.map(passage.from, 1), to: tr.mapping.map(passage.to, -1) };
  },
  "deleted and undone": ({ person, passage, block, random }) => {
    person.undo.stopCapturing();
    const isWhole = random.chance(0.5);
    const end = block.position + 1 + block.node.content.size;
    person.dispatch(person.state.tr.delete(isWhole ? block.position + 1 : passage.from, isWhole ? end : passage.to));
    person.undo.undo();
    return passage;
  },
};

/** Comment on random passages, let something happen to each, and see where the comment is. */
export function runProse(count: number, seed: number): ProseResult {
  const sections = readSections();
  const result: ProseResult = { comments: 0, found: 0, orphans: 0, unsure: 0, wrong: [], lost: [] };
  for (let number = 0; number < count; number += 1) {
    const random = new Random(seed, number);
    const index = random.below(sections.length);
    const [section, another] = [sections[index]!, sections[(index + 1) % sections.length]!];
    const person = new Person(0, copyOf(section), editorSchema(), new Clock());
    tryOne(person, random, sentenceOf(another, random), result);
    person.destroy();
  }
  return result;
}

function tryOne(person: Person, random: Random, other: string, result: ProseResult): void {
  const block = random.pick(textblocks(person.state.doc).filter((one) => words(one).length > 3))!;
  const all = words(block);
  const first = random.below(all.length);
  const last = Math.min(all.length - 1, first + random.below(MOST_WORDS));
  const passage = { from: all[first]!.from, to: all[last]!.to };
  const anchor = makeAnchor(person.state, passage.from, passage.to);
  if (!anchor) return;
  const [name, happen] = random.pick(Object.entries(HAPPENINGS))!;
  const truth = happen({ person, random, passage, block, other });
  const late = new Person(1, copyOf(Y.encodeStateAsUpdate(person.ydoc), 12), editorSchema(), new Clock());
  const place = locate(late.state, anchor);
  late.destroy();
  const about = `“${anchor.quote}” was ${name}`;
  result.comments += 1;
  if (!place) {
    result.orphans += 1;
    if (truth && keysIn(anchor.quote).length >= LONG) result.lost.push(about);
    else if (truth) result.unsure += 1;
  } else if (!truth || place.from >= truth.to || place.to <= truth.from) {
    const shown = person.state.doc.textBetween(place.from, place.to, " ", " ");
    result.wrong.push(`${about}: shown at “${shown}”`);
  } else {
    result.found += 1;
  }
}

function wordsIn(person: Person, { from, to }: Range): Range[] {
  return textblocks(person.state.doc).flatMap(words).filter((word) => word.from >= from && word.to <= to);
}

/** A place between two words, not inside the passage. */
function gapIn(person: Person, random: Random, not: Range = { from: 0, to: 0 }): number {
  const all = textblocks(person.state.doc).flatMap(gaps);
  return random.pick(all.filter((gap) => gap <= not.from || gap >= not.to))!;
}

function copyOf(update: Uint8Array, client = 11): Y.Doc {
  const ydoc = new Y.Doc();
  ydoc.clientID = client;
  Y.applyUpdate(ydoc, update);
  return ydoc;
}

function sentenceOf(update: Uint8Array, random: Random): string {
  const sentences = copyOf(update).getText("default").toString().split(/[.\n]/).filter((one) => one.length > 20);
  return random.pick(sentences)?.trim() ?? "nothing to say";
}

/** The report's sections, each as one update. */
function readSections(): Uint8Array[] {
  const path = join(process.cwd(), "portal", "demo", "data", "report.json");
  const { sections } = JSON.parse(readFileSync(path, "utf8")) as { sections: { blocks: StoredBlock[] }[] };
  return sections.filter(({ blocks }) => blocks.length > 2).map(({ blocks }) => updateOf(blocks));
}

function updateOf(blocks: readonly StoredBlock[]): Uint8Array {
  const ydoc = new Y.Doc();
  ydoc.clientID = 10;
  const person = new Person(0, ydoc, editorSchema(), new Clock());
  person.dispatch(person.state.tr.replaceWith(0, person.state.doc.content.size, blocks.map(nodeOf)));
  person.destroy();
  return Y.encodeStateAsUpdate(ydoc);
}

function nodeOf(block: StoredBlock): Node {
  const { nodes } = editorSchema();
  const make = (name: string, content: readonly Node[], attributes: Record<string, unknown> | null = null): Node =>
    nodes[name]!.create(attributes, [...content]);
  const line = (runs: readonly Run[] = [], name = "paragraph", attributes: Record<string, unknown> | null = null): Node =>
    make(name, runs.flatMap(({ text }) => (text ? [editorSchema().text(text)] : [])), attributes);
  if (block.type === "heading") return line(block.content, "heading", { level: block.level ?? 2 });
  if (block.type === "list") return make("bulletList", (block.items ?? []).map((item) => make("listItem", [line(item)])));
  if (block.type === "table") return make("table", (block.rows ?? []).map((row) => make("tableRow", row.map((cell) => make("tableCell", [line(cell)])))));
  return line(block.content);
}
