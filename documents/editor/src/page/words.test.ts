import assert from "node:assert/strict";
import { test } from "node:test";
import { bannerWords, clock, saveWords } from "./words";

const MORNING = Date.UTC(2026, 10, 24, 10, 42);

test("the time is Britain's, in summer too", () => {
  assert.equal(clock(MORNING), "10:42");
  assert.equal(clock(Date.UTC(2026, 6, 1, 10, 42)), "11:42");
});

test("only who may write is told that it is saved", () => {
  const state = { kind: "saved", at: MORNING } as const;

  assert.deepEqual(saveWords(state, "own"), { words: "Saved", time: "10:42" });
  assert.match(saveWords(state, "others").words, /^Live/);
});

test("nobody is told of changes to come in a frozen text", () => {
  assert.equal(saveWords({ kind: "saved", at: MORNING }, "frozen").words, "Frozen: nobody can change the text");
});

test("what is not saved is counted, in the line and in the banner", () => {
  const lost = { kind: "unsaved", waiting: 3, since: MORNING, connected: false } as const;

  assert.match(saveWords({ ...lost, waiting: 1 }, "own").words, /^Not saved – reconnecting: 1 change waits\./);
  assert.match(saveWords(lost, "own").words, /3 changes wait\./);
  assert.match(bannerWords(lost)?.join(" ") ?? "", /last 3 changes .* dropped at 10:42/);
});

test("a portal that cannot save is not taken for a lost connection", () => {
  const stuck = { kind: "unsaved", waiting: 1, since: MORNING, connected: true } as const;

  assert.match(saveWords(stuck, "own").words, /^Not saved – trying again: 1 change waits\./);
  assert.match(bannerWords(stuck)?.join(" ") ?? "", /not been able to save anything since 10:42/);
});

test("a banner shows only for words in danger", () => {
  assert.equal(bannerWords({ kind: "saving" }), null);
  assert.equal(bannerWords({ kind: "away" }), null);
});
