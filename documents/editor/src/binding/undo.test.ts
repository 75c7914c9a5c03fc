import assert from "node:assert/strict";
import { test } from "node:test";
import { setBlockType, splitBlock, toggleMark } from "@tiptap/pm/commands";
import { undoManager } from "./index";
import { exchange, footnote, list, nodeType, outline, paragraph, Person, schema, table, two } from "./testing";

test("only one's own edit is undone", () => {
  const [amira, ned] = two(paragraph("Hello world"));
  amira.type(amira.after("Hello"), " brave");
  exchange(amira, ned);
  ned.type(ned.after("world"), " again");
  exchange(amira, ned);

  amira.undo();
  exchange(amira, ned);
  assert.deepEqual(outline(ned.doc), ["p Hello world again"]);

  amira.redo();
  assert.deepEqual(outline(amira.doc), ["p Hello brave world again"]);
});

test("a split that is undone keeps what others wrote below", () => {
  const [amira, ned] = two(paragraph("Hello world"));
  amira.caret(amira.after("Hello")).run(splitBlock);
  exchange(amira, ned);
  ned.type(ned.after("world"), " again");
  exchange(amira, ned);

  amira.undo();
  exchange(amira, ned);

  assert.deepEqual(outline(ned.doc), ["p Hello world again"]);
});

test("a deleted footnote comes back with its words", () => {
  const [amira] = two(nodeType("paragraph").create(null, [schema.text("see"), footnote("n1")]), paragraph("end"));
  amira.dispatch(amira.state.tr.delete(4, 5));
  assert.deepEqual(outline(amira.doc), ["p see", "p end"]);

  amira.undo();

  assert.ok(amira.doc.nodeAt(4)?.eq(footnote("n1")));
});

test("a heading that is undone and done again is one again", () => {
  const [amira, ned] = two(paragraph("Title"), paragraph("words"));
  amira.caret(2).run(setBlockType(nodeType("heading"), { level: 2 }));
  amira.undo();
  assert.deepEqual(outline(amira.doc), ["p Title", "p words"]);

  amira.redo();
  exchange(amira, ned);

  assert.deepEqual(outline(ned.doc), ["h2 Title", "p words"]);
});

test("undoing bold does not make bold spread from what another made plain in it", () => {
  const [amira, ned] = two(paragraph("one two three four"), paragraph("end"));
  const bold = toggleMark(schema.marks["bold"]!);
  amira.caret(amira.find("one"), amira.after("three")).run(bold);
  exchange(amira, ned);
  ned.caret(ned.find("two"), ned.after("two")).run(bold);
  exchange(amira, ned);

  amira.undo();
  exchange(amira, ned);

  const marks = (words: string) => ned.doc.nodeAt(ned.find(words))?.marks.length;
  assert.deepEqual([marks("four"), marks("end")], [0, 0]);
  assert.ok(amira.doc.eq(ned.doc));
});

test("edits with a pause between them are undone one by one", () => {
  const [amira] = two(paragraph("a"));
  amira.type(2, "b").pause().type(3, "c");

  amira.undo();
  assert.equal(amira.doc.textContent, "ab");
  amira.undo();
  assert.equal(amira.doc.textContent, "a");
  assert.equal(undoManager(amira.state).canUndo(), false);
});

test("a split is undone by itself, however fast one writes; words written in one go are undone together", () => {
  const amira = new Person(1, undefined, 60_000).write(paragraph("a")).pause();
  amira.type(2, "b").type(3, "c").caret(4).run(splitBlock);
  amira.type(6, "d").type(7, "e");

  amira.undo();
  assert.deepEqual(outline(amira.doc), ["p abc", "p"]);
  amira.undo();
  assert.deepEqual(outline(amira.doc), ["p abc"]);
  amira.undo();
  assert.deepEqual(outline(amira.doc), ["p a"]);
});

test("words written in a list and in a cell in one go are undone together", () => {
  const amira = new Person(1, undefined, 60_000).write(list("bulletList", "x", "item"), table(["cell"]), paragraph("end")).pause();

  for (const words of ["item", "cell"]) {
    amira.type(amira.after(words), "1").type(amira.after(`${words}1`), "2").pause();
    amira.undo();
    assert.equal(amira.doc.textContent, "xitemcellend");
  }
});
