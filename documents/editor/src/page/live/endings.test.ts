import assert from "node:assert/strict";
import { test } from "node:test";
import { afterClose, afterRefusal, waitBefore } from "./endings";

test("a failed save is tried again without hurry", () => {
  assert.deepEqual(afterClose("not-saved"), { then: "rejoin", renew: false, slowly: true });
});

test("a change of access is looked into at once, with a new token", () => {
  assert.deepEqual(afterClose("permission-denied"), { then: "rejoin", renew: true, slowly: false });
});

test("a section that is full is tried again without hurry, and the person is told why", () => {
  assert.deepEqual(afterClose("too-many-people"), { then: "rejoin", renew: false, slowly: true, why: "too-many-people" });
});

test("frozen starts over, deleted stops, an unknown reason is tried again", () => {
  assert.equal(afterClose("frozen").then, "start-over");
  assert.equal(afterClose("section-deleted").then, "stop");
  assert.equal(afterClose("something new").then, "rejoin");
});

test("the first refusal may be an old token, the second is believed", () => {
  assert.equal(afterRefusal("permission-denied", null, true).then, "rejoin");
  assert.deepEqual(afterRefusal("permission-denied", null, false), { then: "stop", why: "no-access" });
  assert.deepEqual(afterRefusal("anything", null, false), { then: "stop", why: "no-access" });
});

test("without a token the reason is why there was none", () => {
  assert.equal(afterRefusal("Failed to get token", "unreachable", false).then, "rejoin");
  assert.deepEqual(afterRefusal("Failed to get token", "signed-out", true), { then: "stop", why: "signed-out" });
  assert.deepEqual(afterRefusal("Failed to get token", "permission-denied", true), { then: "stop", why: "no-access" });
});

test("waiting grows, but not for ever", () => {
  assert.ok(waitBefore(0, false) < waitBefore(0, true));
  assert.ok(waitBefore(1, true) > waitBefore(0, true));
  assert.equal(waitBefore(50, true), waitBefore(51, true));
});
