import assert from "node:assert/strict";
import { test } from "node:test";
import type { Node } from "@tiptap/pm/model";
import { flatten } from "./flatten";
import type { Formats } from "./formats";
import { layOut } from "./layout";
import { footnote, heading, list, nodeType, outline, paragraph, picture, quote, schema, table } from "./testing";

type Run = readonly [text: string, formats?: Formats];

function laid(runs: readonly Run[], inside = "doc"): string[] {
  const { pieces } = layOut(runs.map(([insert, formats = {}]) => ({ insert, formats })), nodeType(inside), () => null);
  const nodes = pieces.map(({ node }) => node);
  for (const node of nodes) node.check();
  return outline(nodeType("doc").create(null, nodes));
}

function storedRuns(blocks: readonly Node[]): Run[] {
  const flat = flatten(blocks);
  return [...flat.text].map((unit, index) => [unit, flat.formatsAt(index)]);
}

const item = { p: ["bulletList", "listItem"] };

test("every kind of block comes back as it was", () => {
  const nested = list("bulletList", "one", [paragraph("two"), list("orderedList", "inner", "inner two"), paragraph("still two")], "three");
  const blocks = [heading(3, "Title"), paragraph("Words"), nested, quote("said", "so"), picture(1), paragraph()];

  const { pieces } = layOut(storedRuns(blocks).map(([insert, formats = {}]) => ({ insert, formats })), nodeType("doc"), () => null);

  assert.deepEqual(pieces.map(({ node }) => node.toJSON() as unknown), blocks.map((node) => node.toJSON() as unknown));
});

test("marks, footnotes and line breaks come back as they were", () => {
  const link = schema.mark("link", { href: "https://example.org/" });
  const block = nodeType("paragraph").create(null, [
    schema.text("a "),
    schema.text("bold", [schema.mark("bold")]),
    footnote("n1"),
    nodeType("hardBreak").create(),
    schema.text("here", [link]),
  ]);

  const runs = storedRuns([block]).map(([insert, formats = {}]) => ({ insert, formats }));
  const { pieces } = layOut(runs, nodeType("doc"), () => null);

  assert.ok(pieces[0]?.node.eq(block));
});

test("words whose end is not stored are a paragraph; no words are no block", () => {
  assert.deepEqual(laid([["one\ntwo"]]), ["p one", "p two"]);
  assert.deepEqual(laid([["one\n"]]), ["p one"]);
  assert.deepEqual(laid([]), ["p"]);
});

test("words before a picture that lost their end are a paragraph of their own", () => {
  const { src } = picture(7).attrs;
  assert.deepEqual(laid([["before"], ["\n", { t: { n: "image", src, alt: "Seven" } }], ["after\n"]]), ["p before", "picture Seven", "p after"]);
});

test("a kind of block that is not known, or cannot stand there, is a paragraph", () => {
  assert.deepEqual(laid([["x"], ["\n", { t: { n: "constructor" } }]]), ["p x"]);
  assert.deepEqual(laid([["x"], ["\n", { t: { n: "table" } }]]), ["p x"]);
  assert.deepEqual(laid([["x"], ["\n", { t: { n: "heading", level: 2 } }]], "tableCell"), ["p x"]);
});

test("a heading in a list is a heading at the top level", () => {
  const title = { t: { n: "heading", level: 2 }, ...item, s: 1 };
  assert.deepEqual(laid([["a"], ["\n", { ...item, s: 0 }], ["b"], ["\n", title], ["c"], ["\n", { ...item, s: 1 }]]), ["ul>li>p a", "h2 b", "ul>li>p c"]);
});

test("how much a block shares with the one before makes lists, items and paragraphs of an item", () => {
  const runs: Run[] = [["a"], ["\n", { ...item, s: 0 }], ["b"], ["\n", { ...item, s: 1 }], ["c"], ["\n", { ...item, s: 2 }], ["d"], ["\n", { ...item, s: 0 }]];

  const { pieces } = layOut(runs.map(([insert, formats = {}]) => ({ insert, formats })), nodeType("doc"), () => null);

  assert.deepEqual(pieces.map(({ node }) => node.children.map((one) => one.childCount)), [[1, 2], [1]]);
});

test("an item whose words are gone leaves its inner list to the list outside", () => {
  const inner = { p: ["bulletList", "listItem", "orderedList", "listItem"] };
  const runs: Run[] = [["a"], ["\n", { ...inner, s: 0 }], ["b"], ["\n", { ...inner, s: 3 }], ["c"], ["\n", { ...item, s: 2 }], ["d"], ["\n", { ...item, s: 1 }]];

  assert.deepEqual(laid(runs), ["ul>li>p a", "ul>li>p b", "ul>li>p c", "ul>li>p d"]);
});

test("ancestors that make no sense are left out, and no word is lost", () => {
  for (const p of [["listItem"], ["bulletList"], ["table", "tableRow"], ["bulletList", "bulletList"], [null, 7], "bulletList", [["bulletList", "x"]], Array(500).fill("blockquote")]) {
    assert.match(laid([["word"], ["\n", { p, s: 99 }]]).join(), /word/);
  }
});

test("a link that leads to no web page or mail address is no link", () => {
  const { pieces } = layOut([{ insert: "here\n", formats: { link: { href: "javascript:alert(1)" } } }], nodeType("doc"), () => null);
  assert.equal(pieces[0]?.node.firstChild?.marks.length, 0);
});

test("the character for footnotes without a footnote is itself", () => {
  assert.deepEqual(laid([["a\ufffcb\n"]]), ["p a\ufffcb"]);
});

test("a table is one unit, and needs a name", () => {
  const named = table(["a"]).type.create({ id: "t1" }, table(["a"]).content);
  const flat = flatten([paragraph("x"), named, paragraph("y")]);
  assert.equal(flat.text, "x\n\ufffcy\n");
  assert.equal(flat.nameAt(2), "table:t1");
});

test("two items that are the same object are two items", () => {
  const one = list("bulletList", "same").firstChild!;
  const flat = flatten([nodeType("bulletList").create(null, [one, one])]);
  assert.deepEqual([flat.formatsAt(4)["s"], flat.formatsAt(9)["s"]], [0, 1]);
});
