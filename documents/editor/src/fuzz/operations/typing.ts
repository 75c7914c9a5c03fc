import { toggleMark } from "@tiptap/pm/commands";
import { atoms, textblocks, words } from "../places";
import { type Actor, collapse, operation, placeCaret } from "./operation";

/** A word comes in three pieces, with time for others' changes between them. */
function typeWord(actor: Actor): void {
  if (placeCaret(actor)) typeHere(actor);
}

function typeInCell(actor: Actor): void {
  const cell = actor.places.cell(actor.person, actor.random);
  if (!cell) return;
  actor.person.select(cell.position + 1 + cell.node.content.size);
  typeHere(actor);
}

export function typeHere(actor: Actor): void {
  const name = actor.name();
  const pieces = [`${name}x`, `${name}y`, `${name}z`];
  const isTight = actor.random.chance(0.2);
  actor.note(name);
  actor.startWord(name);
  const typePiece = (index: number): void => {
    const piece = pieces[index] ?? "";
    const before = index === 0 ? " " : "";
    const after = index === 2 && !isTight ? " " : "";
    insertText(actor, before + piece + after);
    actor.wrote(piece);
    if (index === 2) return;
    actor.later(actor.random.between(120, 240), "adds", () => {
      actor.expectCaretBehind(piece);
      typePiece(index + 1);
    });
  };
  typePiece(0);
}

function insertText(actor: Actor, text: string): void {
  collapse(actor);
  actor.person.dispatch(actor.person.state.tr.insertText(text));
}

function someWord({ person, places, random }: Actor): { readonly from: number; readonly to: number; readonly text: string } | undefined {
  const block = places.block(person, random);
  return block && random.pick(words(block));
}

function deleteWord(actor: Actor): void {
  const word = someWord(actor);
  if (!word) return;
  actor.note(word.text);
  actor.person.dispatch(actor.person.state.tr.delete(word.from, word.to));
}

/** A stretch over up to three blocks of one place (the section, or one cell). */
function deleteStretch(actor: Actor): void {
  const { person, random } = actor;
  const block = actor.places.block(person, random);
  if (!block) return;
  const { doc } = person.state;
  const blocks = textblocks(doc);
  const first = blocks.findIndex(({ position }) => position === block.position);
  const last = blocks[first + random.below(3)] ?? block;
  const [from, to] = [random.pick(words(block))?.from, random.pick(words(last))?.to];
  if (from === undefined || to === undefined || from >= to) return;
  const crossesTable = doc.resolve(from).sharedDepth(to) < 3 && [from, to].some((place) => doc.resolve(place).node(1).type.name === "table");
  if (crossesTable) return;
  actor.note(doc.textBetween(from, to, "|", "*").slice(0, 60));
  person.dispatch(person.state.tr.delete(from, to));
}

function markWord(actor: Actor, mark: string, attributes: Record<string, unknown> | null = null): void {
  const word = someWord(actor);
  const type = actor.person.state.schema.marks[mark];
  if (!word || !type) return;
  actor.note(word.text);
  actor.person.select(word.from, word.to);
  actor.person.run(toggleMark(type, attributes));
}

function insertFootnote(actor: Actor): void {
  const footnote = actor.person.state.schema.nodes["footnote"];
  if (!footnote || !placeCaret(actor)) return;
  const id = `${actor.name()}f`;
  actor.note(id);
  actor.person.dispatch(actor.person.state.tr.replaceSelectionWith(footnote.create({ id, text: noteText(actor) })));
  actor.wrote(id);
}

/** Footnotes can hold anything that a person types, so they do. */
function noteText({ person, random }: Actor): string {
  const text = ["See the annex.", "“Quoted” & <pointed>\nsecond line", "Größe 👍🏽 \uFFFC end", ""];
  return `${person.letter}: ${random.pick(text) ?? ""}`;
}

function changeFootnote(actor: Actor): void {
  const { state } = actor.person;
  const found = actor.random.pick(atoms(state.doc, "footnote"));
  if (!found) return;
  actor.note(String(found.node.attrs["id"]));
  actor.person.dispatch(state.tr.setNodeAttribute(found.position, "text", noteText(actor)));
}

function deleteFootnote(actor: Actor): void {
  const { state } = actor.person;
  const found = actor.random.pick(atoms(state.doc, "footnote"));
  if (!found) return;
  actor.note(String(found.node.attrs["id"]));
  actor.person.dispatch(state.tr.delete(found.position, found.position + 1));
}

function insertBreak(actor: Actor): void {
  const hardBreak = actor.person.state.schema.nodes["hardBreak"];
  if (hardBreak && placeCaret(actor)) actor.person.dispatch(actor.person.state.tr.replaceSelectionWith(hardBreak.create()));
}

export const TYPING = {
  type: operation("adds", typeWord),
  typeInCell: operation("adds", typeInCell),
  deleteWord: operation("removes", deleteWord),
  deleteStretch: operation("removes", deleteStretch),
  bold: operation("adds", (actor) => markWord(actor, "bold")),
  underline: operation("adds", (actor) => markWord(actor, "underline")),
  italic: operation("adds", (actor) => markWord(actor, "italic")),
  link: operation("adds", (actor) => markWord(actor, "link", { href: `https://example.org/${actor.random.below(3)}` })),
  footnote: operation("adds", insertFootnote),
  changeFootnote: operation("adds", changeFootnote),
  deleteFootnote: operation("removes", deleteFootnote),
  hardBreak: operation("adds", insertBreak),
} as const;
