import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingStats } from "./index";
import { exchange, list, paragraph, Person, table, two } from "./testing";

const SENTENCE = "The agencies met and wrote down what they had agreed, and who would do it by when. ";

test("one key of another person changes one letter of a thousand blocks", () => {
  const blocks = Array.from({ length: 1000 }, (_, index) => (index % 25 ? paragraph(`${index} ${SENTENCE.repeat(4)}`) : table([`c${index}`, "x"])));
  const [amira, ned] = two(...blocks);
  const before = ned.doc;
  ned.changes.length = 0;

  amira.type(amira.after("501 The"), "s");
  exchange(amira, ned);

  const [change] = ned.changes;
  assert.equal(ned.changes.length, 1);
  assert.deepEqual(change?.mapping.maps.map((map) => [...ranges(map)]), [[[ned.after("501 The"), 0, 1]]]);
  assert.equal(ned.doc.children.filter((block, index) => block !== before.child(index)).length, 1);
});

test("a paste of hundreds of blocks, and of two megabytes, is written at once", () => {
  const amira = new Person(1).write(paragraph("start"), paragraph("end"));
  const blocks = Array.from({ length: 700 }, (_, index) => (index % 3 ? paragraph(`${index} ${SENTENCE}`) : list("bulletList", `${index}`, SENTENCE)));
  const start = performance.now();

  amira.dispatch(amira.state.tr.insert(7, blocks));
  amira.dispatch(amira.state.tr.insert(0, Array.from({ length: 250 }, () => paragraph(SENTENCE.repeat(100)))));

  assert.ok(performance.now() - start < 5000);
  assert.ok(amira.doc.eq(amira.stored));
  assert.deepEqual(bindingStats(amira.state), { mismatches: 0, errors: 0 });
});

test("all that was written can be replaced by something else", () => {
  const amira = new Person(1).write(...Array.from({ length: 800 }, (_, index) => paragraph(`${index} old`)));

  amira.write(...Array.from({ length: 800 }, (_, index) => paragraph(`${index} new`)));

  assert.ok(amira.doc.eq(amira.stored));
});

function* ranges(map: { forEach(visit: (from: number, to: number, newFrom: number, newTo: number) => void): void }): Generator<number[]> {
  const found: number[][] = [];
  map.forEach((from, to, newFrom, newTo) => found.push([from, to - from, newTo - newFrom]));
  yield* found;
}
