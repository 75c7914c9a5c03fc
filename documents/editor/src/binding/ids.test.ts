import assert from "node:assert/strict";
import { test } from "node:test";
import { between, fingerprint } from "./ids";

test("a name sorts between its neighbours, however often one adds at the same place", () => {
  let [before, after] = [between("", null), between("9", null)];
  if (before > after) [before, after] = [after, before];
  for (let turn = 0; turn < 200; turn += 1) {
    const name = between(before, after);
    assert.ok(before < name && name < after, `${before} < ${name} < ${after}`);
    if (turn % 2) before = name;
    else after = name;
  }
});

test("there is always room before the first and behind the last", () => {
  let [first, last] = ["5", "5"];
  for (let turn = 0; turn < 100; turn += 1) {
    const [earlier, later] = [between("", first), between(last, null)];
    assert.ok(earlier < first && later > last);
    [first, last] = [earlier, later];
  }
});

test("the fingerprint is FNV-1a over code points, as on the server", () => {
  assert.equal(fingerprint(""), 0x811c9dc5);
  assert.equal(fingerprint("a"), 0xe40c292c);
  assert.equal(fingerprint("foobar"), 0xbf9cf968);
  assert.notEqual(fingerprint("😀"), fingerprint("😁"));
});
