import { type Anchor, followAnchors, isSamePlace, keysIn, locate, makeAnchor, type Place, settleAnchors, trackingOf } from "../anchors/index";
import { sectionWords } from "../anchors/words";
import type { Person } from "./person";
import { piecesIn } from "./pieces";
import { textblocks, words } from "./places";
import type { Random } from "./random";

interface Comment {
  readonly id: string;
  readonly anchor: Anchor;
  readonly pieces: ReadonlySet<string>;
  readonly keys: readonly string[];
}

/** How the comments of a session fared, as everybody sees them at its end. */
export interface Fates {
  comments: number;
  /** Shown on the same words. */
  exact: number;
  /** Shown on what is left of them, or where they went. */
  changed: number;
  moved: number;
  restored: number;
  /** Shown nowhere, and nothing that could be told is left. */
  orphans: number;
  /** Orphans of which a word or two is left somewhere: too little to tell. */
  remains: number;
}

/** As many of a quote's words in a row are found again wherever they are. */
const ENOUGH = 3;
const MOST_WORDS = 8;

/** Comments that are made in the course of a session and looked for by everybody at its end. */
export class Comments {
  readonly #comments: Comment[] = [];

  /** Comment on some words that the person sees: of one block, or of two that follow each other. */
  make(person: Person, random: Random): void {
    const blocks = textblocks(person.state.doc);
    const first = random.below(blocks.length);
    const chosen = blocks.slice(first, first + (random.chance(0.2) ? 2 : 1)).flatMap(words);
    const start = random.below(chosen.length);
    const end = chosen[Math.min(chosen.length - 1, start + random.below(MOST_WORDS))];
    const anchor = chosen[start] && end ? makeAnchor(person.state, chosen[start].from, end.to) : null;
    if (!anchor) return;
    const id = String(this.#comments.length);
    this.#comments.push({ id, anchor, pieces: new Set(piecesIn(anchor.quote)), keys: keysIn(anchor.quote) });
  }

  /** Follow all comments in this person's editor, as if news of the last one had just come. */
  follow(person: Person): void {
    followAnchors(person, new Map(this.#comments.map(({ id, anchor }) => [id, anchor])));
  }

  /** What is wrong at the end, for one person; `fates` is added to. */
  problems(person: Person, fates: Fates): string[] {
    settleAnchors(person);
    const shown = new Map(trackingOf(person.state).map(({ id, place }) => [id, place]));
    return this.#comments.flatMap((comment) => {
      const place = locate(person.state, comment.anchor);
      const about = `comment ${comment.id} on “${comment.anchor.quote.replaceAll("\n", " | ")}”, for ${person.letter}`;
      const hot = shown.get(comment.id);
      const problem = this.#problem(person, comment, place, fates);
      const stale = hot === undefined || isSamePlace(hot, place) ? [] : [`${about} is shown at ${said(hot)} until reload, then at ${said(place)}`];
      return [...(problem ? [`${about} ${problem}`] : []), ...stale];
    });
  }

  #problem({ state }: Person, { pieces, keys }: Comment, place: Place | null, fates: Fates): string | null {
    fates.comments += 1;
    if (place) {
      fates[place.how] += 1;
      const text = state.doc.textBetween(place.from, place.to, " ", " ");
      const covered = piecesIn(text);
      // Words without a name of their own are copies; all that were quoted have to be there.
      const copies = keys.filter((key) => ![...pieces].some((piece) => key.includes(piece.toLowerCase())));
      const isLeft = copies.length > 0 && copies.every((key) => keysIn(text).includes(key));
      const isRight = covered.some((piece) => pieces.has(piece)) || isLeft;
      return !pieces.size || isRight ? null : `is in a wrong place: “${text}”`;
    }
    fates.orphans += 1;
    const present = sectionWords(state.doc).words.map(({ key }) => key);
    const left = longestRun(keys, present);
    if (left) fates.remains += 1;
    // A quote with no word of its own reads the same in every copy: which of them it was about nobody can tell.
    return left >= ENOUGH && pieces.size ? `is lost although ${left} of its words are still there` : null;
  }
}

function said(place: Place | null): string {
  return place ? `${place.from}–${place.to} (${place.how})` : "no place";
}

function longestRun(keys: readonly string[], present: readonly string[]): number {
  let most = 0;
  for (let start = 0; start < keys.length; start += 1) {
    for (let at = 0; at < present.length; at += 1) {
      let length = 0;
      while (start + length < keys.length && keys[start + length] === present[at + length]) length += 1;
      most = Math.max(most, length);
    }
  }
  return most;
}

export function noFates(): Fates {
  return { comments: 0, exact: 0, changed: 0, moved: 0, restored: 0, orphans: 0, remains: 0 };
}
