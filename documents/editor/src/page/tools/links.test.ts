import assert from "node:assert/strict";
import { test } from "node:test";
import { normaliseAddress } from "./links";

test("complete addresses stay as they are", () => {
  for (const address of ["https://www.example.org/a?b=1#c", "http://a.example", "mailto:dele@bristol.example"]) {
    assert.equal(normaliseAddress(` ${address} `), address);
  }
});

test("a bare domain or e-mail address is completed", () => {
  assert.equal(normaliseAddress("www.example.org/report"), "https://www.example.org/report");
  assert.equal(normaliseAddress("a.example:8443/x"), "https://a.example:8443/x");
  assert.equal(normaliseAddress("dele@bristol.example"), "mailto:dele@bristol.example");
});

test("anything else is no address", () => {
  for (const typed of ["", "  ", "the report", "word", "javascript:alert(1)", "data:text/html,x", "file:///etc", "ftp://a.example", "https://", "mailto:x", "//a.example"]) {
    assert.equal(normaliseAddress(typed), null, typed);
  }
});
