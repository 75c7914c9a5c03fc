import assert from "node:assert/strict";
import { test } from "node:test";
import { exchange, paragraph, Person, two } from "../binding/testing";
import { anchorsPlugin, changed, followAnchors, followed, isDue, makeAnchor, settled, type Tracking, trackingOf } from "./index";

/** Anchors on these words of one person's text, followed and settled. */
function follow(person: Person, ...passages: string[]): Tracking {
  const anchors = passages.map((words) => [words, makeAnchor(person.state, person.find(words), person.after(words))!] as const);
  return settled(followed([], new Map(anchors)), person.state);
}

/** What the tracking shows of each, after the person's last change. */
function after(person: Person, tracking: Tracking): Tracking {
  return changed(tracking, person.changes.at(-1)!);
}

const TEXTS = ["Alpha before the change", "Beta where the change is", "Gamma behind the change"];

test("another's keystroke takes places along, and only what it touches is looked for again", () => {
  const [amira, ned] = two(...TEXTS.map((text) => paragraph(text)));
  const before = follow(amira, "Alpha before", "Beta where", "Gamma behind");

  ned.type(ned.after("Beta"), "x");
  exchange(amira, ned);
  const now = after(amira, before);

  assert.equal(now[0], before[0]);
  assert.deepEqual(now.map((tracked) => tracked.isDue), [false, true, false]);
  assert.equal(now[2]?.place?.from, amira.find("Gamma"));
});

test("a change with no letter between it and a passage may be a part of it: it is looked for again", () => {
  const [amira] = two(...TEXTS.map((text) => paragraph(text)));
  const before = follow(amira, "Alpha before", "Beta where the change is", "Gamma behind");

  amira.dispatch(amira.state.tr.insert(amira.find("Gamma") - 1, paragraph("New.")));

  assert.deepEqual(after(amira, before).map(({ isDue }) => isDue), [false, true, true]);
});

test("what was touched is looked for again when it is asked for, and is then as for somebody who comes now", () => {
  const [amira, ned] = two(...TEXTS.map((text) => paragraph(text)));
  const before = follow(amira, "Alpha before", "Beta where", "Gamma behind");

  ned.delete("Beta where the change is");
  exchange(amira, ned);
  const now = settled(after(amira, before), amira.state);

  assert.equal(isDue(now), false);
  assert.equal(now[1]?.place, null);
  assert.equal(settled(now, amira.state), now);
});

test("a passage that is gone is looked for after every change, because its words may come back", () => {
  const [amira, ned] = two(...TEXTS.map((text) => paragraph(text)));
  const before = follow(amira, "where the change is");
  ned.delete("where the change is");
  exchange(amira, ned);
  const gone = settled(after(amira, before), amira.state);

  ned.undo();
  exchange(amira, ned);
  const back = settled(after(amira, gone), amira.state);

  assert.equal(gone[0]?.place, null);
  assert.equal(back[0]?.place?.from, amira.find("where the change is"));
});

test("the same anchors are not looked for again, others are forgotten", () => {
  const [amira] = two(...TEXTS.map((text) => paragraph(text)));
  const before = follow(amira, "Alpha before", "Beta where");
  const [alpha] = before;

  const now = followed(before, new Map([[alpha!.id, { ...alpha!.anchor }]]));

  assert.deepEqual(now, [alpha]);
  assert.equal(now[0], alpha);
});

test("words that another takes away and puts back at once are looked for again, though nothing is to be seen", () => {
  const [ned] = two(...TEXTS.map((text) => paragraph(text)));
  const amira = new Person(3, ned, 0, [anchorsPlugin()]);
  const words = "Beta where";
  followAnchors(amira, new Map([[words, makeAnchor(amira.state, amira.find(words), amira.after(words))!]]));
  const { doc } = amira;

  ned.delete(words);
  ned.type(ned.find(" the change is"), words);
  exchange(amira, ned);

  assert.ok(amira.doc.eq(doc));
  assert.deepEqual(trackingOf(amira.state).map(({ isDue }) => isDue), [true]);
});
