import assert from "node:assert/strict";
import { test } from "node:test";
import { setBlockType, splitBlock } from "@tiptap/pm/commands";
import { deleteRow } from "@tiptap/pm/tables";
import { decodePosition, encodePosition } from "./index";
import { exchange, list, nodeType, paragraph, picture, table, two } from "./testing";

test("every place in the words is found again", () => {
  const [amira, ned] = two(paragraph("one"), list("bulletList", "two", "three"), table(["a1", ""], ["", "b2"]), picture(1), paragraph(), paragraph("end"));
  amira.doc.descendants((node, start) => {
    if (!node.isTextblock) return;
    for (let position = start + 1; position <= start + 1 + node.content.size; position += 1) {
      for (const assoc of [-1, 0] as const) {
        const isAtEdge = position === start + 1 + (assoc < 0 ? 0 : node.content.size);
        if (!isAtEdge) assert.equal(decodePosition(ned.state, encodePosition(amira.state, position, assoc)), position);
      }
    }
  });
});

test("a place stays at its words while others write, split and make headings", () => {
  const [amira, ned] = two(paragraph("Hello brave new world"), paragraph("end"));
  const place = encodePosition(amira.state, amira.after("brave"), -1);

  ned.type(1, "So: ");
  ned.caret(ned.after("Hello")).run(splitBlock);
  ned.caret(ned.find("new")).run(setBlockType(nodeType("heading"), { level: 2 }));
  exchange(amira, ned);

  assert.equal(decodePosition(amira.state, place), amira.after("brave"));
  assert.equal(decodePosition(ned.state, place), ned.after("brave"));
});

test("a place in a row that is deleted is gone, and back when that is undone", () => {
  const [amira, ned] = two(table(["a1"], ["a2"]));
  const place = encodePosition(amira.state, amira.after("a1"), -1);

  ned.caret(ned.find("a1")).run(deleteRow);
  exchange(amira, ned);
  assert.equal(decodePosition(amira.state, place), null);

  ned.undo();
  exchange(amira, ned);
  assert.equal(decodePosition(amira.state, place), amira.after("a1"));
});

test("what is no place decodes to nothing", () => {
  const [amira] = two(paragraph("x"));
  assert.equal(decodePosition(amira.state, new Uint8Array([9, 9, 9])), null);
  assert.equal(decodePosition(amira.state, new Uint8Array()), null);
});

test("one's own caret stays behind one's own words when another deletes the whole block", () => {
  const [amira, ned] = two(paragraph("first"), paragraph("block to go"), paragraph("last"));
  amira.type(amira.after("block"), "X").caret(amira.after("blockX"));

  ned.dispatch(ned.state.tr.delete(7, 20));
  exchange(amira, ned);

  assert.equal(amira.state.selection.head, amira.after("X"));
});

test("one's own caret goes with its words when another adds a block before them", () => {
  const [amira, ned] = two(paragraph("first"), paragraph("second"));
  amira.caret(amira.find("second"));

  ned.dispatch(ned.state.tr.insert(7, paragraph("between")));
  exchange(amira, ned);

  assert.equal(amira.state.selection.head, amira.find("second"));
});
