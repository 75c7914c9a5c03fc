import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_CHARACTERS, leftOutWords, refusal } from "./extension";

test("two megabytes are taken", () => {
  assert.equal(refusal("a".repeat(2 * 1024 * 1024)), null);
});

test("more is refused with both numbers", () => {
  const words = refusal("a".repeat(MOST_CHARACTERS + 1)) ?? "";

  assert.match(words, /2,200,001 characters/);
  assert.match(words, /Nothing was changed/);
});

test("characters that take more bytes reach the limit earlier", () => {
  assert.notEqual(refusal("€".repeat(1_100_000)), null);
});

test("left-out pictures are counted in words", () => {
  assert.equal(leftOutWords(0), null);
  assert.match(leftOutWords(1) ?? "", /^1 picture was/);
  assert.match(leftOutWords(3) ?? "", /^3 pictures were/);
});
