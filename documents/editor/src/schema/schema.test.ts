import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { getSchema } from "@tiptap/core";
import { schemaFile } from "./dump";
import { extensions } from "./extensions";
import { isOwnPicture, isSafeLink } from "./links";

test("the server has the schema of the editor (npm run schema writes it anew)", () => {
  assert.equal(readFileSync("documents/text/schema.json", "utf8"), schemaFile());
});

test("tables and pictures stand at the top level only", () => {
  const { nodes } = getSchema(extensions());
  for (const name of ["blockquote", "listItem", "tableCell", "tableHeader"]) {
    const type = nodes[name]!;
    for (const inner of ["table", "image", "heading"]) {
      assert.equal(type.contentMatch.matchType(nodes[inner]!), null, `${inner} in ${name}`);
    }
  }
});

test("links lead to the web and to mail only", () => {
  assert.deepEqual(["https://a.uk", "http://a", "mailto:a@b.uk"].map(isSafeLink), [true, true, true]);
  assert.deepEqual(["javascript:alert(1)", "//a.uk", "data:text/html,x", "https://a b", null].map(isSafeLink), [false, false, false, false, false]);
});

test("pictures lie in the portal", () => {
  assert.ok(isOwnPicture("/images/0b9f3c1e-3f55-4a52-9c55-1f0a2b3c4d5e/"));
  for (const src of ["https://a.uk/x.png", "data:image/png;base64,AA==", "/images/../admin/", "//a.uk/images/"]) assert.ok(!isOwnPicture(src));
});
