import assert from "node:assert/strict";
import { test } from "node:test";
import { StepMap } from "@tiptap/pm/transform";
import { Alignment } from "./alignment";
import { flatten } from "./flatten";
import { findMatches, type Match } from "./matching";
import { footnote, nodeType, paragraph, picture, schema } from "./testing";

/** The words that stay, one entry a match. */
function kept(old: string[], next: string[], known: Match[] = []): string[] {
  const [before, after] = [flatten(old.map(paragraph)), flatten(next.map(paragraph))];
  const matches = findMatches(before, after, known);
  for (const { old: from, next: to, length } of matches) assert.equal(before.text.slice(from, from + length), after.text.slice(to, to + length));
  return matches.filter(({ length }) => length).map(({ old: from, length }) => before.text.slice(from, from + length));
}

test("what is before and behind the change stays", () => {
  assert.deepEqual(kept(["one two three"], ["one new three"]), ["one ", " three\n"]);
});

test("whole words are kept, no letters that happen to agree", () => {
  assert.deepEqual(kept(["S28s S29s"], ["S30s S35s"]), ["\n"]);
});

test("lines that stay between others are found", () => {
  assert.deepEqual(kept(["a", "keep", "b", "keep too", "c"], ["x", "keep", "y", "keep too", "z"]).join("").replaceAll("\n", " "), " keep  keep too  ");
});

test("no character is parted", () => {
  assert.deepEqual(kept(["x 😀"], ["x 😁"]), ["x ", "\n"]);
});

test("two footnotes that stand at one place are not the same", () => {
  const block = (id: string) => nodeType("paragraph").create(null, [schema.text("a "), footnote(id)]);
  const matches = findMatches(flatten([block("1")]), flatten([block("2")]), []);
  assert.deepEqual(matches.filter(({ length }) => length).map(({ length }) => length), [2, 1]);
});

test("a picture and the end of a paragraph are not the same", () => {
  const matches = findMatches(flatten([picture(1)]), flatten([paragraph()]), []);
  assert.ok(matches.every(({ length }) => length === 0));
});

test("the steps say which of equal letters is new", () => {
  const [old, next] = [paragraph("aaa"), paragraph("aaaa")];
  const alignment = new Alignment([new StepMap([2, 0, 1])], old.nodeSize);
  const content = (node: typeof old) => nodeType("doc").create(null, node).content;
  assert.deepEqual(alignment.within(content(old), 0, content(next), 0), [
    { old: 0, next: 0, length: 1 },
    { old: 1, next: 2, length: 3 },
  ]);
});

test("several steps one after another keep what all of them keep", () => {
  const size = paragraph("abcdef").nodeSize;
  const alignment = new Alignment([new StepMap([1, 1, 0]), new StepMap([3, 1, 2])], size);
  const content = (text: string) => nodeType("doc").create(null, paragraph(text)).content;
  const matches = alignment.within(content("abcdef"), 0, content("bcXYef"), 0);
  assert.deepEqual(matches.filter(({ length }) => length), [
    { old: 1, next: 0, length: 2 },
    { old: 4, next: 4, length: 3 },
  ]);
});
