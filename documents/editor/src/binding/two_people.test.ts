/** What two people do at the same moment, without knowing of each other: every word is there once, where it belongs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { joinBackward, setBlockType, splitBlock, toggleMark } from "@tiptap/pm/commands";
import { wrapInList } from "@tiptap/pm/schema-list";
import { bindingStats } from "./index";
import { exchange, footnote, heading, nodeType, outline, paragraph, type Person, picture, schema, two } from "./testing";

type Act = (person: Person) => unknown;

const FIRST = "Hello brave new world";
const SECOND = "Second line here";

const note = (id: string, after: string): Act => (person) => person.dispatch(person.state.tr.insert(person.after(after), footnote(id)));
const lineBreak = (after: string): Act => (person) => person.dispatch(person.state.tr.insert(person.after(after), nodeType("hardBreak").create()));
const type = (after: string, text: string): Act => (person) => person.type(person.after(after), text);
const split = (after: string): Act => (person) => person.caret(person.after(after)).run(splitBlock);
const toHeading = (level: number): Act => (person) => person.caret(person.find("Hello")).run(setBlockType(nodeType("heading"), { level }));
const toList: Act = (person) => person.caret(person.find("Hello")).run(wrapInList(nodeType("bulletList")));
const join: Act = (person) => person.caret(person.find("Second")).run((state, dispatch) => joinBackward(state, dispatch));

const CASES: readonly (readonly [title: string, one: Act, two: Act, ...expected: readonly string[]])[] = [
  ["two footnotes", note("1", "Hello"), note("2", "brave"), "p Hello[1] brave[2] new world", `p ${SECOND}`],
  ["two line breaks", lineBreak("Hello"), lineBreak("brave"), "p Hello/ brave/ new world", `p ${SECOND}`],
  ["a footnote, and words behind it", note("1", "Hello"), type("brave", " bold"), "p Hello[1] brave bold new world", `p ${SECOND}`],
  ["two splits", split("Hello"), split("brave"), "p Hello", "p  brave", "p  new world", `p ${SECOND}`],
  ["a split, and words in what goes down", split("Hello"), type("brave", " bold"), "p Hello", "p  brave bold new world", `p ${SECOND}`],
  ["a heading, and words in it", toHeading(2), type("brave", " bold"), "h2 Hello brave bold new world", `p ${SECOND}`],
  ["two headings of one level", toHeading(3), toHeading(3), `h3 ${FIRST}`, `p ${SECOND}`],
  ["a list, and words in it", toList, type("brave", " bold"), "ul>li>p Hello brave bold new world", `p ${SECOND}`],
  ["two lists", toList, toList, `ul>li>p ${FIRST}`, `p ${SECOND}`],
  ["joined, and words in the second block", join, type("line", " long"), `p ${FIRST}Second line long here`],
  ["joined by both", join, join, `p ${FIRST}${SECOND}`],
  ["a heading, and joined", toHeading(2), join, `p ${FIRST}${SECOND}`],
];

for (const [title, one, other, ...expected] of CASES) {
  test(title, () => {
    const [amira, ned] = two(paragraph(FIRST), paragraph(SECOND));

    one(amira);
    other(ned);
    exchange(amira, ned);

    for (const person of [amira, ned]) {
      assert.deepEqual(outline(person.doc), expected);
      assert.ok(person.doc.eq(person.stored));
      assert.deepEqual(bindingStats(person.state), { mismatches: 0, errors: 0 });
    }
  });
}

test("a heading and a list for one block: it is a heading", () => {
  const [amira, ned] = two(paragraph(FIRST), paragraph(SECOND));

  toHeading(2)(amira);
  toList(ned);
  exchange(amira, ned);

  assert.deepEqual(outline(amira.doc), [`h2 ${FIRST}`, `p ${SECOND}`]);
  assert.ok(amira.doc.eq(ned.doc));
});

test("words typed first in an empty section by two people stand in one paragraph", () => {
  const [amira, ned] = two(paragraph());

  amira.type(1, "From Amira. ");
  ned.type(1, "From Ned. ");
  exchange(amira, ned);

  assert.equal(amira.doc.childCount, 1);
  assert.match(amira.doc.textContent, /From Amira\..*From Ned\.|From Ned\..*From Amira\./);
  assert.ok(amira.doc.eq(ned.doc));
});

test("a heading does not spread when somebody deletes its end while another changes its level", () => {
  const [amira, ned] = two(heading(2, "Title"), paragraph("One"), paragraph("Two"));

  amira.caret(amira.find("Title")).run(setBlockType(nodeType("heading"), { level: 3 }));
  ned.dispatch(ned.state.tr.delete(ned.after("Ti"), ned.after("O")));
  exchange(amira, ned);

  assert.deepEqual(outline(amira.doc).slice(1), ["p Two"]);
  assert.ok(amira.doc.eq(ned.doc));
});

test("a picture is there once when another is put beside it while somebody deletes it", () => {
  const [amira, ned] = two(paragraph("Before"), picture(1), paragraph("After"), paragraph("End"));

  amira.dispatch(amira.state.tr.insert(9, picture(2)));
  ned.dispatch(ned.state.tr.delete(8, 9));
  exchange(amira, ned);

  assert.deepEqual(outline(amira.doc), ["p Before", "picture Picture 2", "p After", "p End"]);
  assert.ok(amira.doc.eq(ned.doc));
});

test("a picture stays itself when another one, put behind the same heading, is undone", () => {
  const [amira, ned] = two(heading(2, "Title"), paragraph("End"));

  amira.dispatch(amira.state.tr.insert(7, picture(1)));
  exchange(amira, ned);
  ned.dispatch(ned.state.tr.insert(8, picture(2)));
  exchange(amira, ned);
  amira.undo();
  exchange(amira, ned);

  assert.deepEqual(outline(amira.doc), ["h2 Title", "picture Picture 2", "p End"]);
  assert.ok(amira.doc.eq(ned.doc));
});

test("a heading does not spread when the one before it, of the same level, is undone", () => {
  const [amira, ned] = two(paragraph(), paragraph(), paragraph("End"));
  amira.caret(1).run(setBlockType(nodeType("heading"), { level: 2 }));
  exchange(amira, ned);
  ned.caret(3).run(setBlockType(nodeType("heading"), { level: 2 }));
  exchange(amira, ned);

  amira.undo();
  exchange(amira, ned);

  assert.deepEqual(outline(ned.doc), ["p", "h2", "p End"]);
});

test("bold does not spread when the bold words are deleted while somebody writes in plain letters between them", () => {
  const bold = schema.text("bold words", [schema.mark("bold")]);
  const [amira, ned] = two(nodeType("paragraph").create(null, [schema.text("plain "), bold, schema.text(" plain again")]), paragraph("End"));

  amira.dispatch(amira.state.tr.insert(amira.after("bold"), schema.text(" not")));
  ned.delete("bold words");
  exchange(amira, ned);

  const marked = amira.doc.textBetween(0, amira.doc.content.size, " ");
  assert.match(marked, /plain +not +plain again End/);
  assert.ok(!amira.doc.rangeHasMark(0, amira.doc.content.size, schema.marks["bold"]!));
  assert.ok(amira.doc.eq(ned.doc));
});

test("two people mark overlapping words: both marks hold", () => {
  const [amira, ned] = two(paragraph(FIRST));

  amira.caret(amira.find("Hello"), amira.after("brave")).run(toggleMark(schema.marks["bold"]!));
  ned.caret(ned.find("brave"), ned.after("new")).run(toggleMark(schema.marks["italic"]!));
  exchange(amira, ned);

  const marks = amira.doc.nodeAt(amira.find("brave"))?.marks.map(({ type: { name } }) => name);
  assert.deepEqual(marks?.sort(), ["bold", "italic"]);
  assert.ok(amira.doc.eq(ned.doc));
});
