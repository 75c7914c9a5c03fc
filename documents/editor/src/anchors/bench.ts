/** Prints what comments cost when somebody else types: the keystroke alone, with the places of comments, and looking again. */
import { getSchema } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { EditorState, type Plugin, type PluginView, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import * as Y from "yjs";
import { flatPlugin } from "../binding/index";
import { Random } from "../fuzz/random";
import { marksPlugin } from "../page/comments/marks";
import { extensions } from "../schema/extensions";
import { type Anchor, anchorsPlugin, followAnchors, makeAnchor, settleAnchors } from "./index";

const THREADS = 500;
const SECTIONS = 30;
const WORDS = 1500;
const KEYS = 200;
const WARM_UP = 50;
const schema = getSchema(extensions());
const VOCABULARY =
  "the of and children review practitioner school partnership information meeting risk area council police health family time record concern together known shared asked during spring".split(" ");

/** An editor without a DOM. */
class Reader {
  state: EditorState;
  readonly isDestroyed = true;
  readonly #views: PluginView[] = [];

  constructor(
    readonly ydoc: Y.Doc,
    plugins: readonly Plugin[],
  ) {
    this.state = EditorState.create({ schema, plugins: [flatPlugin(ydoc), ...plugins] });
    for (const { spec } of this.state.plugins.slice(0, 1)) this.#views.push(spec.view!(this as unknown as EditorView));
  }

  readonly dispatch = (transaction: Transaction): void => {
    const before = this.state;
    this.state = this.state.apply(transaction);
    for (const view of this.#views) view.update?.(this as unknown as EditorView, before);
  };
}

function prose(random: Random): Node[] {
  const paragraphs: Node[] = [];
  for (let words = 0; words < WORDS; words += 75) {
    const text = Array.from({ length: 75 }, (_, index) => `${random.pick(VOCABULARY)}${index % 9 === 8 ? words + index : ""}`).join(" ");
    paragraphs.push(schema.nodes["paragraph"]!.create(null, schema.text(text)));
  }
  return paragraphs;
}

function marks(): Plugin {
  const look = { isOwn: false, isNow: false, replacement: null };
  return marksPlugin({ look: () => look, ready: () => undefined, settled: () => undefined, pressed: () => undefined });
}

function comments(reader: Reader, count: number, random: Random): Map<string, Anchor> {
  const anchors = new Map<string, Anchor>();
  while (anchors.size < count) {
    const from = 1 + random.below(reader.state.doc.content.size - 80);
    const anchor = makeAnchor(reader.state, from, from + 20 + random.below(50));
    if (anchor) anchors.set(`thread ${anchors.size}`, anchor);
  }
  return anchors;
}

interface Cost {
  /** Milliseconds of the processor for a keystroke of somebody else. */
  readonly key: number;
  /** And for looking again after it. */
  readonly look: number;
}

function measure(threads: number): Cost {
  const random = new Random(7, threads);
  const writer = new Reader(new Y.Doc(), []);
  writer.dispatch(writer.state.tr.replaceWith(0, writer.state.doc.content.size, prose(random)));
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(writer.ydoc));
  const reader = new Reader(copy, threads ? [anchorsPlugin(), marks()] : []);
  if (threads) followAnchors(reader, comments(reader, threads, random));
  let update: Uint8Array = new Uint8Array();
  writer.ydoc.on("update", (bytes: Uint8Array) => (update = bytes));
  let [key, look] = [0, 0];
  for (let number = 0; number < WARM_UP + KEYS; number += 1) {
    typeSomewhere(writer, random);
    const cost = { key: spent(() => Y.applyUpdate(copy, update, "network")), look: spent(() => settleAnchors(reader)) };
    if (number < WARM_UP) continue;
    key += cost.key / KEYS;
    look += cost.look / KEYS;
  }
  return { key, look };
}

function typeSomewhere(writer: Reader, random: Random): void {
  const block = random.below(writer.state.doc.childCount);
  let at = 2;
  for (let index = 0; index < block; index += 1) at += writer.state.doc.child(index).nodeSize;
  writer.dispatch(writer.state.tr.insertText("x", at + random.below(writer.state.doc.child(block).content.size - 1)));
}

/** What something costs the processor: other work on the machine does not count. */
function spent(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const here = Math.ceil(THREADS / SECTIONS);
const bare = measure(0);
console.log(`Somebody else types ${KEYS} letters in a section of ${WORDS} words; milliseconds of the processor for each\n`);
console.log("| comments | the letter | more than without | looking again, at most every 150 ms |");
console.log("|---|---:|---:|---:|");
console.log(`| none | ${bare.key.toFixed(2)} | | |`);
for (const [words, count] of [[`${THREADS} in ${SECTIONS} sections: ${here} here`, here], [`${THREADS}, all here`, THREADS]] as const) {
  const { key, look } = measure(count);
  console.log(`| ${words} | ${key.toFixed(2)} | ${(key - bare.key).toFixed(2)} | ${look.toFixed(2)} |`);
}
