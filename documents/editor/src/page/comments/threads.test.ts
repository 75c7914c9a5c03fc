import assert from "node:assert/strict";
import { test } from "node:test";
import { type Filter, isNarrowed, passes } from "./filter";
import { newsOf } from "./news";
import { about, audience, countWords, decision, peek, proposal, sendWords, when } from "./sentences";
import { isOpen, type Thread } from "./types";

const NOW = Date.parse("2026-11-25T10:00:00Z");

function thread(changes: Partial<Thread> = {}): Thread {
  const organisation = { id: "ns", shortName: "North Somerset", colour: "ns", initials: "NS" };
  const author = { name: "Tom Ashdown", initials: "TA", organisation };
  const may = { reply: true, resolve: true, reopen: false, share: false, accept: false, decline: false, withdraw: false, reopenSuggestion: false };
  const anchor = { start: "", end: "", quote: "Staff failed", before: "", after: "" };
  return {
    id: "1", section: "s", kind: "general", kindLabel: "General", onlyFor: null, author, at: "2026-11-20T09:00:00Z", isMine: false, anchor, resolved: null,
    shared: null, round: null, disposition: null, suggestion: null, comments: [{ id: "c", author, at: "", text: "Is this\nright?", mentions: [] }], may, url: "/threads/1/", ...changes,
  };
}

const suggestion = { replacement: "The system failed", state: "open", stateLabel: "Waiting for a decision", decidedBy: null, decidedAt: null } as const;
const ALL: Filter = { whose: "all", isOpen: false, kind: "", section: "", organisation: "Bristol" };

test("times are said as people say them", () => {
  assert.equal(when("2026-11-25T09:55:00Z", NOW), "today 09:55");
  assert.equal(when("2026-11-20T09:00:00Z", NOW), "20 Nov");
  assert.equal(when("2025-11-20T09:00:00Z", NOW), "20 Nov 2025");
  assert.equal(when("soon", NOW), "");
});

test("who can see it is always said in words", () => {
  assert.equal(audience(thread(), false), "Everyone on the review can see this");
  assert.equal(audience(thread(), true), "Everyone who can read this section can see this");
  assert.equal(audience(thread({ onlyFor: { id: "kb", shortName: "Bristol" } }), false), "Only Bristol can see this");
  assert.deepEqual([null, "Bristol"].map(sendWords), ["Send to everyone", "Send to Bristol only"]);
});

test("a suggestion says what it proposes and what was decided", () => {
  assert.equal(proposal(suggestion, "Staff failed"), "Suggests “The system failed” in place of “Staff failed”");
  assert.equal(proposal({ ...suggestion, replacement: "" }, "Staff failed"), "Suggests to delete “Staff failed”");
  assert.equal(decision({ ...suggestion, state: "accepted", stateLabel: "Accepted", decidedBy: "Amira Khan" }), "Accepted by Amira Khan");
  assert.match(about(thread({ suggestion, round: { name: "First", isLate: true } })), /^North Somerset · suggestion · 20 Nov( 2026)? · late$/);
  assert.equal(peek(thread()), "Is this right?");
});

test("counts are sentences", () => {
  assert.deepEqual([countWords(2, 3, "section 5"), countWords(1, 1, "section 5")], ["2 open comments on section 5", "1 open comment on section 5"]);
  assert.deepEqual([countWords(0, 2, "section 5"), countWords(0, 0, "section 5")], ["No open comments on section 5", "No comments on section 5 yet"]);
});

test("a thread waits for somebody until it is resolved or its suggestion is decided", () => {
  assert.ok(isOpen(thread()) && isOpen(thread({ suggestion })));
  assert.ok(!isOpen(thread({ resolved: { by: "x", at: "" } })) && !isOpen(thread({ suggestion: { ...suggestion, state: "declined" } })));
});

test("the filter takes whose, state, kind and section together", () => {
  assert.ok(passes(thread(), ALL) && !isNarrowed(ALL));
  assert.ok(!passes(thread(), { ...ALL, whose: "ours" }) && passes(thread(), { ...ALL, whose: "ours", organisation: "North Somerset" }));
  assert.ok(!passes(thread(), { ...ALL, whose: "mine" }) && passes(thread({ isMine: true }), { ...ALL, whose: "mine" }));
  assert.ok(!passes(thread({ resolved: { by: "x", at: "" } }), { ...ALL, isOpen: true }));
  assert.ok(!passes(thread(), { ...ALL, kind: "suggestion" }) && passes(thread({ suggestion }), { ...ALL, kind: "suggestion" }));
  assert.ok(!passes(thread(), { ...ALL, section: "other" }) && isNarrowed({ ...ALL, section: "other" }));
});

test("only news of threads is news", () => {
  assert.equal(newsOf('{"type":"threads","section":"s"}'), "s");
  for (const odd of ["", "null", "[]", '{"type":"other","section":"s"}', '{"type":"threads","section":3}']) assert.equal(newsOf(odd), "");
});
