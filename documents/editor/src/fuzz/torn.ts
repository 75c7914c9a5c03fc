import type { Node } from "@tiptap/pm/model";
import type { Counts } from "./pieces";

/** Words that somebody else's words have landed in while they were typed. No letter is lost, so they are only counted. */
export function tornWords(doc: Node, typed: readonly (readonly string[])[], counts: Counts): string[] {
  const text = doc.textBetween(0, doc.content.size, "\n", " ");
  return typed.filter((pieces) => pieces.every((piece) => counts.get(piece) === 1) && !text.includes(pieces.join(""))).map((pieces) => pieces.join(" "));
}
