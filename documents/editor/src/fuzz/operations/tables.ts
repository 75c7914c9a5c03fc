import { Fragment, type Node, Slice } from "@tiptap/pm/model";
import { type Command, Selection } from "@tiptap/pm/state";
import {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, CellSelection, deleteCellSelection, deleteTable,
  splitCell, TableMap, toggleHeaderCell, toggleHeaderColumn, toggleHeaderRow,
} from "@tiptap/pm/tables";
import { canMergeCells, deleteColumn, deleteRow, mergeCells } from "../../binding/index";
import type { Effect } from "../ledger";
import { type Block, isInside, seams, topBlocks } from "../places";
import { renamed as asPasted } from "../../schema/paste";
import { pasteAtCaret } from "./clipboard";
import { type Actor, operation, placeCaret } from "./operation";

const HELD_MS: readonly [number, number] = [250, 850];

/** Run a table command with the caret in some cell. */
function inCell(effect: Effect, command: Command): ReturnType<typeof operation> {
  return operation(effect, (actor) => {
    const cell = actor.places.cell(actor.person, actor.random);
    if (!cell) return;
    actor.person.select(cell.position + 1);
    actor.note(cell.node.textContent.slice(0, 24));
    actor.person.run(command);
  });
}

/** Put the caret into the first words behind a position: a cell may begin with a list. */
function enter({ person }: Actor, position: number): void {
  person.choose(Selection.near(person.state.doc.resolve(position)));
}

function someTable({ person, random }: Actor): Block | undefined {
  return random.pick(topBlocks(person.state.doc, "table"));
}

function insertTable(actor: Actor): void {
  const { person, random } = actor;
  const { nodes } = person.state.schema;
  const cells = (type: string): Node[] => Array.from({ length: 2 }, () => nodes[type]?.createAndFill() as Node);
  const rows = ["tableHeader", "tableCell"].map((type) => nodes["tableRow"]?.create(null, cells(type)) as Node);
  const table = nodes["table"]?.create(null, rows) as Node;
  if (random.chance(0.5)) person.dispatch(person.state.tr.insert(random.pick(seams(person.state.doc)) ?? 0, table));
  else if (placeCaret(actor) && !isInside(person, "table", "listItem", "blockquote")) person.dispatch(person.state.tr.replaceSelectionWith(table));
}

function removeTable(actor: Actor): void {
  const table = someTable(actor);
  if (!table || actor.person.state.doc.childCount < 3) return;
  enter(actor, table.position + 1);
  actor.person.run(deleteTable);
}

function cutTable(actor: Actor): Node | null {
  const table = someTable(actor);
  const { state, dispatch } = actor.person;
  if (!table || state.doc.childCount < 3) return null;
  actor.note(String(table.node.attrs["id"]));
  dispatch(state.tr.delete(table.position, table.position + table.node.nodeSize));
  return table.node;
}

/** A table that is cut and pasted moves: it is the same table, with what others wrote into it meanwhile. */
function moveTable(actor: Actor): void {
  const { person, random } = actor;
  const table = cutTable(actor);
  if (!table) return;
  const atCaret = random.chance(0.3);
  actor.later(random.between(...HELD_MS), "restores", () => {
    if (atCaret) pasteAtCaret(actor, new Slice(Fragment.from(table), 0, 0));
    else person.dispatch(person.state.tr.insert(random.pick(seams(person.state.doc)) ?? 0, table));
  });
}

/** A pasted copy is a table of its own; its words are changed, because a copy of a word is not the word. */
function copyTable(actor: Actor): void {
  const { person, random } = actor;
  const table = someTable(actor);
  if (!table) return;
  const renamed = (node: Node): Node => {
    if (node.isText) return person.state.schema.text((node.text ?? "").replace(/[A-Z]\d+[a-z]/g, "copied"), node.marks);
    if (node.isLeaf) return person.state.schema.text("copied");
    const children: Node[] = [];
    node.forEach((child) => children.push(renamed(child)));
    return node.copy(Fragment.from(children));
  };
  person.dispatch(person.state.tr.insert(random.pick(seams(person.state.doc)) ?? 0, renamed(table.node)));
}

/** Select some cells that touch each other, as by dragging. */
function selectCells(actor: Actor): boolean {
  const { person, random } = actor;
  const table = someTable(actor);
  if (!table) return false;
  const map = TableMap.get(table.node);
  const [left, top] = [random.below(map.width), random.below(map.height)];
  const [right, bottom] = [Math.min(map.width - 1, left + random.below(2)), Math.min(map.height - 1, top + random.below(2))];
  const at = (column: number, row: number): number => table.position + 1 + (map.map[row * map.width + column] ?? 0);
  person.choose(CellSelection.create(person.state.doc, at(left, top), at(right, bottom)));
  return true;
}

function merge(actor: Actor): void {
  const { person } = actor;
  if (selectCells(actor) && canMergeCells(person.state)) mergeCells(person.state, person.dispatch);
}

function splitMerged(actor: Actor): void {
  const { person, random } = actor;
  const merged: number[] = [];
  person.state.doc.descendants((node, position) => {
    if (node.attrs["colspan"] > 1 || node.attrs["rowspan"] > 1) merged.push(position);
    return true;
  });
  const position = random.pick(merged);
  if (position === undefined) return;
  enter(actor, position + 1);
  person.run(splitCell);
}

function clearCells(actor: Actor): void {
  if (selectCells(actor)) actor.person.run(deleteCellSelection);
}

/**
 * Cells that are cut are pasted over others, which are replaced; the table grows where they do not fit. Not with merged
 * cells: those prosemirror-tables 1.8.5 puts into the wrong place, or throws (insertCells, isolateHorizontal).
 */
function moveCells(actor: Actor): void {
  const { person, random, places } = actor;
  if (!selectCells(actor)) return;
  const slice = person.state.selection.content();
  person.run(deleteCellSelection);
  actor.later(random.between(...HELD_MS), "replaces", () => {
    const cell = places.cell(person, random);
    const paste = person.pluginOf(({ props }) => props.handlePaste !== undefined);
    if (!cell || !paste) return;
    person.select(cell.position + 1);
    if (hasMerged(person.state.selection.$from.node(1).content) || hasMerged(slice.content)) return;
    paste.props.handlePaste?.call(paste, person.view, {} as ClipboardEvent, asPasted(slice, person.state));
  });
}

function hasMerged(content: Fragment): boolean {
  let found = false;
  content.descendants(({ attrs }) => {
    found ||= attrs["rowspan"] > 1 || attrs["colspan"] > 1;
    return !found;
  });
  return found;
}

/** What dragging a column's border does: every cell of the column gets the width. */
function setWidth(actor: Actor): void {
  const { person, random } = actor;
  const table = someTable(actor);
  if (!table) return;
  const map = TableMap.get(table.node);
  const column = random.below(map.width);
  const { tr } = person.state;
  const width = 80 + 20 * random.below(4);
  for (const position of map.cellsInRect({ left: column, right: column + 1, top: 0, bottom: map.height })) {
    const { colspan, colwidth } = table.node.nodeAt(position)?.attrs as { colspan: number; colwidth: number[] | null };
    const widths = colwidth ? [...colwidth] : Array<number>(colspan).fill(0);
    widths[colspan === 1 ? 0 : column - map.colCount(position)] = width;
    tr.setNodeAttribute(table.position + 1 + position, "colwidth", widths);
  }
  person.dispatch(tr);
}

export const TABLES = {
  addRowBefore: inCell("adds", addRowBefore),
  addRowAfter: inCell("adds", addRowAfter),
  addColumnBefore: inCell("adds", addColumnBefore),
  addColumnAfter: inCell("adds", addColumnAfter),
  deleteRow: inCell("removes", deleteRow),
  deleteColumn: inCell("removes", deleteColumn),
  headerRow: inCell("adds", toggleHeaderRow),
  headerColumn: inCell("adds", toggleHeaderColumn),
  headerCell: inCell("adds", toggleHeaderCell),
  width: operation("adds", setWidth),
  insertTable: operation("keeps", insertTable),
  deleteTable: operation("removes", removeTable),
  moveTable: operation("removes", moveTable),
  copyTable: operation("adds", copyTable),
  clearCells: operation("removes", clearCells),
  moveCells: operation("removes", moveCells),
  mergeCells: operation("keeps", merge),
  splitCell: operation("keeps", splitMerged),
} as const;
