import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger, type Snapshot } from "./ledger";

const [AMIRA, NED] = [1, 2];
const NOTHING: Record<string, string[]> = {};

/** What Amira wrote in her fifth change, where it was first stored. */
const FIRST = { A1x: ["first"] };

/** A copy that holds pieces at places, and has these writers' changes up to these counts. */
function copy(places: Record<string, string[]>, seen: Record<number, number> = { [AMIRA]: 5 }, shown = counts(places)): Snapshot {
  const entries = Object.entries(seen).map(([client, clock]) => [Number(client), clock] as const);
  return { shown, stored: new Map(Object.entries(places)), seen: new Map(entries), deleted: 0 };
}

function counts(places: Record<string, string[]>): Map<string, number> {
  return new Map(Object.entries(places).map(([piece, { length }]) => [piece, length]));
}

function ledger(): Ledger {
  const made = new Ledger();
  made.write("A1x", AMIRA, copy(FIRST));
  return made;
}

/** What is found wrong when a piece is shown so many times at the end. */
function faults(account: Ledger, times: number, piece = "A1x"): string[] {
  return account.close(new Map(times ? [[piece, times]] : [])).faults.map(({ kind }) => kind);
}

/** Somebody cuts the first copy and pastes it as a new one. */
function move(account: Ledger, person: number, place: string): void {
  account.compare(person, "removes", copy(FIRST), copy(NOTHING), "moveWords");
  account.compare(person, "restores", copy(NOTHING), copy({ A1x: [place] }, { [AMIRA]: 5, [person]: 9 }), "moveWords");
}

test("a piece that nobody touched must be there once", () => {
  assert.deepEqual(faults(ledger(), 1), []);
  assert.deepEqual(faults(ledger(), 0), ["lost"]);
  assert.deepEqual(faults(ledger(), 2), ["doubled"]);
});

test("a piece that nobody wrote may not be there", () => {
  assert.deepEqual(faults(new Ledger(), 1), ["doubled"]);
});

test("a piece must be stored once when it is written", () => {
  const account = new Ledger();
  account.write("A1x", AMIRA, copy(NOTHING));

  assert.deepEqual(faults(account, 0), ["lost"]);
});

test("a deleted word must stay away", () => {
  const account = ledger();
  account.compare(NED, "removes", copy(FIRST), copy(NOTHING), "deleteWord");

  assert.deepEqual(faults(account, 0), []);
  assert.deepEqual(faults(account, 1), ["doubled"]);
});

test("an operation that only changes the shape of the text may not take a word away, write it again or write it anew", () => {
  const results: Record<string, string[]>[] = [NOTHING, { A1x: ["first", "second"] }, { A1x: ["second"] }];
  const kinds = results.map((result) => {
    const account = ledger();
    account.compare(NED, "keeps", copy(FIRST), copy(result), "split");
    return account.close(counts(result)).faults[0]?.kind;
  });

  assert.deepEqual(kinds, ["lost", "doubled", "misplaced"]);
});

test("a heading may not delete the end of a block and write it again", () => {
  const account = ledger();
  account.compare(NED, "adds", copy(FIRST), { ...copy(FIRST), deleted: 1 }, "heading");

  assert.deepEqual(faults(account, 1), ["misplaced"]);
});

test("an undo may take away only what its person wrote or brought", () => {
  const others = ledger();
  others.compare(NED, "history", copy(FIRST), copy(NOTHING), "undo");
  const own = ledger();
  own.compare(AMIRA, "history", copy(FIRST), copy(NOTHING), "undo");

  assert.deepEqual(faults(others, 0), ["lost"]);
  assert.deepEqual(faults(own, 0), []);
});

test("an undo may bring back only what its person took away", () => {
  const others = ledger();
  others.compare(AMIRA, "removes", copy(FIRST), copy(NOTHING), "deleteWord");
  others.compare(NED, "history", copy(NOTHING), copy({ A1x: ["second"] }), "undo");

  assert.deepEqual(faults(others, 1), ["doubled"]);
});

test("a footnote that its author undoes may stay away, although somebody brought it back at the same time", () => {
  const note = { A1f: ["first"] };
  const account = new Ledger();
  account.write("A1f", AMIRA, copy(note));
  account.compare(NED, "removes", copy(note), copy(NOTHING), "deleteFootnote");
  account.compare(AMIRA, "history", copy(note), copy(NOTHING), "undo");
  account.compare(NED, "history", copy(NOTHING), copy({ A1f: ["second"] }), "undo");

  assert.deepEqual(faults(account, 0, "A1f"), []);
  assert.deepEqual(faults(account, 1, "A1f"), []);
});

test("a word that one person cuts and pastes is there once", () => {
  const account = ledger();
  move(account, NED, "second");

  assert.deepEqual(faults(account, 1), []);
  assert.deepEqual(faults(account, 0), ["lost"]);
  assert.deepEqual(faults(account, 2), ["doubled"]);
});

test("two people who cut and paste the same word at once make two of it", () => {
  const account = ledger();
  move(account, NED, "second");
  move(account, AMIRA, "third");

  assert.deepEqual(faults(account, 2), []);
  assert.deepEqual(account.close(new Map([["A1x", 2]])).copies, ["A1x"]);
  assert.deepEqual(faults(account, 1), ["lost"]);
  assert.deepEqual(faults(account, 3), ["doubled"]);
});

test("a deleted row takes along only words that its deleter had seen", () => {
  const account = ledger();
  account.write("A2x", AMIRA, copy({ ...FIRST, A2x: ["later"] }, { [AMIRA]: 8 }));
  account.compare(NED, "removes", copy(FIRST), copy(FIRST, { [AMIRA]: 5, [NED]: 1 }, new Map()), "deleteRow");

  assert.deepEqual(account.close(new Map([["A1x", 1], ["A2x", 1]])).faults, []);
  assert.deepEqual(faults(account, 1, "A2x"), []);
  assert.deepEqual(faults(account, 1, "A1x"), ["lost"]);
});

test("a row that is brought back brings its words back", () => {
  const account = ledger();
  const gone = copy(FIRST, { [AMIRA]: 5, [NED]: 1 }, new Map());
  account.compare(NED, "removes", copy(FIRST), gone, "deleteRow");
  account.compare(NED, "history", gone, copy(FIRST, { [AMIRA]: 5, [NED]: 2 }), "undo");

  assert.deepEqual(faults(account, 1), []);
  assert.deepEqual(faults(account, 0), ["lost"]);
});

test("cutting a word and undoing that in a row that somebody deletes meanwhile changes nothing for the row", () => {
  const account = ledger();
  account.compare(AMIRA, "removes", copy(FIRST), copy(NOTHING), "moveWords");
  account.compare(AMIRA, "history", copy(NOTHING), copy({ A1x: ["second"] }, { [AMIRA]: 9 }), "undo");
  account.compare(NED, "removes", copy(FIRST), copy(FIRST, { [AMIRA]: 5, [NED]: 1 }, new Map()), "deleteRow");

  assert.deepEqual(faults(account, 0), []);
  assert.deepEqual(faults(account, 1), []);
});

test("a column takes along words whose row has gone before, also when that row comes back meanwhile", () => {
  const account = ledger();
  const gone = copy(FIRST, { [AMIRA]: 5, [NED]: 1 }, new Map());
  account.compare(NED, "removes", copy(FIRST), gone, "deleteRow");
  account.compare(NED, "history", gone, copy(FIRST, { [AMIRA]: 5, [NED]: 2 }), "undo");
  account.compare(AMIRA, "removes", gone, gone, "deleteColumn");

  assert.deepEqual(faults(account, 0), []);
});
