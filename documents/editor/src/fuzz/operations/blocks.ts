import { joinBackward, joinForward, lift, setBlockType, splitBlock, wrapIn } from "@tiptap/pm/commands";
import type { NodeType } from "@tiptap/pm/model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "@tiptap/pm/schema-list";
import type { Command } from "@tiptap/pm/state";
import { around, type Block, gaps, isInside, seams, topBlocks } from "../places";
import { pictureAttributes } from "../start";
import { type Actor, operation } from "./operation";

const LISTS = ["bulletList", "orderedList"] as const;

function typeOf(actor: Actor, name: string): NodeType {
  const type = actor.person.state.schema.nodes[name];
  if (!type) throw new Error(`The schema has no ${name}.`);
  return type;
}

/** Run a command with the caret in some block: at its start, or at a gap in it. */
function inBlock(actor: Actor, command: (actor: Actor) => Command, block: Block | undefined, atStart = true): void {
  if (!block) return;
  const position = atStart ? block.position + 1 : actor.random.pick(gaps(block));
  if (position === undefined) return;
  actor.person.select(position);
  actor.note(block.node.textContent.slice(0, 24));
  actor.person.run(command(actor));
}

function anywhere(effect: "keeps" | "adds", command: (actor: Actor) => Command, atStart = true): ReturnType<typeof operation> {
  return operation(effect, (actor) => inBlock(actor, command, actor.places.block(actor.person, actor.random), atStart));
}

function inCell(effect: "keeps" | "adds", command: (actor: Actor) => Command, atStart = true): ReturnType<typeof operation> {
  return operation(effect, (actor) => inBlock(actor, command, actor.places.cell(actor.person, actor.random), atStart));
}

function split(actor: Actor): Command {
  return isInside(actor.person, "listItem") ? splitListItem(typeOf(actor, "listItem")) : splitBlock;
}

/** Joining with a picture deletes it, which is another operation. */
function join(actor: Actor): Command {
  const isBackward = actor.random.chance(0.8);
  const { $from } = actor.person.state.selection;
  const neighbour = actor.person.state.doc.maybeChild($from.index(0) + (isBackward ? -1 : 1));
  if (neighbour?.type.name === "image") return () => false;
  if (isBackward) return joinBackward;
  actor.person.select($from.end());
  return joinForward;
}

function heading(actor: Actor): Command {
  const isHeading = actor.person.state.selection.$from.parent.type.name === "heading";
  return isHeading ? setBlockType(typeOf(actor, "paragraph")) : setBlockType(typeOf(actor, "heading"), { level: 2 + actor.random.below(3) });
}

function list(actor: Actor): Command {
  const { person, random } = actor;
  if (isInside(person, "listItem")) return random.chance(0.7) ? liftListItem(typeOf(actor, "listItem")) : otherList(actor);
  if (person.state.selection.$from.parent.type.name === "heading") person.run(setBlockType(typeOf(actor, "paragraph")));
  return wrapInList(typeOf(actor, random.pick(LISTS) ?? "bulletList"));
}

function otherList(actor: Actor): Command {
  return ({ selection, doc, tr }, dispatch) => {
    const position = around(selection.$from, ...LISTS);
    if (position === null) return false;
    const isBullet = doc.nodeAt(position)?.type.name === "bulletList";
    dispatch?.(tr.setNodeMarkup(position, typeOf(actor, isBullet ? "orderedList" : "bulletList")));
    return true;
  };
}

function quote(actor: Actor): Command {
  return isInside(actor.person, "blockquote") ? lift : wrapIn(typeOf(actor, "blockquote"));
}

function insertImage(actor: Actor): void {
  const seam = actor.random.pick(seams(actor.person.state.doc)) ?? 0;
  const alt = `${actor.name()}i`;
  actor.note(alt);
  const image = typeOf(actor, "image").create(pictureAttributes(alt));
  actor.person.dispatch(actor.person.state.tr.insert(seam, image));
  actor.wrote(alt);
}

function deleteImage(actor: Actor): void {
  const { state } = actor.person;
  const found = actor.random.pick(topBlocks(state.doc, "image"));
  if (found && state.doc.childCount > 1) actor.person.dispatch(state.tr.delete(found.position, found.position + 1));
}

export const BLOCKS = {
  split: anywhere("adds", split, false),
  join: anywhere("keeps", join),
  heading: anywhere("adds", heading),
  list: anywhere("adds", list),
  sink: anywhere("adds", (actor) => sinkListItem(typeOf(actor, "listItem"))),
  quote: anywhere("adds", quote),
  splitInCell: inCell("adds", split, false),
  joinInCell: inCell("keeps", join),
  listInCell: inCell("adds", list),
  image: operation("adds", insertImage),
  deleteImage: operation("removes", deleteImage),
} as const;
