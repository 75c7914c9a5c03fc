import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, type Snapshot } from "./ledger";

const [AMIRA, NED] = [1, 2];

/** A copy that shows and holds these pieces, and has these writers' changes up to these counts. */
function copy(pieces: Record<string, number>, seen: Record<number, number>, stored = pieces): Snapshot {
  const entries = Object.entries(seen).map(([client, clock]) => [Number(client), clock] as const);
  return { shown: counts(pieces), stored: counts(stored), seen: new Map(entries) };
}

function counts(pieces: Record<string, number>): Map<string, number> {
  return new Map(Object.entries(pieces).filter(([, times]) => times > 0));
}

function ledgerWith(piece: string): Ledger {
  const ledger = new Ledger();
  ledger.write(piece, AMIRA, copy({ [piece]: 1 }, { [AMIRA]: 5 }));
  return ledger;
}

function kinds(ledger: Ledger, shown: Record<string, number>): string[] {
  return ledger.close(counts(shown)).faults.map(({ kind }) => kind);
}

test("a piece that nobody touched must be there once", () => {
  assert.deepEqual(kinds(ledgerWith("A1x"), { A1x: 1 }), []);
  assert.deepEqual(kinds(ledgerWith("A1x"), {}), ["lost"]);
  assert.deepEqual(kinds(ledgerWith("A1x"), { A1x: 2 }), ["doubled"]);
});

test("a piece that nobody wrote may not be there", () => {
  assert.deepEqual(kinds(new Ledger(), { A1x: 1 }), ["doubled"]);
});

test("a deleted word must stay away", () => {
  const ledger = ledgerWith("A1x");
  ledger.compare(NED, "removes", copy({ A1x: 1 }, { [AMIRA]: 5 }), copy({}, { [AMIRA]: 5 }), "deleteWord");

  assert.deepEqual(kinds(ledger, {}), []);
  assert.deepEqual(kinds(ledger, { A1x: 1 }), ["doubled"]);
});

test("an operation that only changes the shape of the text may not take a word away or write it again", () => {
  const split = ledgerWith("A1x");
  split.compare(NED, "keeps", copy({ A1x: 1 }, { [AMIRA]: 5 }), copy({}, { [AMIRA]: 5 }), "split");
  const heading = ledgerWith("A1x");
  heading.compare(NED, "keeps", copy({ A1x: 1 }, { [AMIRA]: 5 }), copy({ A1x: 2 }, { [AMIRA]: 5, [NED]: 1 }), "heading");

  assert.equal(split.faults[0]?.kind, "lost");
  assert.equal(heading.faults[0]?.kind, "doubled");
});

test("an undo may take away only what its person wrote or brought", () => {
  const ledger = ledgerWith("A1x");
  ledger.compare(NED, "history", copy({ A1x: 1 }, { [AMIRA]: 5 }), copy({}, { [AMIRA]: 5 }), "undo");
  assert.equal(ledger.faults[0]?.kind, "lost");

  const own = ledgerWith("A1x");
  own.compare(AMIRA, "history", copy({ A1x: 1 }, { [AMIRA]: 5 }), copy({}, { [AMIRA]: 5 }), "undo");
  assert.deepEqual(kinds(own, {}), []);
});

test("a word that one person cuts and pastes is there once", () => {
  const ledger = ledgerWith("A1x");
  ledger.compare(NED, "removes", copy({ A1x: 1 }, { [AMIRA]: 5 }), copy({}, { [AMIRA]: 5 }), "moveWords");
  ledger.compare(NED, "restores", copy({}, { [AMIRA]: 5 }), copy({ A1x: 1 }, { [AMIRA]: 5, [NED]: 3 }), "moveWords");

  assert.deepEqual(kinds(ledger, { A1x: 1 }), []);
  assert.deepEqual(kinds(ledger, {}), ["lost"]);
  assert.deepEqual(kinds(ledger, { A1x: 2 }), ["doubled"]);
});

test("two people who cut and paste the same word at once make two of it", () => {
  const ledger = ledgerWith("A1x");
  for (const person of [AMIRA, NED]) {
    ledger.compare(person, "removes", copy({ A1x: 1 }, { [AMIRA]: 5 }), copy({}, { [AMIRA]: 5 }), "moveWords");
    ledger.compare(person, "restores", copy({}, { [AMIRA]: 5 }), copy({ A1x: 1 }, { [AMIRA]: 5, [person]: 9 }), "moveWords");
  }

  assert.deepEqual(kinds(ledger, { A1x: 2 }), []);
  assert.deepEqual(ledger.close(counts({ A1x: 2 })).copies, ["A1x"]);
  assert.deepEqual(kinds(ledger, { A1x: 3 }), ["doubled"]);
});

test("a deleted row takes along only words that its deleter had seen", () => {
  const ledger = ledgerWith("A1x");
  ledger.write("A2x", AMIRA, copy({ A1x: 1, A2x: 1 }, { [AMIRA]: 8 }));
  const before = copy({ A1x: 1 }, { [AMIRA]: 5 });
  ledger.compare(NED, "removes", before, copy({}, { [AMIRA]: 5, [NED]: 1 }, { A1x: 1 }), "deleteRow");

  assert.deepEqual(kinds(ledger, { A1x: 1, A2x: 1 }), []);
  assert.deepEqual(kinds(ledger, { A2x: 1 }), []);
  assert.deepEqual(kinds(ledger, { A1x: 1 }), ["lost"]);
});

test("a row that is brought back brings its words back", () => {
  const ledger = ledgerWith("A1x");
  const gone = copy({}, { [AMIRA]: 5, [NED]: 1 }, { A1x: 1 });
  ledger.compare(NED, "removes", copy({ A1x: 1 }, { [AMIRA]: 5 }), gone, "deleteRow");
  ledger.compare(NED, "history", gone, copy({ A1x: 1 }, { [AMIRA]: 5, [NED]: 2 }), "undo");

  assert.deepEqual(kinds(ledger, { A1x: 1 }), []);
  assert.deepEqual(kinds(ledger, {}), ["lost"]);
});
