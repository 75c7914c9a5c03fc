import { Selection, TextSelection } from "@tiptap/pm/state";
import type { Effect } from "../ledger";
import type { Person } from "../person";
import type { Places } from "../places";
import type { Random } from "../random";

/** What an operation is given: who does it, chance, and the session around them. */
export interface Actor {
  readonly person: Person;
  readonly random: Random;
  readonly places: Places;
  /** The name of what this operation writes: `A12` is of person A, in operation 12. */
  name(): string;
  /** A word of three pieces is begun. */
  startWord(name: string): void;
  /** A new piece is in the text from now on. */
  wrote(piece: string): void;
  /** Do the rest after others have had time to write; the person does nothing else until it is done. */
  later(milliseconds: number, effect: Effect, rest: () => void): void;
  /** The caret must stand right behind this piece. */
  expectCaretBehind(piece: string): void;
  /** Say in the trace where this happened. */
  note(words: string): void;
}

export interface Operation {
  readonly effect: Effect;
  readonly run: (actor: Actor) => void;
}

export function operation(effect: Effect, run: (actor: Actor) => void): Operation {
  return { effect, run };
}

/** Put the caret somewhere where words can be typed; false where there is no such place. */
export function placeCaret(actor: Actor): boolean {
  const gap = actor.places.gap(actor.person, actor.random);
  if (gap === undefined) return false;
  actor.person.select(gap);
  return true;
}

/** After a change by others the selection may be a table's or a node's: typing goes behind it, as it replaces nothing. */
export function collapse({ person }: Actor): void {
  const { selection } = person.state;
  if (selection instanceof TextSelection && selection.empty) return;
  const near = Selection.findFrom(selection.$to, -1, true) ?? Selection.findFrom(selection.$to, 1, true);
  if (near) person.choose(near);
}
