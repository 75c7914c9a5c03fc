import assert from "node:assert/strict";
import { test } from "node:test";
import { setBlockType, splitBlock } from "@tiptap/pm/commands";
import { exchange, footnote, list, nodeType, paragraph, type Person, quote, schema, table, two } from "../binding/testing";
import { findPlace, quoteOf } from "./find";
import { type Anchor, locate, makeAnchor } from "./index";
import { sectionWords } from "./words";

const TEXT = "The nurse was invited to both strategy meetings that spring.";
const OTHER = "Each area’s arrangements were sound on their own.";

function anchorOn(person: Person, words: string): Anchor {
  const anchor = makeAnchor(person.state, person.find(words), person.after(words));
  assert.ok(anchor);
  return anchor;
}

function shown(person: Person, anchor: Anchor): string | null {
  const place = locate(person.state, anchor);
  return place && `${place.how}: ${person.doc.textBetween(place.from, place.to, " / ", "*")}`;
}

test("an anchor says the words, without the white space at their edges, and what stands around them", () => {
  const [amira] = two(paragraph(TEXT));

  const anchor = makeAnchor(amira.state, amira.find(" nurse"), amira.after("invited "));

  assert.deepEqual({ ...anchor, start: "", end: "" }, { start: "", end: "", quote: "nurse was invited", before: "The", after: "to both strategy meetings that s" });
});

test("words of several blocks are on lines of their own, without footnotes", () => {
  const [amira] = two(paragraph("first words"), list("bulletList", "an item"), table(["a cell"]));
  amira.dispatch(amira.state.tr.insert(amira.after("first"), footnote("n1")));

  const anchor = makeAnchor(amira.state, amira.find("first"), amira.after("a cell"));

  assert.equal(anchor?.quote, "first words\nan item\na cell");
});

test("nothing can be said of a passage without a word", () => {
  const [amira] = two(paragraph("a – b"));
  assert.equal(makeAnchor(amira.state, 2, 5), null);
  assert.equal(makeAnchor(amira.state, 2, 2), null);
});

test("a comment stays on its words when another writes right beside them", () => {
  const [amira, ned] = two(paragraph(TEXT));
  const anchor = anchorOn(amira, "invited to both");

  ned.type(ned.find("invited"), "kindly").type(ned.after("both"), "ersome");
  exchange(amira, ned);

  assert.equal(shown(amira, anchor), "exact: invited to both");
});

test("a comment stays on its words when they are split, made a heading, a list, a quotation, and undone", () => {
  const [amira, ned] = two(paragraph(TEXT), paragraph(OTHER));
  const anchor = anchorOn(amira, "invited to both strategy");

  ned.caret(ned.find("both")).run(splitBlock);
  ned.caret(ned.find("nurse")).run(setBlockType(nodeType("heading"), { level: 2 }));
  exchange(amira, ned);
  assert.equal(shown(amira, anchor), "exact: invited to  / both strategy");

  ned.undo().undo();
  exchange(amira, ned);
  assert.equal(shown(amira, anchor), "exact: invited to both strategy");
});

test("edited words keep their comment, and it says that they have changed", () => {
  const [amira, ned] = two(paragraph(TEXT));
  const anchor = anchorOn(amira, "invited to both strategy meetings");

  ned.delete("both ");
  exchange(amira, ned);

  assert.equal(shown(amira, anchor), "changed: invited to strategy meetings");
});

test("a single word that is corrected keeps its comment", () => {
  const [amira, ned] = two(paragraph("They recieve it."));
  const anchor = anchorOn(amira, "recieve");

  const at = ned.find("ie");
  ned.dispatch(ned.state.tr.insertText("ei", at, at + 2));
  exchange(amira, ned);

  assert.equal(shown(amira, anchor), "changed: receive");
});

test("words that are gone take their comment with them, until the deletion is undone", () => {
  const [amira, ned] = two(paragraph(TEXT), paragraph(OTHER));
  const anchor = anchorOn(amira, "invited to both strategy meetings");

  ned.delete("invited to both strategy meetings");
  exchange(amira, ned);
  assert.equal(shown(amira, anchor), null);

  ned.undo();
  exchange(amira, ned);
  assert.equal(shown(ned, anchor), "exact: invited to both strategy meetings");
  assert.equal(shown(amira, anchor), "restored: invited to both strategy meetings");
});

test("a word that an undo brings back is known by the words around it, if it says something", () => {
  const [amira, ned] = two(paragraph(TEXT), paragraph(OTHER));
  const anchor = anchorOn(amira, "strategy");
  const small = anchorOn(amira, "to");

  ned.delete("invited to both strategy");
  exchange(amira, ned);
  assert.equal(shown(amira, anchor), null);

  ned.undo();
  exchange(amira, ned);
  assert.equal(shown(amira, anchor), "restored: strategy");
  assert.equal(shown(amira, small), null);
});

test("letters at its edges that were written again belong to it", () => {
  const [amira, ned] = two(paragraph(TEXT), paragraph(OTHER));
  const anchor = anchorOn(amira, "both strategy meetings");

  ned.delete("both str").type(ned.find("ategy"), "both str").delete("gs that").type(ned.after("meetin"), "gs that");
  exchange(amira, ned);

  assert.equal(shown(amira, anchor), "exact: both strategy meetings");
});

test("where not a letter is left between its ends the words decide", () => {
  const [amira] = two(paragraph(TEXT), paragraph(OTHER));
  const anchor = anchorOn(amira, "both strategy meetings");

  assert.equal(findPlace(sectionWords(amira.state.doc), quoteOf({ ...anchor, quote: "other words", before: "", after: "" }), { from: 3, to: 3 }), null);
});

test("the beginning and the end of a section tell that an undo has brought words back there", () => {
  const [amira, ned] = two(paragraph("The partnerships appointed an independent lead reviewer, Tobias Wrenfield."), paragraph("It ends with the learning."));
  const first = anchorOn(amira, "The partnerships appointed an");
  const last = anchorOn(amira, "the learning.");

  ned.delete("The partnerships appointed an").undo();
  ned.delete("the learning.").undo();
  exchange(amira, ned);

  assert.equal(shown(amira, first), "restored: The partnerships appointed an");
  assert.equal(shown(amira, last), "restored: the learning.");
});

test("marks at the edges of words that an undo brings back belong to them", () => {
  const [amira, ned] = two(paragraph(TEXT), paragraph(OTHER));
  const anchor = anchorOn(amira, "strategy meetings that spring.");

  ned.delete("strategy meetings that spring.").undo();
  exchange(amira, ned);

  assert.equal(shown(amira, anchor), "restored: strategy meetings that spring.");
});

test("what is written where the words were is not what the comment was about", () => {
  const [amira, ned] = two(paragraph(TEXT));
  const anchor = anchorOn(amira, "invited to both strategy meetings");
  const [from, to] = [ned.find("invited"), ned.after("meetings")];

  ned.dispatch(ned.state.tr.insertText("away for the whole of", from, to));
  exchange(amira, ned);

  assert.equal(shown(amira, anchor), null);
});

test("words that were cut and pasted elsewhere are found, in a cell too", () => {
  const [amira, ned] = two(paragraph(TEXT), paragraph(OTHER), table(["one", "two"]));
  const anchor = anchorOn(amira, "nurse was invited to both strategy meetings");

  ned.delete("nurse was invited to both strategy meetings");
  ned.type(ned.after("two"), " nurse was invited to both strategy meetings");
  exchange(amira, ned);

  assert.equal(shown(amira, anchor), "moved: nurse was invited to both strategy meetings");
});

test("the same words at another place are no proof when there are few of them, or two such places", () => {
  const [amira, ned] = two(paragraph("We asked the police."), paragraph("Then the police came."), quote(TEXT), paragraph(OTHER), quote(TEXT), paragraph("x"), paragraph(TEXT));
  const few = anchorOn(amira, "the police");
  const last = amira.doc.child(amira.doc.childCount - 1);
  const start = amira.doc.content.size - last.nodeSize + 1;
  const many = makeAnchor(amira.state, start, start + TEXT.length);
  assert.ok(many);

  ned.delete("the police");
  ned.dispatch(ned.state.tr.delete(ned.doc.content.size - last.nodeSize, ned.doc.content.size));
  exchange(amira, ned);

  assert.equal(shown(amira, few), null);
  assert.equal(shown(amira, many), null);
});

test("positions that mean nothing leave the words to decide", () => {
  const [amira] = two(paragraph(TEXT));
  const anchor = { ...anchorOn(amira, "invited to both strategy meetings"), start: "!", end: "CQkJ" };

  assert.equal(shown(amira, anchor), "moved: invited to both strategy meetings");
  assert.equal(shown(amira, { ...anchor, quote: schema.topNodeType.name }), null);
});
