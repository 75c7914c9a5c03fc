// Lasting positions as the editor makes and reads them. Standard input: one line of JSON with `update` (base64) and `anchors`
// (`start`, `end`: positions in base64; `quote`, `before`, `after`). Standard output, one line for each: `found`, the words
// between each two positions as the editor shows them (null where there are none); `places`, how and with which words the page
// finds each quote (null where it does not); `words`, every word of the text with the positions that the editor gives it.
import { serve } from "./editor_bundle.mjs";

const ENTRY = `
import * as Y from "yjs";
import { decodePosition, encodePosition } from "./binding/index";
import { Person } from "./binding/testing";
import { rangeOf } from "./anchors/anchor";
import { findPlace, quoteOf } from "./anchors/find";
import { SectionWords, textBetween } from "./anchors/words";

export function answer({ update, anchors }) {
  const source = { ydoc: new Y.Doc() };
  Y.applyUpdate(source.ydoc, bytes(update));
  const { state } = new Person(7, source);
  const section = new SectionWords(state.doc);
  const places = anchors.map((anchor) => placeOf(state, section, anchor));
  return { found: anchors.map((anchor) => between(state, anchor)), places, words: wordsOf(state) };
}

function placeOf(state, section, anchor) {
  const place = findPlace(section, quoteOf(anchor), rangeOf(state, anchor));
  return place && [place.how, textBetween(state.doc, place.from, place.to)];
}

function between(state, { start, end }) {
  const [from, to] = [start, end].map((position) => decodePosition(state, bytes(position)));
  return from === null || to === null || from >= to ? null : state.doc.textBetween(from, to, "\\n", "\\ufffc");
}

function wordsOf(state) {
  const words = [];
  state.doc.descendants((node, start) => {
    if (!node.isTextblock) return;
    for (const { 0: word, index } of node.textBetween(0, node.content.size, "", "\\ufffc").matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const from = start + 1 + index;
      words.push([word, text(encodePosition(state, from, 0)), text(encodePosition(state, from + word.length, -1))]);
    }
  });
  return words;
}

const bytes = (position) => new Uint8Array(Buffer.from(position, "base64"));
const text = (position) => Buffer.from(position).toString("base64");
`;

await serve(ENTRY, JSON.parse);
