import assert from "node:assert/strict";
import { test } from "node:test";
import { changeWords, countWords, doingWords, keyOf, others, personOf, type PresentSomewhere } from "./presence";

function someone(name: string, section = "1 Introduction", isWriting = false): PresentSomewhere {
  return { name, organisation: "Keeping Bristol Safe Partnership", shortName: "Bristol", initials: "XX", colour: "o-kb", section, isWriting };
}

test("a state without a name is nobody", () => {
  for (const state of [null, undefined, 7, {}, { user: null }, { user: { name: "" } }, { user: { name: 3 } }]) {
    assert.equal(personOf(state), null);
  }
});

test("an unknown colour looks like an agency, whatever it holds", () => {
  const person = personOf({ user: { name: "Dele Okafor", colour: 'kb" onload="x', organisation: "Bristol" } });

  assert.equal(person?.colour, "o-ag");
  assert.equal(person?.shortName, "Bristol");
});

test("two tabs of one person count once, where the person writes", () => {
  const list = others([someone("Dele"), someone("Dele", "10 Analysis", true), someone("Dele", "3 Scope")], "me");

  assert.deepEqual(list, [someone("Dele", "10 Analysis", true)]);
});

test("I am not among the others, also not in my second tab", () => {
  assert.deepEqual(others([someone("Dele"), someone("Ann")], keyOf(someone("Ann"))), [someone("Dele")]);
});

test("the words fit the number", () => {
  assert.deepEqual([0, 1, 4].map(countWords), ["Nobody else here", "1 other here", "4 others here"]);
});

test("the list says what a person does", () => {
  assert.equal(doingWords(someone("Dele", "10 Analysis", true)), "writing in 10 Analysis");
  assert.equal(doingWords(someone("Dele", "10 Analysis")), "reading 10 Analysis");
});

test("comings and goings are one sentence each", () => {
  const before = new Map([["a", someone("Ann")]]);
  const after = new Map([["d", someone("Dele")]]);

  assert.equal(changeWords(before, after), "Dele, Bristol joined. Ann left.");
  assert.equal(changeWords(after, after), "");
});

test("a crowd is counted, not listed", () => {
  const crowd = new Map(["a", "b", "c", "d"].map((key) => [key, someone(key)]));

  assert.equal(changeWords(new Map(), crowd), "4 people joined.");
});
