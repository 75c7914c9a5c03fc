import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";
import { bindingStats, flatKey } from "./index";
import { exchange, heading, list, outline, paragraph, Person, picture, quote, table, two } from "./testing";

test("opening a section writes nothing", () => {
  const [amira] = two(heading(2, "Title"), list("bulletList", "a", "b"), table(["a1", "b1"]), picture(1), quote("q"), paragraph());
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, Y.encodeStateAsUpdate(amira.ydoc));
  let updates = 0;

  const reader = new Person(3, amira);
  reader.ydoc.on("update", () => (updates += 1));
  exchange(reader);

  assert.ok(reader.doc.eq(amira.doc));
  assert.equal(updates, 0);
  assert.deepEqual(Y.encodeStateVector(reader.ydoc), Y.encodeStateVector(ydoc));
});

test("a reader who gets others' edits writes nothing", () => {
  const [amira, reader] = two(heading(2, "Title"), paragraph("words"));
  let own = 0;
  reader.ydoc.on("update", (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => (own += local ? 1 : 0));

  amira.dispatch(amira.state.tr.delete(1, amira.after("wo")));
  exchange(amira, reader);
  amira.undo();
  exchange(amira, reader);

  assert.ok(reader.doc.eq(amira.doc));
  assert.equal(own, 0);
});

test("what comes from Yjs carries the key, one's own edits do not", () => {
  const [amira, ned] = two(paragraph("x"));
  amira.changes.length = ned.changes.length = 0;

  amira.type(1, "a");
  exchange(amira, ned);

  assert.deepEqual(amira.changes.map((change) => change.getMeta(flatKey)), [undefined]);
  assert.deepEqual(ned.changes.map((change) => change.getMeta(flatKey)), [true]);
});

test("a typed letter is one small update", () => {
  const [amira] = two(paragraph("Hello world"), list("bulletList", "a", "b"));
  const sizes: number[] = [];
  amira.ydoc.on("update", (update: Uint8Array) => sizes.push(update.length));

  amira.type(3, "x");

  assert.equal(sizes.length, 1);
  assert.ok(sizes[0]! < 40);
});

test("a line's end in pasted words is a line break, and no word is lost", () => {
  const amira = new Person(1).write(paragraph("a"));

  amira.type(2, "b\nc");

  assert.deepEqual(outline(amira.doc), ["p ab/c"]);
  assert.ok(amira.doc.eq(amira.stored));
});

test("whatever is stored by others, the editor shows it and can be written in", () => {
  const amira = new Person(1);
  const other = new Y.Doc();
  const text = other.getText("default");
  text.insert(0, "odd\n", { t: 7, p: { x: 1 }, s: "many", bold: 5, link: "x" });
  text.insertEmbed(4, { t: "none", k: 3 });
  text.insertEmbed(5, { something: { else: true } });
  text.insert(6, "rest");
  other.getMap("t:none").set("at0", { not: "a nonce" });

  Y.applyUpdate(amira.ydoc, Y.encodeStateAsUpdate(other));
  amira.type(amira.after("rest"), "!");

  assert.deepEqual(outline(amira.doc), ["p odd", "p rest!"]);
  assert.ok(amira.doc.eq(amira.stored));
  assert.equal(bindingStats(amira.state).errors, 0);
});

test("an exception inside is counted, and the editor goes on from what is stored", () => {
  const [amira, ned] = two(paragraph("one"), paragraph("two"));
  const text = amira.ydoc.getText("default");
  const { get } = Object.getOwnPropertyDescriptor(Y.Text.prototype, "length")!;
  let faults = 1;
  const length = (): number => {
    if (faults-- > 0) throw new Error("broken on purpose");
    return get!.call(text) as number;
  };
  Object.defineProperty(text, "length", { configurable: true, get: length });

  amira.type(2, "x");
  ned.type(ned.after("two"), "!");
  exchange(amira, ned);

  assert.equal(bindingStats(amira.state).errors, 1);
  assert.ok(amira.doc.eq(amira.stored));
  assert.match(amira.doc.textContent, /two!/);
});
