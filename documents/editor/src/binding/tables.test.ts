import assert from "node:assert/strict";
import { test } from "node:test";
import type { Node } from "@tiptap/pm/model";
import { addColumnAfter, addRowAfter, CellSelection, deleteTable, splitCell, toggleHeaderRow } from "@tiptap/pm/tables";
import { bindingStats, canMergeCells, deleteColumn, deleteRow, mergeCells } from "./index";
import { exchange, list, paragraph, Person, table, two } from "./testing";

/** The words of a table, row by row; merged cells with their size. */
function cells(doc: Node): string[][] {
  const shown = doc.children.find((block) => block.type.name === "table");
  return (shown?.children ?? []).map((row) => row.children.map(cellWords));
}

function cellWords(cell: Node): string {
  const { rowspan, colspan } = cell.attrs as { rowspan: number; colspan: number };
  return cell.textContent + (rowspan * colspan > 1 ? ` (${rowspan}x${colspan})` : "");
}

function tableId(doc: Node): unknown {
  return doc.children.find((block) => block.type.name === "table")?.attrs["id"];
}

function together(title: string, one: (person: Person) => unknown, other: (person: Person) => unknown, expected: string[][]): void {
  test(title, () => {
    const [amira, ned] = two(paragraph("before"), table(["a1", "b1"], ["a2", "b2"]), paragraph("after"));
    one(amira);
    other(ned);
    exchange(amira, ned);
    for (const person of [amira, ned]) {
      assert.deepEqual(cells(person.doc), expected);
      assert.ok(person.doc.eq(person.stored));
      assert.deepEqual(bindingStats(person.state), { mismatches: 0, errors: 0 });
    }
  });
}

const inCell = (words: string, command: typeof addRowAfter) => (person: Person) => person.caret(person.find(words)).run(command);
const writes = (after: string, text: string) => (person: Person) => person.type(person.after(after), text);

together("a row and a column", inCell("a1", addRowAfter), inCell("a1", addColumnAfter), [["a1", "", "b1"], ["", "", ""], ["a2", "", "b2"]]);
together("two rows at one place", inCell("a1", addRowAfter), inCell("a1", addRowAfter), [["a1", "b1"], ["", ""], ["", ""], ["a2", "b2"]]);
together("one row deleted by both", inCell("a1", deleteRow), inCell("b1", deleteRow), [["a2", "b2"]]);
together("a deleted row in which somebody writes stays", inCell("a1", deleteRow), writes("b1", "!"), [["a1", "b1!"], ["a2", "b2"]]);
together("a deleted column in which somebody writes stays", inCell("a1", deleteColumn), writes("a2", "!"), [["a1", "b1"], ["a2!", "b2"]]);
together("a deleted table in which somebody writes stays", inCell("a1", deleteTable), writes("b2", "!"), [["a1", "b1"], ["a2", "b2!"]]);
together("a deleted table is gone", inCell("a1", deleteTable), (person) => person.type(1, "x"), []);
together("the last two rows deleted, one by each", inCell("a1", deleteRow), inCell("a2", deleteRow), []);
together("a header row, and words in it", inCell("a1", toggleHeaderRow), writes("a1", "!"), [["a1!", "b1"], ["a2", "b2"]]);

test("two people who write first in an empty cell write in one paragraph", () => {
  const [amira, ned] = two(table(["", "x"]));

  amira.type(4, "Amira ");
  ned.type(4, "Ned ");
  exchange(amira, ned);

  assert.equal(amira.doc.firstChild?.firstChild?.firstChild?.childCount, 1);
  assert.ok(amira.doc.eq(ned.doc));
});

test("undo of the first words in a cell leaves the words of others, once", () => {
  const [amira, ned] = two(table(["", "x"]));
  amira.type(4, "Amira");
  exchange(amira, ned);
  ned.type(ned.after("Amira"), " and Ned");
  exchange(amira, ned);

  amira.undo();
  exchange(amira, ned);
  ned.type(ned.after("and Ned"), "!");
  exchange(amira, ned);

  assert.deepEqual(cells(amira.doc), [[" and Ned!", "x"]]);
  assert.ok(amira.doc.eq(ned.doc));
});

test("cut and paste of a table is a move that takes along what others write meanwhile", () => {
  const [amira, ned] = two(table(["a1", "b1"]), paragraph("middle"), paragraph("end"));
  const before = amira.doc.firstChild!;

  amira.dispatch(amira.state.tr.delete(0, before.nodeSize));
  ned.type(ned.after("b1"), " more");
  amira.dispatch(amira.state.tr.insert(amira.doc.content.size, before));
  exchange(amira, ned);

  assert.deepEqual(amira.doc.children.map(({ type }) => type.name), ["paragraph", "paragraph", "table"]);
  assert.deepEqual(cells(amira.doc), [["a1", "b1 more"]]);
  assert.equal(tableId(amira.doc), before.attrs["id"]);
  assert.ok(amira.doc.eq(ned.doc));
});

test("a table moved by two people stands at one place", () => {
  const [amira, ned] = two(table(["a1"]), paragraph("middle"), paragraph("end"));
  const move = (person: Person, to: (doc: Node) => number): void => {
    const node = person.doc.firstChild!;
    person.dispatch(person.state.tr.delete(0, node.nodeSize));
    person.dispatch(person.state.tr.insert(to(person.doc), node));
  };

  move(amira, (doc) => doc.firstChild!.nodeSize);
  move(ned, (doc) => doc.content.size);
  exchange(amira, ned);

  assert.equal(amira.doc.children.filter(({ type }) => type.name === "table").length, 1);
  assert.ok(amira.doc.eq(ned.doc));
});

test("a copy of a table is a table of its own", () => {
  const amira = new Person(1).write(table(["a1"]), paragraph("end"));
  const original = amira.doc.firstChild!;

  amira.dispatch(amira.state.tr.insert(amira.doc.content.size, original));
  amira.type(amira.doc.content.size - 4, " changed");

  assert.notEqual(amira.doc.lastChild?.attrs["id"], original.attrs["id"]);
  assert.equal(amira.doc.firstChild?.textContent, "a1");
});

test("the original keeps its name when a copy is put before it", () => {
  const amira = new Person(1).write(table(["a1"]), paragraph("end"));
  const original = amira.doc.firstChild!;

  amira.dispatch(amira.state.tr.insert(0, original));

  assert.equal(amira.doc.child(1).attrs["id"], original.attrs["id"]);
});

test("a row that two people deleted is back once when both have undone that", () => {
  const [amira, ned] = two(table(["a1", "b1"], ["a2", "b2"]));
  inCell("a1", deleteRow)(amira);
  inCell("a1", deleteRow)(ned);
  exchange(amira, ned);

  amira.undo();
  ned.undo();
  exchange(amira, ned);

  assert.deepEqual(cells(ned.doc), [["a1", "b1"], ["a2", "b2"]]);
});

test("a row that somebody wrote in after it was deleted stays, also when they undo their words", () => {
  const [amira, ned] = two(table(["a1", "b1"], ["a2", "b2"]));
  inCell("a1", deleteRow)(ned);
  writes("a1", " kept")(amira);
  exchange(amira, ned);
  writes("b1", " alive")(amira);
  exchange(amira, ned);

  amira.undo().undo();
  exchange(amira, ned);

  assert.deepEqual(cells(ned.doc), [["a1", "b1"], ["a2", "b2"]]);
});

test("undo of a new table only hides it, while others write in it", () => {
  const [amira, ned] = two(paragraph("before"));
  amira.dispatch(amira.state.tr.insert(8, table(["a1"])));
  exchange(amira, ned);
  ned.type(ned.after("a1"), " Ned");
  exchange(amira, ned);

  amira.undo();
  exchange(amira, ned);

  assert.match(ned.doc.textContent, /Ned/);
  assert.ok(amira.doc.eq(ned.doc));
});

test("cells are merged only where all but the first are blank", () => {
  const amira = new Person(1).write(table(["a1", ""], ["a2", "b2"]));

  const rows = amira.doc.firstChild!.children;
  assert.equal(rows.length, 2);
  amira.selectCells("a1", "a2");
  assert.equal(canMergeCells(amira.state), false);
  assert.equal(amira.run(mergeCells), false);
  assert.deepEqual(cells(amira.doc), [["a1", ""], ["a2", "b2"]]);
});

test("a merge over words that somebody writes meanwhile is not shown", () => {
  const [amira, ned] = two(table(["a1", "b1"], ["a2", "b2"]));
  amira.delete("b1");
  exchange(amira, ned);
  const empty = amira.find("a1") + 4;

  amira.caret(amira.find("a1")).run(inRow);
  assert.deepEqual(cells(amira.doc)[0], ["a1 (1x2)"]);
  ned.type(empty + 2, "Ned");
  exchange(amira, ned);

  assert.deepEqual(cells(amira.doc)[0], ["a1", "Ned"]);
  assert.ok(amira.doc.eq(ned.doc));
});

test("merge and split of a cell come back as they were", () => {
  const [amira, ned] = two(table(["a1", "b1"], ["a2", "b2"]));
  amira.delete("b1");
  amira.caret(amira.find("a1")).run(inRow);
  exchange(amira, ned);
  assert.deepEqual(cells(ned.doc), [["a1 (1x2)"], ["a2", "b2"]]);

  ned.caret(ned.find("a1")).run(splitCell);
  exchange(amira, ned);

  assert.deepEqual(cells(amira.doc), [["a1", ""], ["a2", "b2"]]);
  assert.ok(amira.doc.eq(amira.stored));
});

test("the column in which a merged cell begins takes its words along when it is deleted", () => {
  const [amira, ned] = two(table(["a1", "b1"], ["a2", "b2"]));
  amira.delete("b1");
  amira.caret(amira.find("a1")).run(inRow);
  exchange(amira, ned);

  inCell("a2", deleteColumn)(amira);
  inCell("a2", deleteColumn)(ned);
  exchange(amira, ned);
  assert.deepEqual(cells(amira.doc), [[""], ["b2"]]);

  ned.undo();
  exchange(amira, ned);
  assert.deepEqual(cells(amira.doc), [["a1 (1x2)"], ["a2", "b2"]]);
});

test("lists in cells come back as they were", () => {
  const amira = new Person(1).write(table(["a1", "b1"]));
  const cell = amira.doc.resolve(amira.find("a1"));

  amira.dispatch(amira.state.tr.replaceWith(cell.before(4), cell.after(4), list("bulletList", "one", "two")));

  assert.ok(amira.doc.eq(amira.stored));
  assert.deepEqual(bindingStats(amira.state), { mismatches: 0, errors: 0 });
});

/** Merge the first row's two cells. */
function inRow(state: Parameters<typeof mergeCells>[0], dispatch: Parameters<typeof mergeCells>[1]): boolean {
  const start = state.selection.$from.before(3);
  const next = start + state.doc.nodeAt(start)!.nodeSize;
  return mergeCells(state.apply(state.tr.setSelection(CellSelection.create(state.doc, start, next))), dispatch);
}
