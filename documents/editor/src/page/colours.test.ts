import assert from "node:assert/strict";
import { test } from "node:test";
import { colourClass } from "./colours";

test("each organisation's colour has its class", () => {
  assert.deepEqual(["ns", "kb", "sg", "ag"].map(colourClass), ["o-ns", "o-kb", "o-sg", "o-ag"]);
});

test("anything else looks like an agency", () => {
  for (const colour of ["", "red", "ns o-kb", null, undefined, 3, {}]) assert.equal(colourClass(colour), "o-ag");
});
