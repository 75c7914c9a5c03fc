import { Fragment, type Node, Slice } from "@tiptap/pm/model";
import { gaps, seams, textblocks, topBlocks, words } from "../places";
import { renamed } from "../../schema/paste";
import { type Actor, operation } from "./operation";

/** What is cut is pasted after this time; others write on meanwhile. */
const HELD_MS: readonly [number, number] = [250, 850];

function cut(actor: Actor, from: number, to: number): Slice {
  const { person } = actor;
  const slice = person.state.doc.slice(from, to);
  actor.note(person.state.doc.textBetween(from, to, "|", "*").slice(0, 60));
  person.dispatch(person.state.tr.delete(from, to));
  return slice;
}

function pasteLater(actor: Actor, paste: () => void): void {
  actor.later(actor.random.between(...HELD_MS), "restores", paste);
}

/** Some words of one block go to another place, in a cell or out of it. */
function moveWords(actor: Actor): void {
  const { person, places, random } = actor;
  const block = places.block(person, random);
  const found = block ? words(block) : [];
  const first = random.below(found.length);
  const [start, end] = [found[first], found[Math.min(found.length - 1, first + random.below(4))]];
  if (!start || !end) return;
  const { content } = cut(actor, start.from, end.to);
  const inline: Node[] = [];
  content.descendants((node) => {
    if (node.isInline) inline.push(node);
    return true;
  });
  const space = person.state.schema.text(" ");
  pasteLater(actor, () => {
    const gap = places.gap(person, random);
    if (gap !== undefined) person.dispatch(person.state.tr.insert(gap, Fragment.from([space, ...inline, space])));
  });
}

/** Whole blocks go to another place of the section. */
function moveBlocks(actor: Actor): void {
  const { person, random } = actor;
  const blocks = topBlocks(person.state.doc);
  const first = random.below(blocks.length);
  const moved = blocks.slice(first, first + 1 + random.below(2));
  const [start, end] = [moved[0], moved.at(-1)];
  if (!start || !end || blocks.length - moved.length < 2 || moved.some(({ node }) => node.type.name === "table")) return;
  const slice = cut(actor, start.position, end.position + end.node.nodeSize);
  pasteLater(actor, () => {
    person.dispatch(person.state.tr.insert(random.pick(seams(person.state.doc)) ?? 0, slice.content));
  });
}

/** From the middle of one block to the middle of the next, pasted where a caret is: the ends grow into what is there. */
function moveStretch(actor: Actor): void {
  const { person, random } = actor;
  const blocks = textblocks(person.state.doc).filter(({ position }) => person.state.doc.resolve(position).depth === 0);
  const first = random.below(blocks.length);
  const [one, two] = [blocks[first], blocks[first + 1]];
  if (!one || !two || one.position + one.node.nodeSize !== two.position) return;
  const [start, end] = [random.pick(words(one)), random.pick(words(two))];
  if (!start || !end) return;
  const slice = cut(actor, start.from, end.to);
  pasteLater(actor, () => pasteAtCaret(actor, slice));
}

/** As a real paste: the slice is fitted in where the caret is, between spaces. */
export function pasteAtCaret({ person, random }: Actor, slice: Slice): void {
  const { doc } = person.state;
  const block = random.pick(textblocks(doc).filter(({ position }) => doc.resolve(position).depth === 0));
  const gap = block && random.pick(gaps(block));
  if (gap === undefined) return;
  person.select(gap);
  person.dispatch(person.state.tr.insertText("  "));
  person.select(gap + 1);
  person.dispatch(person.state.tr.replaceSelection(renamed(slice, person.state)));
}

export const CLIPBOARD = {
  moveWords: operation("removes", moveWords),
  moveBlocks: operation("removes", moveBlocks),
  moveStretch: operation("removes", moveStretch),
} as const;
