import assert from "node:assert/strict";
import { test } from "node:test";
import { QUIET_MS, type SaveFacts, SaveTracker, SLOW_MS } from "./save";

const CALM: SaveFacts = { connected: true, signedOut: false, settled: true, waiting: 0, kept: false };
const TYPED: SaveFacts = { ...CALM, settled: false, waiting: 1 };

function saved(): SaveTracker {
  const tracker = new SaveTracker();
  tracker.update(CALM, 1000);
  tracker.update(CALM, 1000 + QUIET_MS);
  return tracker;
}

test("nothing is promised before the first section has joined", () => {
  const tracker = new SaveTracker();

  assert.equal(tracker.update({ ...CALM, settled: false }, 0).kind, "opening");
  assert.equal(tracker.update({ ...CALM, settled: false }, 60_000).kind, "opening");
});

test("saved goes at the first edit and returns after the acknowledgement", () => {
  const tracker = saved();

  assert.equal(tracker.state.kind, "saved");
  assert.equal(tracker.update(TYPED, 2000).kind, "saving");
  assert.equal(tracker.update(CALM, 2100).kind, "saving");
  assert.deepEqual(tracker.update(CALM, 2100 + QUIET_MS), { kind: "saved", at: 2100 + QUIET_MS });
});

test("saved keeps its time while nothing is written", () => {
  const tracker = saved();

  assert.deepEqual(tracker.update(CALM, 99_000), { kind: "saved", at: 1000 + QUIET_MS });
});

test("a section that is reached later does not take the promise back", () => {
  const tracker = saved();

  assert.equal(tracker.update({ ...CALM, settled: false }, 3000).kind, "saved");
});

test("a lost connection says how much waits, and since when", () => {
  const tracker = saved();
  tracker.update({ ...TYPED, connected: false, waiting: 2 }, 5000);

  const state = tracker.update({ ...TYPED, connected: false, waiting: 3 }, 6000);

  assert.deepEqual(state, { kind: "unsaved", waiting: 3, since: 5000, connected: false });
});

test("a lost connection without waiting edits is no alarm", () => {
  assert.equal(saved().update({ ...CALM, connected: false, settled: false }, 5000).kind, "away");
});

test("back on line, it is saved only when everything is acknowledged", () => {
  const tracker = saved();
  tracker.update({ ...TYPED, connected: false }, 5000);

  assert.equal(tracker.update(TYPED, 6000).kind, "saving");
  assert.equal(tracker.update(CALM, 6100).kind, "saving");
  assert.equal(tracker.update(CALM, 6100 + QUIET_MS).kind, "saved");
});

test("after a quiet loss, it is not saved again before the sections have joined", () => {
  const tracker = saved();
  tracker.update({ ...CALM, connected: false, settled: false }, 5000);

  assert.notEqual(tracker.update({ ...CALM, settled: false }, 6000).kind, "saved");
});

test("a server that does not answer counts as not saved", () => {
  const tracker = saved();
  tracker.update(TYPED, 2000);

  assert.deepEqual(tracker.update(TYPED, 2000 + SLOW_MS), { kind: "unsaved", waiting: 1, since: 2000, connected: true });
});

test("signed out beats everything", () => {
  assert.deepEqual(saved().update({ ...TYPED, signedOut: true }, 3000), { kind: "signed-out", waiting: 1 });
});

test("words that were refused are not saved while they wait to be copied", () => {
  const tracker = saved();

  assert.equal(tracker.update({ ...CALM, kept: true }, 3000).kind, "kept");
  assert.notEqual(tracker.update(CALM, 3001).kind, "kept");
});

test("a page that cannot connect says so after a while", () => {
  const tracker = new SaveTracker();
  const facts = { ...CALM, connected: false, settled: false };

  assert.equal(tracker.update(facts, 1000).kind, "opening");
  assert.equal(tracker.update(facts, 1000 + SLOW_MS).kind, "away");
});
