import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";
import { wordsOf } from "./unsaved";

/** What a page would have to send for these edits, made one after the other on a saved text. */
function updatesOf(edit: (text: Y.Text) => void): Uint8Array[] {
  const saved = new Y.Doc();
  saved.getText("default").insert(0, "Saved words.\n");
  const page = new Y.Doc();
  Y.applyUpdate(page, Y.encodeStateAsUpdate(saved));
  const updates: Uint8Array[] = [];
  page.on("update", (update: Uint8Array) => updates.push(update));
  edit(page.getText("default"));
  return updates;
}

test("words typed letter by letter are words again", () => {
  const updates = updatesOf((text) => [..."Saved by nobody"].forEach((letter, index) => text.insert(5 + index, letter)));

  assert.equal(wordsOf(updates), "Saved by nobody");
});

test("what was typed elsewhere stands on its own line", () => {
  const updates = updatesOf((text) => {
    text.insert(0, "First");
    text.insert(text.length - 1, "Last");
  });

  assert.equal(wordsOf(updates), "First\nLast");
});

test("a footnote's words are kept too", () => {
  const updates = updatesOf((text) => text.insert(5, "\uFFFC", { "@footnote": { id: "a", text: "See the annex." } }));

  assert.match(wordsOf(updates), /footnote: See the annex\./);
});

test("deletions and nothing at all have no words", () => {
  assert.equal(wordsOf(updatesOf((text) => text.delete(0, 5))), "");
  assert.equal(wordsOf([]), "");
});
