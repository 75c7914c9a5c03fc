import assert from "node:assert/strict";
import { test } from "node:test";
import { ThreadsApi } from "./api";
import type { Thread } from "./types";

// Nothing answers here: there is no portal at an address without a host.
const api = new ThreadsApi("report", "token");
const thread = { url: "/threads/1/", onlyFor: null } as Thread;

test("what somebody wrote is said to be kept where the portal cannot be reached", async () => {
  const { thread: none, errors } = await api.reply(thread, "Was it May?", []);

  assert.equal(none, null);
  assert.match(errors?.[""] ?? "", /^The portal cannot be reached\. What you have written is kept here/);
});

test("an act without words is said not to have been done", async () => {
  for (const answer of [await api.decide(thread, "accept"), await api.act(thread, "resolve")]) {
    assert.match(answer.errors?.[""] ?? "", /so nothing was done/);
  }
});
