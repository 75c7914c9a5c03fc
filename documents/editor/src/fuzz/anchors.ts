import { decodePosition, encodePosition } from "../binding/index";
import type { Ledger } from "./ledger";
import type { Person } from "./person";
import { textblocks, words } from "./places";
import type { Random } from "./random";

/** A place right behind or right before a word, as one person would send it to the others. */
interface Anchor {
  readonly bytes: Uint8Array;
  readonly piece: string;
  readonly isBehind: boolean;
}

/** Places that are set once in a session and looked up by everybody at its end: they must still be at their word. */
export class Anchors {
  readonly #anchors: Anchor[] = [];

  /** Set one at the edge of some piece that the person sees. */
  set(person: Person, random: Random): void {
    const [piece, edge] = random.pick([...edgesIn(person)]) ?? [];
    if (!piece || !edge) return;
    const isBehind = random.chance(0.5);
    this.#anchors.push({ bytes: encodePosition(person.state, isBehind ? edge.to : edge.from, isBehind ? -1 : 1), piece, isBehind });
  }

  /** What is wrong at the end; only words that nobody has cut, deleted or hidden are asked for. */
  problems(person: Person, ledger: Ledger): string[] {
    const edges = edgesIn(person);
    return this.#anchors.flatMap(({ bytes, piece, isBehind }) => {
      const edge = edges.get(piece);
      if (!edge || !ledger.isUntouched(piece)) return [];
      const found = decodePosition(person.state, bytes);
      const wanted = isBehind ? edge.to : edge.from;
      return found === wanted ? [] : [`A place ${isBehind ? "behind" : "before"} ${piece} is at ${found}, not ${wanted}, for ${person.letter}.`];
    });
  }
}

function edgesIn({ state }: Person): Map<string, { readonly from: number; readonly to: number }> {
  const edges = new Map<string, { from: number; to: number }>();
  for (const block of textblocks(state.doc)) {
    for (const { from, text } of words(block)) {
      for (const { 0: piece, index } of text.matchAll(/[A-Z]\d+[a-z]/g)) edges.set(piece, { from: from + index, to: from + index + piece.length });
    }
  }
  return edges;
}

/** Whether a person's caret stands right behind a piece; true as well where the piece is out of their sight. */
export function isCaretBehind(person: Person, piece: string): boolean {
  const { $head } = person.state.selection;
  if ($head.parent.textBetween(0, $head.parentOffset, "", " ").endsWith(piece)) return true;
  return !edgesIn(person).has(piece);
}
