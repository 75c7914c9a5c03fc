import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";
import type { Formats } from "./formats";
import { TextWriter } from "./text_writer";

const H2: Formats = { t: { n: "heading", level: 2 } };
const H3: Formats = { t: { n: "heading", level: 3 } };

function textOf(write: (writer: TextWriter) => void): Y.Text {
  const ydoc = new Y.Doc();
  const text = ydoc.getText("default");
  ydoc.transact((transaction) => write(new TextWriter(text, transaction)));
  return text;
}

/** Units and markers in order: `+t` opens or changes a format, `-t` ends it. */
function laid(text: Y.Text): string {
  let found = "";
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) found += ` ${item.content.value === null ? "-" : "+"}${item.content.key} `;
    else if (item.content instanceof Y.ContentString) found += item.content.str.replaceAll("\n", "¶");
  }
  return found.replaceAll("  ", " ").trim();
}

test("the formats of a block's end lie close around it", () => {
  const text = textOf((writer) => writer.insert(0, [{ insert: "Title", formats: {} }, { insert: "\n", formats: H2 }, { insert: "words\n", formats: {} }]));
  assert.equal(laid(text), "Title +t ¶ -t words¶");
});

test("what is written behind a formatted end lies outside its formats", () => {
  const text = textOf((writer) => {
    writer.insert(0, [{ insert: "\n", formats: H2 }]);
    writer.insert(1, [{ insert: "\n", formats: H2 }]);
    writer.insert(1, [{ insert: "x", formats: {} }, { insert: "\n", formats: H3 }]);
  });
  assert.equal(laid(text), "+t ¶ -t x +t ¶ -t +t ¶ -t");
});

test("a changed format has markers of its own, and the old ones stay", () => {
  const text = textOf((writer) => {
    writer.insert(0, [{ insert: "\n", formats: H2 }, { insert: "end", formats: {} }]);
    writer.formatUnit(0, H3);
  });
  assert.equal(laid(text), "+t +t ¶ -t -t end");
  assert.deepEqual(text.toDelta(), [{ insert: "\n", attributes: H3 }, { insert: "end" }]);
});

test("marks written within others end with them", () => {
  const bold = { bold: {} };
  const text = textOf((writer) => {
    writer.insert(0, [{ insert: "abcdef", formats: bold }, { insert: "rest", formats: {} }]);
    writer.format(1, 2, { bold: null });
  });
  assert.equal(laid(text), "+bold a -bold bc +bold def -bold -bold rest");
});

test("deleting takes no marker away", () => {
  const text = textOf((writer) => {
    writer.insert(0, [{ insert: "a", formats: {} }, { insert: "bold", formats: { bold: {} } }, { insert: "z", formats: {} }]);
    writer.delete(0, 5);
  });
  assert.equal(laid(text), "+bold -bold z");
  assert.equal(text.length, 1);
});

test("a mark over several stretches holds for all of them", () => {
  const text = textOf((writer) => {
    writer.insert(0, [{ insert: "ab", formats: {} }, { insert: "cd", formats: { link: { href: "https://a.uk" } } }, { insert: "ef", formats: {} }]);
    writer.format(1, 4, { bold: {} });
  });
  assert.deepEqual(text.toDelta().map(({ insert, attributes }: { insert: string; attributes?: object }) => [insert, Object.keys(attributes ?? {}).sort().join()]), [
    ["a", ""],
    ["b", "bold"],
    ["cd", "bold,link"],
    ["e", "bold"],
    ["f", ""],
  ]);
});
