import assert from "node:assert/strict";
import { test } from "node:test";
import { runProse } from "./prose";

test("comments on the demonstration's report are never in a wrong place, whatever happens to their words", () => {
  const { comments, found, wrong, lost } = runProse(400, 1);

  assert.deepEqual(wrong, []);
  assert.deepEqual(lost, []);
  assert.equal(comments, 400);
  assert.ok(found > 200, `only ${found} were found`);
});
