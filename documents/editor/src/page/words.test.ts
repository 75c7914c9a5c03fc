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

  assert.deepEqual(saveWords(state, true), { words: "Saved", time: "10:42" });
  assert.match(saveWords(state, false).words, /^Live/);
});

test("what is not saved is counted, in the line and in the banner", () => {
  assert.match(saveWords({ kind: "unsaved", waiting: 1, since: MORNING }, true).words, /^Not saved .* 1 change waits\./);
  assert.match(saveWords({ kind: "unsaved", waiting: 3, since: MORNING }, true).words, /3 changes wait\./);
  assert.match(bannerWords({ kind: "unsaved", waiting: 3, since: MORNING })?.join(" ") ?? "", /last 3 changes .* dropped at 10:42/);
});

test("a banner shows only for words in danger", () => {
  assert.equal(bannerWords({ kind: "saving" }), null);
  assert.equal(bannerWords({ kind: "away" }), null);
});
