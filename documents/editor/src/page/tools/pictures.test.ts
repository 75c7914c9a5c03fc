import assert from "node:assert/strict";
import { test } from "node:test";
import { problemWith } from "./pictures";

test("a picture of ten megabytes is taken", () => {
  assert.equal(problemWith({ type: "image/png", size: 10 * 1024 * 1024 }), "");
});

test("no file, another kind and a big file each have their own words", () => {
  assert.match(problemWith(null), /Choose/);
  assert.match(problemWith({ type: "application/pdf", size: 10 }), /PNG, JPEG/);
  assert.match(problemWith({ type: "image/svg+xml", size: 10 }), /PNG, JPEG/);
  assert.match(problemWith({ type: "image/jpeg", size: 20 * 1024 * 1024 }), /This one has 20 MB/);
});
